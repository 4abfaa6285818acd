// Package world answers: which body of the world is this name? A name in any of three languages, in any case, becomes a signature
// that no language owns, and the bodies whose names have one like it are its candidates:
//
//  1. Elements: what each word may stand for (signature.go): a head, a status word or a field of study (concepts.go), a place
//     (places.go, places_long.go), else a word of the bodies' names, by its letters or its sound (transcribe.go).
//  2. Rows: the signatures of all names of the bodies (body.go, rows.go; linker.go, linker_index.go), by what is in them.
//  3. Nearest: rows that share a telling word with the name (nearest.go, nearest_read.go) are compared with it feature by feature
//     (nearest_look.go), weighed by a log-linear model (model.go): a chance for each body.
//  4. A name that is none gets a key of the same signature (cluster.go).
//
// What is learnt and packed for it stands at the end of the path: nearest_learn.go with nearest_trick.go (nearest.tsv),
// transcribe_learn.go (transcriptions.tsv), pack.go (world.tsv.zst, places.tsv.zst). Data and licences: package names, data/README.md.
package world
