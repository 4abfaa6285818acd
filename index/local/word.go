package local

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kelisim/index"
)

// word matches documents that have any of its terms in either field: one typed word in all its readings. Those that have
// only a near term hold a part of it.
//
// The weight is that of BM25 over two fields: a field longer than others makes its words worth less, and each further
// occurrence adds less than the one before.
type word struct {
	m      *matcher
	hits   []*roaring.Bitmap
	terms  []string
	near   []near // the heaviest first
	weight float64
	none   bool // no document has it
	title  bool // it counts in the title only
}

// near is a term that stands for a word.
type near struct {
	index.Near
	hits []*roaring.Bitmap // by segment
}

func (m *matcher) word(terms []string, also []index.Near, title bool) (node, error) {
	n := &word{m: m, terms: terms, none: true, title: title}
	var err error
	if n.hits, err = m.having(terms, title); err != nil {
		return nil, err
	}
	for _, x := range also {
		hits, err := m.having([]string{x.Term}, title)
		if err != nil {
			return nil, err
		}
		n.near = append(n.near, near{x, hits})
	}
	slices.SortStableFunc(n.near, func(a, b near) int { return cmp.Compare(b.Weight, a.Weight) })
	// A word and its translations are one word: it is as rare as they are together.
	all, df := slices.Clone(n.hits), m.frequency(n.hits)
	for _, x := range n.near {
		if x.Likeness > 0 {
			continue
		}
		more := make([]*roaring.Bitmap, len(all))
		for i := range all {
			more[i] = roaring.AndNot(x.hits[i], all[i])
			all[i] = roaring.Or(all[i], x.hits[i])
		}
		df += x.Weight * m.frequency(more)
	}
	for _, hits := range all {
		n.none = n.none && hits.IsEmpty()
	}
	n.weight = m.rarity(df)
	return n, nil
}

// fieldsOf are the fields that words are looked for in.
func fieldsOf(title bool) []string {
	if title {
		return []string{fieldTitle}
	}
	return []string{fieldTitle, fieldBody}
}

// having are the live documents, by segment, that have any of terms in either field, or in the title.
func (m *matcher) having(terms []string, title bool) (out []*roaring.Bitmap, err error) {
	for _, s := range m.v.segs {
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		hits := roaring.New()
		for _, field := range fieldsOf(title) {
			b, err := holding(s.snap, field, terms)
			if err != nil {
				return nil, err
			}
			hits.Or(b)
		}
		out = append(out, hits)
	}
	return out, nil
}

func (n *word) match(seg int) *roaring.Bitmap { return n.hits[seg] }
func (n *word) whole(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *word) worth() float64 {
	if n.none {
		return 0
	}
	return n.weight
}

func (n *word) reach(seg int) *roaring.Bitmap {
	if len(n.near) == 0 {
		return n.hits[seg]
	}
	hits := n.hits[seg].Clone()
	for _, x := range n.near {
		hits.Or(x.hits[seg])
	}
	return hits
}

func (n *word) hold(seg int, docs *roaring.Bitmap, out []float64) {
	add(n.weight, roaring.And(docs, n.hits[seg]), out)
	if len(n.near) == 0 {
		return
	}
	rest := roaring.AndNot(docs, n.hits[seg])
	for _, x := range n.near {
		add(n.weight*x.Weight, roaring.And(rest, x.hits[seg]), out)
		rest.AndNot(x.hits[seg])
	}
}

func (n *word) score(seg int, docs *roaring.Bitmap, out []float64) error {
	docs = roaring.And(docs, n.reach(seg))
	if docs.IsEmpty() {
		return nil
	}
	counts := newCounts(n.m, seg, docs)
	for _, f := range counts.fields[:len(fieldsOf(n.title))] {
		d, err := n.m.v.segs[seg].snap.Segment().Dictionary(f.field)
		if err != nil {
			return fmt.Errorf("read field %s: %w", f.field, err)
		}
		if err := n.m.ctx.Err(); err != nil {
			return err
		}
		for _, term := range n.terms {
			exact := !strings.Contains(term, ":")
			err := visit(d, term, docs, func(p segment.Posting) {
				tf := float32(p.Frequency())
				doc := p.Number()
				f.most[doc] = max(f.most[doc], tf)
				if exact {
					f.extra[doc] += float32(n.m.weights.ExactWeight) * tf
				}
			})
			if err != nil {
				return err
			}
		}
		for _, x := range n.near {
			if err := n.m.ctx.Err(); err != nil {
				return err
			}
			err := visit(d, x.Term, docs, func(p segment.Posting) {
				doc := p.Number()
				f.most[doc] = max(f.most[doc], float32(x.Weight)*float32(p.Frequency()))
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
	docs       *roaring.Bitmap
	fields     [2]*fieldCounts
	saturation float64
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
		{fieldTitle, make([]float32, n), make([]float32, n), s.title, m.v.mean[m.tab].title, m.weights.TitleWeight, m.weights.TitleLength},
		{fieldBody, make([]float32, n), make([]float32, n), s.body, m.v.mean[m.tab].body, 1, m.weights.BodyLength},
	}, m.weights.Saturation}
}

func (c counts) add(weight float64, out []float64) {
	c.docs.Iterate(func(doc uint32) bool {
		tf := 0.0
		for _, f := range c.fields {
			if n := f.most[doc] + f.extra[doc]; n > 0 {
				tf += f.weight * float64(n) / (1 - f.b + f.b*float64(f.size[doc])/f.mean)
			}
		}
		out[doc] += weight * tf * (c.saturation + 1) / (tf + c.saturation)
		return true
	})
}

// postingsAt reads the postings of a term at docs, all of them live; it may give others beside them.
func postingsAt(d segment.TermDictionary, term string, docs *roaring.Bitmap, places bool) (segment.PostingsIterator, error) {
	list, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, fmt.Errorf("read postings of %q: %w", term, err)
	}
	it := list.Iterator(true, true, places, nil)
	if o, ok := it.(segment.OptimizablePostingsIterator); ok {
		if b := o.ActualBitmap(); b != nil {
			o.ReplaceActual(roaring.And(b, docs))
		}
	}
	return it, nil
}

// visit reads the postings of a term at docs.
func visit(d segment.TermDictionary, term string, docs *roaring.Bitmap, do func(segment.Posting)) error {
	it, err := postingsAt(d, term, docs, false)
	if err != nil {
		return err
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
