// Package lexicon answers: how else may these words be said, in Kazakh, Russian or English? It knows words and phrases by the
// stems of their words, so that every form finds them, and gives their translations with weights.
//
// A weight is p(translation | word): each source that says a pair of words adds to its mass, as much as sources of its kind are
// trusted (data/weights.tsv) and as it says itself (1 for a label, its likelihood for what was learnt, 1/n for a
// dictionary's nth sense); the weight is the pair's share of all the masses that the word has in the language and of
// that of the unseen. So a word of many translations weighs each of them down, and sources that agree lift one. A word that several
// entries have (оқу: read, study) shares itself among them. The trusts are learnt where texts and their translations stand
// side by side: Fit and Measure.
//
// A packed list's way (data/README.md): Pack gives its words their stems and numbers; load.go plants the texts of all lists in
// one tree of stems and weighs their pairs; Expand walks the tree, the longest run first. form.go lets a form that lists have as a word
// say that word before others of its stem.
//
// References: P. Brown and others, The mathematics of statistical machine translation, 1993; A. Pirkola, The effects of query
// structure and dictionary setups in dictionary-based cross-language information retrieval, 1998; K. Darwish and D. Oard,
// Probabilistic structured query methods, 2003.
package lexicon
