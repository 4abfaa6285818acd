// Package local answers: how does a search find articles in a folder on disk? It keeps one bleve index a generation:
//
//	dir/lock      one process at a time has the folder open; a server writes its address into it
//	dir/CURRENT   the name of the generation that serves
//	dir/0001/     a bleve index, its segments with packed lists of words in them
//
// bleve keeps segments, merges them and survives a crash; a search reads them itself: words and where they stand lie packed in
// each segment's file (segment.go, lists.go, packed.go), and bleve has none; hits are sets of bits in memory that the next search uses again
// (bits.go), scores are counted window by window (match.go, word.go), facets in columns of ordinals. So a page costs
// milliseconds where bleve's own facets cost microseconds for each hit. Common words are sets in the file, too (dense.go). Tests compare with bleve and with a plain reading
// for ever.
//
// References: bleve's scorch (github.com/blevesearch/bleve/v2/index/scorch); Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond (2009), for the weight of words over two fields.
package local
