package local

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"kelisim/index"
)

// part is a node that an enough weighs.
type part interface {
	node
	// worth is what it counts: its idf; 0 where no document holds it.
	worth() float64
	// whole are the live documents of a segment that hold all of it; a caller must not change them.
	whole(seg int) *roaring.Bitmap
	// reach are those that hold something of it; a caller must not change them.
	reach(seg int) *roaring.Bitmap
	// hold adds to out, at each of docs, what they hold of its worth.
	hold(seg int, docs *roaring.Bitmap, out []float64)
}

// enough matches where parts are held that are worth a share of all; see [index.Enough].
type enough struct {
	m      *matcher
	parts  []part // the least worth first; none that no document holds
	should []should
	least  float64 // what must be held
	loose  bool
	hits   []*roaring.Bitmap // by segment, nil where not asked for yet
}

func (m *matcher) enough(t index.Enough, depth int) (node, error) {
	n := &enough{m: m, loose: t.Loose, hits: make([]*roaring.Bitmap, len(m.v.segs))}
	for _, c := range t.Of {
		if s, ok := c.(index.Should); ok {
			lift, err := m.should(s, depth)
			if err != nil {
				return nil, err
			}
			n.should = append(n.should, lift)
			continue
		}
		child, err := m.node(c, depth+1)
		if err != nil {
			return nil, err
		}
		p, ok := child.(part)
		if !ok {
			return nil, fmt.Errorf("query weighs a part %T", c)
		}
		if w := p.worth(); w > 0 {
			n.parts = append(n.parts, p)
			n.least += t.Share * w
		}
	}
	slices.SortStableFunc(n.parts, func(a, b part) int { return cmp.Compare(a.worth(), b.worth()) })
	return n, nil
}

// rounding keeps a document that holds exactly the share.
const rounding = 1e-9

func (n *enough) match(seg int) *roaring.Bitmap {
	if n.hits[seg] != nil {
		return n.hits[seg]
	}
	// Whoever has none but the parts that are too little together cannot match: common words cost nothing.
	first, sum := 0, 0.0
	for first < len(n.parts) && sum+n.parts[first].worth() < n.least-rounding {
		sum += n.parts[first].worth()
		first++
	}
	hits := roaring.New()
	for _, p := range n.parts[first:] {
		hits.Or(p.reach(seg))
	}
	if !hits.IsEmpty() {
		held := make([]float64, hits.Maximum()+1)
		for _, p := range n.parts {
			p.hold(seg, hits, held)
		}
		var kept []uint32
		hits.Iterate(func(doc uint32) bool {
			if held[doc] >= n.least-rounding {
				kept = append(kept, doc)
			}
			return true
		})
		hits = roaring.BitmapOf(kept...)
	}
	n.hits[seg] = hits
	return hits
}

// full are the documents that hold all parts.
func (n *enough) full(seg int) *roaring.Bitmap {
	if len(n.parts) == 0 {
		return roaring.New()
	}
	hits := n.parts[0].whole(seg)
	for _, p := range n.parts[1:] {
		hits = roaring.And(hits, p.whole(seg))
	}
	return hits
}

func (n *enough) score(seg int, docs *roaring.Bitmap, out []float64) error {
	for _, p := range n.parts {
		if err := p.score(seg, docs, out); err != nil {
			return err
		}
	}
	return lift(n.should, seg, docs, out)
}

// hitsOf are hits that are no node.
type hitsOf func(seg int) *roaring.Bitmap

func (f hitsOf) match(seg int) *roaring.Bitmap { return f(seg) }

// full are the hits of a node that count in totals.
func full(n node) hitsOf {
	if e, ok := n.(*enough); ok && !e.loose {
		return e.full
	}
	return n.match
}

// lacking are the hits of an enough that hold not all.
func lacking(e *enough) hitsOf {
	return func(seg int) *roaring.Bitmap { return roaring.AndNot(e.match(seg), e.full(seg)) }
}

// name matches the words of a name, or mentions of what it names.
type name struct {
	words  []part
	keys   []*roaring.Bitmap // by segment
	key    float64           // idf of a mention
	sum    float64           // of the words' worth
	weight float64           // of a mention
	keyed  bool              // only a mention will do
}

func (m *matcher) name(t index.Name, depth int) (node, error) {
	n := &name{weight: t.Weight}
	for _, w := range t.Words {
		child, err := m.node(w, depth+1)
		if err != nil {
			return nil, err
		}
		p, ok := child.(part)
		if !ok {
			return nil, fmt.Errorf("query has a name of %T", w)
		}
		n.words = append(n.words, p)
		n.sum += p.worth()
	}
	for range m.v.segs {
		n.keys = append(n.keys, roaring.New())
	}
	for _, k := range t.Keys {
		child, err := m.value(k)
		if err != nil {
			return nil, err
		}
		for i := range n.keys {
			n.keys[i] = roaring.Or(n.keys[i], child.match(i))
		}
	}
	if slices.ContainsFunc(n.keys, func(b *roaring.Bitmap) bool { return !b.IsEmpty() }) {
		n.key = m.idf(n.keys)
	}
	n.keyed = t.Keyed && m.frequency(n.keys) > 0
	return n, nil
}

func (n *name) match(seg int) *roaring.Bitmap { return n.having(seg, func(part) bool { return true }) }

func (n *name) whole(seg int) *roaring.Bitmap {
	return n.having(seg, func(p part) bool { return p.worth() > 0 })
}

// having are the documents with a mention, or with all the words that count.
func (n *name) having(seg int, counts func(part) bool) *roaring.Bitmap {
	var words *roaring.Bitmap
	for _, w := range n.words {
		switch {
		case !counts(w):
		case words == nil:
			words = w.match(seg)
		default:
			words = roaring.And(words, w.match(seg))
		}
	}
	if words == nil || n.keyed {
		return n.keys[seg]
	}
	return roaring.Or(words, n.keys[seg])
}

func (n *name) worth() float64 {
	if n.sum > 0 {
		return n.sum
	}
	return n.key
}

func (n *name) reach(seg int) *roaring.Bitmap {
	hits := n.keys[seg].Clone()
	if n.keyed {
		return hits
	}
	for _, w := range n.words {
		hits.Or(w.reach(seg))
	}
	return hits
}

func (n *name) hold(seg int, docs *roaring.Bitmap, out []float64) {
	if !n.keyed {
		rest := roaring.AndNot(docs, n.keys[seg])
		for _, w := range n.words {
			w.hold(seg, rest, out)
		}
	}
	add(n.worth(), roaring.And(docs, n.keys[seg]), out)
}

func (n *name) score(seg int, docs *roaring.Bitmap, out []float64) error {
	for _, w := range n.words {
		if err := w.score(seg, docs, out); err != nil {
			return err
		}
	}
	add(n.weight*max(n.sum, n.key), roaring.And(docs, n.keys[seg]), out)
	return nil
}

// add adds a number to out at each of docs.
func add(x float64, docs *roaring.Bitmap, out []float64) {
	docs.Iterate(func(doc uint32) bool { out[doc] += x; return true })
}
