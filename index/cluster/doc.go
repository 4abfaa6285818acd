// Package cluster answers: how does a search find articles in an OpenSearch cluster? It keeps the same promises as index/local, over
// as many machines as the cluster has:
//
//	PREFIX-articles-000n     a document a version of an article, with the terms of its words, its facets and its agreements
//	PREFIX-agreements-000n   a document a version of an agreement
//	PREFIX-words-000n        the words that there are, for words like them and words that begin so
//	PREFIX-state-000n        one document: what is visible
//	PREFIX-lease             who feeds
//
// Aliases without the number name the generation that serves; all four move at once.
//
// A batch becomes visible as a whole, in all shards and copies, by one write. Documents are never changed: a new version
// comes with the number of its batch, and the state says up to which number documents are seen, and which older ones are not any
// more. So a search that has read the state sees one number of the archive and what belongs to it, and a page that is asked
// for by its cursor needs nothing held open in the cluster. What nobody sees any more is deleted with the next batch; who
// still looked at it looks again (state.go).
//
// The cluster matches, counts and scores; terms, their meaning and marks are made here. A word's occurrences are counted by a
// scripted similarity, and scripts make of them the formula of index/local, so that both engines rank alike (score.go). How rare a
// word is, is asked first, for all words of a query at once (rarity.go).
//
// References: https://docs.opensearch.org/latest/query-dsl/; Bernstein and Goodman, Multiversion Concurrency Control (1983).
package cluster
