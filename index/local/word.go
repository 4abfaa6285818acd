package local

import (
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// The weight of words, after BM25 over two fields: a word of the title counts as titleWeight words of the body, a
// field twice as long as others makes its words worth less, and each further occurrence adds less than the one before.
const (
	titleWeight = 2.5
	titleLength = .4  // how much a title's length matters, 0–1
	bodyLength  = .6  // how much a body's length matters, 0–1
	saturation  = 1.2 // how fast further occurrences lose
	exactWeight = .1  // what the form as typed adds to its stem
)

// word matches documents that have any of its terms in either field: one typed word in all its readings.
type word struct {
	m      *matcher
	hits   []*roaring.Bitmap
	terms  []string
	weight float64
}

func (m *matcher) word(terms []string) (node, error) {
	n := &word{m: m, terms: terms}
	for _, s := range m.v.segs {
		hits := roaring.New()
		for _, field := range []string{fieldTitle, fieldBody} {
			b, err := holding(s.snap, field, terms)
			if err != nil {
				return nil, err
			}
			hits.Or(b)
		}
		n.hits = append(n.hits, hits)
	}
	n.weight = m.idf(n.hits)
	return n, nil
}

func (n *word) match(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *word) score(seg int, docs *roaring.Bitmap, out []float64) error {
	docs = roaring.And(docs, n.hits[seg])
	if docs.IsEmpty() {
		return nil
	}
	counts := newCounts(n.m, seg, docs)
	for _, f := range counts.fields {
		d, err := n.m.v.segs[seg].snap.Segment().Dictionary(f.field)
		if err != nil {
			return fmt.Errorf("read field %s: %w", f.field, err)
		}
		for _, term := range n.terms {
			exact := !strings.Contains(term, ":")
			err := visit(d, term, docs, false, func(p segment.Posting) {
				tf := float32(p.Frequency())
				doc := p.Number()
				f.most[doc] = max(f.most[doc], tf)
				if exact {
					f.extra[doc] += exactWeight * tf
				}
			})
			if err != nil {
				return err
			}
		}
	}
	counts.add(n.weight, out)
	return nil
}

// counts are how often a part occurs in each document of a segment.
type counts struct {
	docs   *roaring.Bitmap
	fields [2]*fieldCounts
}

type fieldCounts struct {
	field       string
	most, extra []float32
	size        []uint32
	mean        float64
	weight, b   float64
}

func newCounts(m *matcher, seg int, docs *roaring.Bitmap) counts {
	s := m.v.segs[seg]
	n := int(docs.Maximum()) + 1
	return counts{docs, [2]*fieldCounts{
		{fieldTitle, make([]float32, n), make([]float32, n), s.title, m.v.mean[m.tab].title, titleWeight, titleLength},
		{fieldBody, make([]float32, n), make([]float32, n), s.body, m.v.mean[m.tab].body, 1, bodyLength},
	}}
}

func (c counts) add(weight float64, out []float64) {
	c.docs.Iterate(func(doc uint32) bool {
		tf := 0.0
		for _, f := range c.fields {
			if n := f.most[doc] + f.extra[doc]; n > 0 {
				tf += f.weight * float64(n) / (1 - f.b + f.b*float64(f.size[doc])/f.mean)
			}
		}
		out[doc] += weight * tf * (saturation + 1) / (tf + saturation)
		return true
	})
}

// visit reads the postings of a term at docs, all of them live.
func visit(d segment.TermDictionary, term string, docs *roaring.Bitmap, places bool, do func(segment.Posting)) error {
	list, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return fmt.Errorf("read postings of %q: %w", term, err)
	}
	it := list.Iterator(true, true, places, nil)
	if o, ok := it.(segment.OptimizablePostingsIterator); ok {
		if b := o.ActualBitmap(); b != nil {
			o.ReplaceActual(roaring.And(b, docs))
		}
	}
	for {
		p, err := it.Next()
		if err != nil {
			return fmt.Errorf("read postings of %q: %w", term, err)
		}
		if p == nil {
			return nil
		}
		if docs.Contains(uint32(p.Number())) {
			do(p)
		}
	}
}
