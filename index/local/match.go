package local

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"kelisim/index"
)

// node is a part of a tree, matched against a view. Bitmaps of hits may hold documents of both tabs; a caller must not
// change them.
type node interface {
	// match are the live documents of a segment that have it.
	match(seg int) *roaring.Bitmap
	// score adds to out, at each of docs that it matches, what the match is worth.
	score(seg int, docs *roaring.Bitmap, out []float64) error
}

// matcher turns trees into nodes over one view and tab.
type matcher struct {
	ctx   context.Context
	v     *view
	tab   int
	least index.Percent // agreements that are less sure are not there
}

// maxDepth bounds a tree; query never makes one so deep.
const maxDepth = 200

func (m *matcher) node(t index.Tree, depth int) (node, error) {
	if err := m.ctx.Err(); err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("query is nested deeper than %d", maxDepth)
	}
	switch t := t.(type) {
	case nil:
		return everything{m}, nil
	case index.AnyTerm:
		return m.word(t.Terms)
	case index.Phrase:
		switch len(t.Slots) {
		case 0:
			return nothing{}, nil
		case 1:
			return m.word(t.Slots[0])
		}
		return m.phrase(t)
	case index.Value:
		return m.value(t)
	case index.And:
		return m.and(t, depth)
	case index.Or:
		if terms, ok := synonyms(t); ok {
			return m.word(terms)
		}
		of, err := m.nodes(t, depth)
		return newAtLeast(m, 1, of, false), err
	case index.AtLeast:
		of, err := m.nodes(t.Of, depth)
		return newAtLeast(m, t.Min, of, true), err
	case index.Not, index.Should:
		return m.and(index.And{t}, depth)
	}
	return nil, fmt.Errorf("query has an unknown part %T", t)
}

func (m *matcher) nodes(of []index.Tree, depth int) ([]node, error) {
	out := make([]node, 0, len(of))
	for _, t := range of {
		n, err := m.node(t, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// synonyms are the terms of alternatives that are words all. They count as one word: a rare translation of a common
// word says no more than the word.
func synonyms(of index.Or) ([]string, bool) {
	var terms []string
	for _, t := range of {
		w, ok := t.(index.AnyTerm)
		if !ok {
			return nil, false
		}
		for _, term := range w.Terms {
			if !slices.Contains(terms, term) {
				terms = append(terms, term)
			}
		}
	}
	return terms, len(of) > 0
}

// idf is how much a part tells that df of the tab's documents have.
func (m *matcher) idf(hits []*roaring.Bitmap) float64 {
	var n, df uint64
	for i, s := range m.v.segs {
		n += s.live[m.tab].GetCardinality()
		df += hits[i].AndCardinality(s.live[m.tab])
	}
	return math.Log(1 + (float64(n)-float64(df)+.5)/(float64(df)+.5))
}

// everything matches all documents and tells nothing.
type everything struct{ m *matcher }

func (n everything) match(seg int) *roaring.Bitmap             { return n.m.v.segs[seg].live[n.m.tab] }
func (everything) score(int, *roaring.Bitmap, []float64) error { return nil }

type nothing struct{}

func (nothing) match(int) *roaring.Bitmap                   { return roaring.New() }
func (nothing) score(int, *roaring.Bitmap, []float64) error { return nil }

// and matches where all of must do and none of not; should only lifts the score.
type and struct {
	hits         []*roaring.Bitmap
	must, should []node
}

func (m *matcher) and(t index.And, depth int) (node, error) {
	n := &and{}
	var not []node
	for _, c := range t {
		var to *[]node
		switch x := c.(type) {
		case index.Not:
			c, to = x.Of, &not
		case index.Should:
			c, to = x.Of, &n.should
		default:
			to = &n.must
		}
		child, err := m.node(c, depth+1)
		if err != nil {
			return nil, err
		}
		*to = append(*to, child)
	}
	for i, s := range m.v.segs {
		hits := s.live[m.tab]
		for _, c := range n.must {
			hits = roaring.And(hits, c.match(i))
		}
		for _, c := range not {
			hits = roaring.AndNot(hits, c.match(i))
		}
		n.hits = append(n.hits, hits)
	}
	return n, nil
}

func (n *and) match(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *and) score(seg int, docs *roaring.Bitmap, out []float64) error {
	docs = roaring.And(docs, n.hits[seg])
	for _, of := range [][]node{n.must, n.should} {
		for _, c := range of {
			if err := c.score(seg, docs, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// atLeast matches where min or more parts do. Its score is the sum of its parts where they say different things, and
// their best where they are alternatives.
type atLeast struct {
	hits []*roaring.Bitmap
	of   []node
	sum  bool
}

func newAtLeast(m *matcher, min int, of []node, sum bool) node {
	n := &atLeast{of: of, sum: sum}
	for i, s := range m.v.segs {
		if min <= 0 || min > len(of) {
			all := s.live[m.tab]
			if min > 0 {
				all = roaring.New()
			}
			n.hits = append(n.hits, all)
			continue
		}
		// enough[k] are the documents that k+1 of the parts have.
		enough := make([]*roaring.Bitmap, min)
		for k := range enough {
			enough[k] = roaring.New()
		}
		for _, c := range of {
			hits := c.match(i)
			for k := min - 1; k > 0; k-- {
				enough[k].Or(roaring.And(enough[k-1], hits))
			}
			enough[0].Or(hits)
		}
		n.hits = append(n.hits, enough[min-1])
	}
	return n
}

func (n *atLeast) match(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *atLeast) score(seg int, docs *roaring.Bitmap, out []float64) error {
	docs = roaring.And(docs, n.hits[seg])
	if n.sum {
		for _, c := range n.of {
			if err := c.score(seg, docs, out); err != nil {
				return err
			}
		}
		return nil
	}
	best := make([]float64, len(out))
	one := make([]float64, len(out))
	for _, c := range n.of {
		clear(one)
		if err := c.score(seg, docs, one); err != nil {
			return err
		}
		for i, s := range one {
			best[i] = max(best[i], s)
		}
	}
	for i, s := range best {
		out[i] += s
	}
	return nil
}

// value matches documents with a facet's value.
type value struct {
	hits   []*roaring.Bitmap
	weight float64
}

func (m *matcher) value(t index.Value) (node, error) {
	n := &value{}
	if f, ok := index.FacetNamed(t.Facet); ok && f.Scope == index.OfAgreement && m.tab == tabArticles {
		var err error
		if n.hits, err = m.telling(t); err != nil {
			return nil, err
		}
		n.weight = m.idf(n.hits)
		return n, nil
	}
	for _, s := range m.v.segs {
		hits, err := holding(s.snap, facetField(t.Facet), []string{t.Key})
		if err != nil {
			return nil, err
		}
		n.hits = append(n.hits, hits)
	}
	n.weight = m.idf(n.hits)
	return n, nil
}

// telling are the articles with an agreement that has a value and is sure enough.
func (m *matcher) telling(t index.Value) ([]*roaring.Bitmap, error) {
	var ids []string
	all := m.v.g.columns.agreements.all()
	for _, s := range m.v.segs {
		deals, err := holding(s.snap, facetField(t.Facet), []string{t.Key})
		if err != nil {
			return nil, err
		}
		roaring.And(deals, s.live[tabAgreements]).Iterate(func(doc uint32) bool {
			if s.confidence[doc] >= m.least {
				for _, ord := range s.agreements.of(doc) {
					ids = append(ids, all[ord])
				}
			}
			return true
		})
	}
	var out []*roaring.Bitmap
	for _, s := range m.v.segs {
		hits, err := holding(s.snap, fieldAgreements, ids)
		if err != nil {
			return nil, err
		}
		hits.And(s.live[tabArticles])
		out = append(out, hits)
	}
	return out, nil
}

func (n *value) match(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *value) score(seg int, docs *roaring.Bitmap, out []float64) error {
	roaring.And(docs, n.hits[seg]).Iterate(func(doc uint32) bool { out[doc] += n.weight; return true })
	return nil
}
