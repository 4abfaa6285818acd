package local

import (
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kelisim/index"
)

// phrase matches documents in which its slots stand one after another in one paragraph.
type phrase struct {
	m      *matcher
	hits   []*roaring.Bitmap
	found  []map[string]map[uint32]int // segment → field → document → how often
	weight float64
}

func (m *matcher) phrase(t index.Phrase) (node, error) {
	n := &phrase{m: m}
	for _, s := range m.v.segs {
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		hits := roaring.New()
		found := map[string]map[uint32]int{}
		for _, field := range []string{fieldTitle, fieldBody} {
			times, err := m.inField(s, field, t)
			if err != nil {
				return nil, err
			}
			found[field] = times
			for doc := range times {
				hits.Add(doc)
			}
		}
		n.hits, n.found = append(n.hits, hits), append(n.found, found)
	}
	n.weight = m.idf(n.hits)
	return n, nil
}

func (n *phrase) match(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *phrase) score(seg int, docs *roaring.Bitmap, out []float64) error {
	docs = roaring.And(docs, n.hits[seg])
	if docs.IsEmpty() {
		return nil
	}
	c := newCounts(n.m, seg, docs)
	for _, f := range c.fields {
		for doc, times := range n.found[seg][f.field] {
			if docs.Contains(doc) {
				f.most[doc] = float32(times)
			}
		}
	}
	c.add(n.weight, out)
	return nil
}

// inField counts how often a phrase stands in a field, by document.
func (m *matcher) inField(s *viewSegment, field string, t index.Phrase) (map[uint32]int, error) {
	docs := s.live[m.tab]
	for _, slot := range t.Slots {
		b, err := holding(s.snap, field, slot)
		if err != nil {
			return nil, err
		}
		if docs = roaring.And(docs, b); docs.IsEmpty() {
			return nil, nil
		}
	}
	d, err := s.snap.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read field %s: %w", field, err)
	}
	// at[slot][doc] are the places of a slot's words, paragraph and position in one number.
	at := make([]map[uint32][]uint64, len(t.Slots))
	for i, slot := range t.Slots {
		at[i] = make(map[uint32][]uint64, docs.GetCardinality())
		for _, term := range slot {
			err := visit(d, term, docs, true, func(p segment.Posting) {
				doc := uint32(p.Number())
				for _, l := range p.Locations() {
					at[i][doc] = append(at[i][doc], placeOf(l))
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	out := map[uint32]int{}
	slots := make([][]uint64, len(t.Slots))
	docs.Iterate(func(doc uint32) bool {
		for i := range at {
			slots[i] = at[i][doc]
			slices.Sort(slots[i])
			slots[i] = slices.Compact(slots[i])
		}
		for _, start := range slots[0] {
			if follows(slots[1:], start, uint64(max(t.Slop, 0))) {
				out[doc]++
			}
		}
		return true
	})
	return out, nil
}

const positionBits = 32

func placeOf(l segment.Location) uint64 {
	var paragraph uint64
	if ap := l.ArrayPositions(); len(ap) > 0 {
		paragraph = ap[0]
	}
	return paragraph<<positionBits | l.Pos()
}

// follows reports whether the slots stand behind at, in order and in its paragraph, with at most slop words between.
// The nearest place of each slot is always the best: what counts is how far the last one is from the first.
func follows(slots [][]uint64, at, slop uint64) bool {
	for _, slot := range slots {
		i, _ := slices.BinarySearch(slot, at+1)
		if i == len(slot) || slot[i]>>positionBits != at>>positionBits || slot[i]-at-1 > slop {
			return false
		}
		slop -= slot[i] - at - 1
		at = slot[i]
	}
	return true
}
