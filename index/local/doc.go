// Package local answers: how does a search find articles in a folder on disk? It keeps one bleve index a generation:
//
//	dir/lock      one process at a time has the folder open; a server writes its address into it
//	dir/CURRENT   the name of the generation that serves
//	dir/0001/     a bleve index
//
// bleve analyses, stores, merges and survives a crash; a search reads the postings of its segments itself: hits are
// bitmaps, facets are counted in columns of ordinals, so that a page costs milliseconds where bleve's own facets cost
// microseconds for each hit. A test compares both for ever.
//
// References: bleve's scorch (github.com/blevesearch/bleve/v2/index/scorch); Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond (2009), for the weight of words over two fields.
package local
