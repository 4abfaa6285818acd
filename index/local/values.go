package local

import (
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// values are a field of a document with all its values. bleve's own field takes one value, makes a text of one word of it and
// counts it in a map of its own, for each of the thirty values of an article, its agreements and its story.
type values struct {
	name string
	of   bleveindex.TokenFrequencies
}

// aValue stands for each value: how often a document has it, nobody asks.
var aValue = &bleveindex.TokenFreq{}

func (v *values) Name() string                                          { return v.name }
func (*values) ArrayPositions() []uint64                                { return nil }
func (*values) Options() bleveindex.FieldIndexingOptions                { return valueOptions }
func (*values) Analyze()                                                {}
func (*values) Value() []byte                                           { return nil }
func (*values) NumPlainTextBytes() uint64                               { return 0 }
func (*values) EncodedFieldType() byte                                  { return 't' }
func (v *values) AnalyzedLength() int                                   { return len(v.of) }
func (v *values) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return v.of }
func (v *values) Size() int                                             { return 64 * len(v.of) }
