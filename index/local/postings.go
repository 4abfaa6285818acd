package local

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// bitmapOf is the documents that an iterator would visit. bleve keeps a term of one document without a bitmap.
func bitmapOf(it segment.PostingsIterator) *roaring.Bitmap {
	o, ok := it.(segment.OptimizablePostingsIterator)
	if !ok {
		return roaring.New()
	}
	if doc, ok := o.DocNum1Hit(); ok {
		return roaring.BitmapOf(uint32(doc))
	}
	if b := o.ActualBitmap(); b != nil {
		return b
	}
	return roaring.New()
}

// holding are the live documents of a segment that have any of terms in a field. The caller owns the bitmap.
func holding(s *scorch.SegmentSnapshot, field string, terms []string) (*roaring.Bitmap, error) {
	out := roaring.New()
	if len(terms) == 0 {
		return out, nil
	}
	d, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read field %s: %w", field, err)
	}
	var list segment.PostingsList // of the term before, to be used again
	for _, t := range terms {
		if list, err = d.PostingsList([]byte(t), nil, list); err != nil {
			return nil, fmt.Errorf("read postings of %q: %w", t, err)
		}
		if o, ok := list.(interface{ OrInto(*roaring.Bitmap) }); ok { // zapx's; an iterator of each takes five times as long
			o.OrInto(out)
		} else {
			out.Or(bitmapOf(list.Iterator(false, false, false, nil)))
		}
		hasRead()
	}
	if deleted := s.Deleted(); deleted != nil {
		out.AndNot(deleted)
	}
	return out, nil
}
