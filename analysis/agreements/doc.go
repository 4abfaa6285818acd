// Package agreements answers: who agreed what with whom, says this text, how sure is that, and which sentence tells it?
//
// Find reads an analysed text in steps, a file or two each:
//
//  1. Sides: institutions, companies, ministries, networks, unnamed universities, countries, and words that stand for
//     sides (side.go), each with its role (place.go) in its list (group.go). All sides that name one body are
//     that body; a branch is its parent, a short name its long form (body.go).
//  2. Events: documents, what they are about, predicates with a status, and what else news speaks of (event.go,
//     predicate.go), from the word lists in data/.
//  3. Candidates: every pair of bodies, a body and the country of its branch, two states, with every sentence that may
//     tell of them, whether it names both, one or none (candidate.go).
//  4. Features: readable lines about a sentence and about a candidate as a whole (features.go, judge.go).
//  5. Score: a log-linear model (package weights) with data/weights.tsv (model.go), learnt by learn.go; the sentences of a
//     candidate add up (judge.go).
//  6. Records: candidates that one sentence ties each to each are one deed (record.go); kind and status are chosen by the
//     same model (choice.go), the date is read (package dates).
//
// Words of the lists are found by package words, numbers by package numbers. What an agreement is, and which of several
// articles tell the same one, package deeds knows; claims, numbers that a text states, package claims reads.
// RULES.md says how to add a word, a feature, a text, and how to learn anew.
package agreements
