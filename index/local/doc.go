// Package local answers: how does a search find articles in a folder on disk? It keeps one bleve index a generation:
//
//	dir/lock      one process at a time has the folder open; a server writes its address into it
//	dir/CURRENT   the name of the generation that serves
//	dir/0001/     a bleve index, with side files of packed lists in lists/
//
// bleve analyses, stores, merges and survives a crash; a search reads the segments itself: the postings of words lie packed in
// a side file of each segment (packed.go, sidefile.go), hits are sets of bits in memory that the next search uses again
// (bits.go), scores are counted window by window (match.go, word.go), facets in columns of ordinals. So a page costs
// milliseconds where bleve's own facets cost microseconds for each hit. Tests compare with bleve and with a plain reading
// for ever.
//
// References: bleve's scorch (github.com/blevesearch/bleve/v2/index/scorch); Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond (2009), for the weight of words over two fields.
package local
