package local

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"kelisim/index"
)

// node is a part of a tree, matched against a view.
type node interface {
	// match are the live documents of the tab in a segment that have it; a caller must not change them.
	match(seg int) docs
	// score adds to out, at each of the window's documents that it matches, what the match is worth.
	score(w window, out []float64) error
}

// window is a part of a segment. Scores are counted window by window: the numbers of one stay in the processor's nearest
// memory, and those that no hit is in cost nothing.
type window struct {
	seg   int
	first int  // word of the segment's sets
	docs  docs // that are wanted, from the first document of that word on
}

// windowWords is how many words of a set a window has.
const windowWords = 8192 / wordBits

// of is a segment's set in the window.
func (w window) of(d docs) docs { return d[w.first : w.first+len(w.docs)] }

// begin and end are the window's documents in the segment.
func (w window) begin() uint32 { return uint32(w.first) * wordBits }
func (w window) end() uint32   { return uint32(w.first+len(w.docs)) * wordBits }

// windows calls do with each part of a segment that has some of hits.
func windows(seg int, hits docs, do func(window) error) error {
	for first := 0; first < len(hits); first += windowWords {
		part := hits[first:min(first+windowWords, len(hits))]
		if part.empty() {
			continue
		}
		if err := do(window{seg, first, part}); err != nil {
			return err
		}
	}
	return nil
}

// matcher turns trees into nodes over one view and tab.
type matcher struct {
	ctx     context.Context
	v       *view
	tab     int
	least   index.Percent // agreements that are less sure are not there
	weights *index.Weights
	mem     *scratch
	buf     [block]uint32
	decoded int // documents of lists that are kept unpacked
}

// set is an empty set of a segment.
func (m *matcher) set(seg int) docs { return m.mem.set(m.v.segs[seg].n) }

// within are those of a segment's documents that a window wants.
func (m *matcher) within(w window, d docs) docs {
	out := m.mem.copied(w.docs)
	out.and(w.of(d))
	return out
}

// numbers are zeros, one for each document of a window.
func (m *matcher) numbers(w window) []float64 {
	return m.mem.numbers.take(len(w.docs)*wordBits, windowWords*wordBits)
}

// zeros are numbers for a window that has few hits: whoever takes them puts back to zero what it changed, and gives them back.
// To clear those of a window takes as long as to score a hundred hits.
func (m *matcher) zeros(w window) (of []float64, back func()) {
	mark := m.mem.clean.mark()
	return m.mem.clean.asIs(len(w.docs)*wordBits, windowWords*wordBits), func() { m.mem.clean.back(mark) }
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
			return nothing{m}, nil
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

// idf is how much a part tells that so many of the tab's documents have.
func (m *matcher) idf(hits []docs) float64 {
	n := 0
	for _, d := range hits {
		n += d.count()
	}
	return m.rarity(float64(n))
}

// rarity is the idf of what so many documents have.
func (m *matcher) rarity(df float64) float64 {
	n := float64(m.v.live[m.tab])
	return math.Log(1 + (n-df+.5)/(df+.5))
}

// everything matches all documents and tells nothing.
type everything struct{ m *matcher }

func (n everything) match(seg int) docs          { return n.m.v.segs[seg].live[n.m.tab] }
func (everything) score(window, []float64) error { return nil }

type nothing struct{ m *matcher }

func (n nothing) match(seg int) docs          { return n.m.set(seg) }
func (nothing) score(window, []float64) error { return nil }

// and matches where all of must do and none of not; should only lifts the score.
type and struct {
	m      *matcher
	hits   []docs
	must   []node
	should []should
}

func (m *matcher) and(t index.And, depth int) (node, error) {
	n := &and{m: m}
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
		hits := m.mem.copied(s.live[m.tab])
		for _, c := range n.must {
			hits.and(c.match(i))
		}
		for _, c := range not {
			hits.andNot(c.match(i))
		}
		n.hits = append(n.hits, hits)
	}
	return n, nil
}

func (n *and) match(seg int) docs { return n.hits[seg] }

func (n *and) score(w window, out []float64) error {
	defer n.m.mem.sets.back(n.m.mem.sets.mark())
	w.docs = n.m.within(w, n.hits[w.seg])
	for _, c := range n.must {
		if err := c.score(w, out); err != nil {
			return err
		}
	}
	return n.m.lift(n.should, w, out)
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

// lift adds to out what documents have of what lifts a score.
func (m *matcher) lift(of []should, w window, out []float64) error {
	for _, c := range of {
		mark := m.mem.numbers.mark()
		one := m.numbers(w)
		if err := c.score(w, one); err != nil {
			return err
		}
		for i, s := range one {
			out[i] += c.weight * s
		}
		m.mem.numbers.back(mark)
	}
	return nil
}

// or matches where any part does. Its score is that of its best part.
type or struct {
	m    *matcher
	hits []docs
	of   []node
}

func newOr(m *matcher, of []node) node {
	n := &or{m: m, of: of}
	for i := range m.v.segs {
		hits := m.set(i)
		for _, c := range of {
			hits.or(c.match(i))
		}
		n.hits = append(n.hits, hits)
	}
	return n
}

func (n *or) match(seg int) docs { return n.hits[seg] }

func (n *or) score(w window, out []float64) error {
	mem := &n.m.mem.numbers
	defer mem.back(mem.mark())
	best := n.m.numbers(w)
	for _, c := range n.of {
		mark := mem.mark()
		one := n.m.numbers(w)
		if err := c.score(w, one); err != nil {
			return err
		}
		for i, s := range one {
			best[i] = max(best[i], s)
		}
		mem.back(mark)
	}
	for i, s := range best {
		out[i] += s
	}
	return nil
}

// value matches documents with a facet's value.
type value struct {
	hits   []docs
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
	for i, s := range m.v.segs {
		hits, err := holding(s.snap, facetField(t.Facet), []string{t.Key})
		if err != nil {
			return nil, err
		}
		n.hits = append(n.hits, m.live(i, hits))
	}
	n.weight = m.idf(n.hits)
	return n, nil
}

// live are those of bleve's documents that are there and of the tab.
func (m *matcher) live(seg int, hits *roaring.Bitmap) docs {
	out := m.set(seg)
	out.addAll(hits)
	out.and(m.v.segs[seg].live[m.tab])
	return out
}

// telling are the articles with an agreement that has a value and is sure enough.
func (m *matcher) telling(t index.Value) ([]docs, error) {
	var ids []string
	all := m.v.g.columns.agreements.all()
	for _, s := range m.v.segs {
		deals, err := holding(s.snap, facetField(t.Facet), []string{t.Key})
		if err != nil {
			return nil, err
		}
		deals.Iterate(func(doc uint32) bool {
			if s.live[tabAgreements].has(doc) && s.confidence[doc] >= m.least {
				for _, ord := range s.agreements.of(doc) {
					ids = append(ids, all[ord])
				}
			}
			return true
		})
	}
	var out []docs
	for i, s := range m.v.segs {
		hits, err := holding(s.snap, fieldAgreements, ids)
		if err != nil {
			return nil, err
		}
		out = append(out, m.live(i, hits))
	}
	return out, nil
}

func (n *value) match(seg int) docs { return n.hits[seg] }

func (n *value) score(w window, out []float64) error {
	add(n.weight, w.docs, w.of(n.hits[w.seg]), out)
	return nil
}

// add adds a number to out at each document that two sets hold.
func add(x float64, a, b docs, out []float64) {
	for i, set := range a {
		for set &= b[i]; set != 0; set &= set - 1 {
			out[i*wordBits+bits.TrailingZeros64(set)] += x
		}
	}
}
