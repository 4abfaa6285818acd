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
	ctx     context.Context
	v       *view
	tab     int
	least   index.Percent // agreements that are less sure are not there
	weights *index.Weights
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
		return m.word(t.Terms, t.Near, t.Title)
	case index.Phrase:
		switch len(t.Slots) {
		case 0:
			return nothing{}, nil
		case 1:
			return m.word(t.Slots[0], nil, t.Title)
		}
		return m.phrase(t)
	case index.Sentence:
		return m.sentence(t)
	case index.Value:
		return m.value(t)
	case index.And:
		return m.and(t, depth)
	case index.Or:
		if terms, near, ok := synonyms(t); ok {
			return m.word(terms, near, false)
		}
		of, err := m.nodes(t, depth)
		return newOr(m, of), err
	case index.Name:
		return m.name(t, depth)
	case index.Enough:
		return m.enough(t, depth)
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
func synonyms(of index.Or) (terms []string, near []index.Near, ok bool) {
	for _, t := range of {
		w, ok := t.(index.AnyTerm)
		if !ok || w.Title {
			return nil, nil, false
		}
		near = append(near, w.Near...)
		for _, term := range w.Terms {
			if !slices.Contains(terms, term) {
				terms = append(terms, term)
			}
		}
	}
	return terms, near, len(of) > 0
}

// idf is how much a part tells that df of the tab's documents have.
func (m *matcher) idf(hits []*roaring.Bitmap) float64 { return m.rarity(m.frequency(hits)) }

// frequency is how many live documents there are among hits.
func (m *matcher) frequency(hits []*roaring.Bitmap) float64 {
	var df uint64
	for i, s := range m.v.segs {
		df += hits[i].AndCardinality(s.live[m.tab])
	}
	return float64(df)
}

// rarity is the idf of what so many documents have.
func (m *matcher) rarity(df float64) float64 {
	var n uint64
	for _, s := range m.v.segs {
		n += s.live[m.tab].GetCardinality()
	}
	return math.Log(1 + (float64(n)-df+.5)/(df+.5))
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
	hits   []*roaring.Bitmap
	must   []node
	should []should
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
			lift, err := m.should(x, depth)
			if err != nil {
				return nil, err
			}
			n.should = append(n.should, lift)
			continue
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
	for _, c := range n.must {
		if err := c.score(seg, docs, out); err != nil {
			return err
		}
	}
	return lift(n.should, seg, docs, out)
}

// should is what lifts a score.
type should struct {
	node
	weight float64
}

func (m *matcher) should(t index.Should, depth int) (should, error) {
	n, err := m.node(t.Of, depth+1)
	return should{n, t.Weight}, err
}

// lift adds to out what docs have of what lifts a score.
func lift(of []should, seg int, docs *roaring.Bitmap, out []float64) error {
	if len(of) == 0 {
		return nil
	}
	one := make([]float64, len(out))
	for _, c := range of {
		clear(one)
		if err := c.score(seg, docs, one); err != nil {
			return err
		}
		for i, s := range one {
			out[i] += c.weight * s
		}
	}
	return nil
}

// or matches where any part does. Its score is that of its best part.
type or struct {
	hits []*roaring.Bitmap
	of   []node
}

func newOr(m *matcher, of []node) node {
	n := &or{of: of}
	for i := range m.v.segs {
		hits := roaring.New()
		for _, c := range of {
			hits.Or(c.match(i))
		}
		n.hits = append(n.hits, hits)
	}
	return n
}

func (n *or) match(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *or) score(seg int, docs *roaring.Bitmap, out []float64) error {
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
