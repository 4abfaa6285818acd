// Package names answers: which countries and institutions does a text name, and which one thing is meant by «ҚазҰУ»,
// «КазНУ имени аль-Фараби» and «Al-Farabi Kazakh National University»?
//
// Default is the built-in [Table]; [Load] adds the user's own rows. Table.Recognize reads an analysed text in steps, a file
// or two each:
//
//  1. Words: each word of the text gets a class: what it means, how it is written, here and elsewhere in the text, how it ends
//     (word.go, lexeme.go, class.go; package echo).
//  2. Spans: runs that the table knows as they stand (known.go, by package trie), and heads («университет», package heads)
//     around which names may stand.
//  3. Candidates: every run around a head, and «no name» (candidates.go). Members of lists share a head (names.go).
//  4. Score: a log-linear model with readable weights (clues.go, package border, data/borders.tsv, learnt by learn.go) sees words by
//     their classes only, and how near the run's words are to a body of the table.
//  5. Key: the body of the table that the words spell, else the nearest by its signature, which no language owns (package world;
//     evidence.go: what the text says of places); below a threshold the name is a short form of a fuller one
//     of the text, or unknown, and its key is what it says in no language (key.go).
//  6. Short names that the text explains, and branches with their parent and place (short.go, package short; branch.go).
//  7. Countries: names, adjectives, towns; persons, money, languages and the dateline kept out (country.go, person.go).
//
// Below lie package forms (endings, letters, sound) and package world (which body of the world is this name?); teach.go hands the
// table's bodies to it.
//
// Table.Lookup does the same for what a reader types: words are compared by their sound. Table.Explain shows the
// candidates and why one won. RULES.md says how to teach it a name, a place, a head, and its commonest errors. Data, sources
// and licences: data/README.md.
//
// References: the Research Organization Registry (https://ror.org), GeoNames, Unicode CLDR; A. Berger, S. and V. Della Pietra,
// A Maximum Entropy Approach to Natural Language Processing, 1996 (the model); J. Duchi, E. Hazan, Y. Singer, Adaptive
// Subgradient Methods, 2011 (its learning).
package names
