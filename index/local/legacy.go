package local

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kelisim/index"
)

// An index of schema 9 and older has its words in bleve. It serves until it is built anew, so its lists are packed in memory.

// fieldsOfOld are its fields of words, by their number.
var fieldsOfOld = [...]string{"title", "body", "lead"}

// listsOf gives the lists of a segment.
func listsOf(s *scorch.SegmentSnapshot) (*lists, error) {
	if w, ok := s.Segment().(worded); ok {
		return w.words(), nil
	}
	var out bytes.Buffer
	w, err := newListsWriter(&out)
	if err != nil {
		return nil, err
	}
	for field, name := range fieldsOfOld {
		if err := packOld(w, s.Segment(), field, name); err != nil {
			return nil, fmt.Errorf("read field %s: %w", name, err)
		}
	}
	if err := w.end(); err != nil {
		return nil, err
	}
	return readLists(out.Bytes())
}

func packOld(w *listsWriter, seg segment.Segment, field int, name string) error {
	d, err := seg.Dictionary(name)
	if err != nil {
		return err
	}
	var documents, freqs []uint32
	var places []uint64
	var pl segment.PostingsList
	var pi segment.PostingsIterator
	it := d.AutomatonIterator(nil, nil, nil)
	for {
		e, err := it.Next()
		if err != nil || e == nil {
			return err
		}
		if pl, err = d.PostingsList([]byte(e.Term), nil, pl); err != nil {
			return err
		}
		pi = pl.Iterator(true, false, field != leadList, pi)
		documents, freqs, places = documents[:0], freqs[:0], places[:0]
		for {
			p, err := pi.Next()
			if err != nil {
				return err
			}
			if p == nil {
				break
			}
			here := len(places)
			if field == leadList {
				places = append(places, 0) // whether a word is there is all that it tells
			}
			for _, l := range p.Locations() {
				places = append(places, placeOf(l))
			}
			if len(places) == here {
				return fmt.Errorf("the postings of %q have no places", e.Term)
			}
			if !slices.IsSorted(places[here:]) {
				slices.Sort(places[here:])
			}
			documents, freqs = append(documents, uint32(p.Number())), append(freqs, uint32(len(places)-here))
		}
		if err := w.add(field, []byte(e.Term), documents, freqs, places); err != nil {
			return err
		}
	}
}

func placeOf(l segment.Location) uint64 {
	paragraph := 0
	if ap := l.ArrayPositions(); len(ap) > 0 {
		paragraph = int(ap[0])
	}
	return index.Place(paragraph, int(l.Pos()))
}
