package local

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"kelisim/index"
)

// part is a node that an enough weighs.
type part interface {
	node
	// worth is what it counts: its idf; 0 where no document holds it.
	worth() float64
	// whole are the live documents of a segment that hold all of it; a caller must not change them.
	whole(seg int) docs
	// reach are those that hold something of it; a caller must not change them.
	reach(seg int) docs
	// hold adds to out, at each of the window's documents, what they hold of its worth.
	hold(w window, out []float64)
}

// enough matches where parts are held that are worth a share of all; see [index.Enough].
type enough struct {
	m      *matcher
	parts  []part // the least worth first; none that no document holds
	should []should
	least  float64 // what must be held
	loose  bool
	mixed  bool
	hits   []docs // by segment, nil where not asked for yet
	all    []docs // those that hold all parts, too
}

func (m *matcher) enough(t index.Enough, depth int) (node, error) {
	n := &enough{m: m, loose: t.Loose, mixed: t.Mixed, hits: make([]docs, len(m.v.segs)), all: make([]docs, len(m.v.segs))}
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

func (n *enough) match(seg int) docs {
	if n.hits[seg] != nil {
		return n.hits[seg]
	}
	// Whoever has none but the parts that are too little together cannot match: common words cost nothing.
	first, sum := 0, 0.0
	for first < len(n.parts) && sum+n.parts[first].worth() < n.least-rounding {
		sum += n.parts[first].worth()
		first++
	}
	// Whoever has all of a part that is enough by itself matches: of most queries each word is.
	hits, rest := n.m.set(seg), n.m.set(seg)
	for _, p := range n.parts[first:] {
		rest.or(p.reach(seg))
		if p.worth() >= n.least-rounding {
			hits.or(p.whole(seg))
		}
	}
	rest.andNot(hits)
	mem := &n.m.mem.numbers
	_ = windows(seg, rest, func(w window) error {
		defer mem.back(mem.mark())
		held := n.m.numbers(w)
		for _, p := range n.parts {
			p.hold(w, held)
		}
		for i, set := range w.docs {
			for x := set; x != 0; x &= x - 1 {
				if doc := bits.TrailingZeros64(x); held[i*wordBits+doc] < n.least-rounding {
					set &^= 1 << doc
				}
			}
			w.docs[i] = set // of rest
		}
		return nil
	})
	hits.or(rest)
	n.hits[seg] = hits
	return hits
}

// full are the documents that hold all parts.
func (n *enough) full(seg int) docs {
	if n.all[seg] != nil {
		return n.all[seg]
	}
	hits := n.m.set(seg)
	for i, p := range n.parts {
		if i == 0 {
			hits.or(p.whole(seg))
			continue
		}
		hits.and(p.whole(seg))
	}
	n.all[seg] = hits
	return hits
}

func (n *enough) score(w window, out []float64) error {
	add(n.m.weights.FullWeight, w.docs, w.of(n.full(w.seg)), out)
	for _, p := range n.parts {
		if err := p.score(w, out); err != nil {
			return err
		}
	}
	return n.m.lift(n.should, w, out)
}

// hitsOf are hits that are no node.
type hitsOf func(seg int) docs

func (f hitsOf) match(seg int) docs { return f(seg) }

// full are the hits of a node that count in totals.
func full(n node) hitsOf {
	if e, ok := n.(*enough); ok && !e.loose {
		return e.full
	}
	return n.match
}

// lacking are the hits of an enough that hold not all.
func lacking(e *enough) hitsOf {
	return func(seg int) docs {
		hits := e.m.mem.copied(e.match(seg))
		hits.andNot(e.full(seg))
		return hits
	}
}

// name matches the words of a name, or mentions of what it names.
type name struct {
	m      *matcher
	words  []part
	keys   []docs  // by segment
	key    float64 // idf of a mention
	sum    float64 // of the words' worth
	weight float64 // of a mention
	keyed  bool    // only a mention will do
}

func (m *matcher) name(t index.Name, depth int) (node, error) {
	n := &name{m: m, weight: t.Weight}
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
	for i := range m.v.segs {
		n.keys = append(n.keys, m.set(i))
	}
	for _, k := range t.Keys {
		child, err := m.value(k)
		if err != nil {
			return nil, err
		}
		for i := range n.keys {
			n.keys[i].or(child.match(i))
		}
	}
	if slices.ContainsFunc(n.keys, func(d docs) bool { return !d.empty() }) {
		n.key = m.idf(n.keys)
	}
	n.keyed = t.Keyed && slices.ContainsFunc(n.keys, func(d docs) bool { return !d.empty() })
	return n, nil
}

func (n *name) match(seg int) docs { return n.having(seg, func(part) bool { return true }) }

func (n *name) whole(seg int) docs {
	return n.having(seg, func(p part) bool { return p.worth() > 0 })
}

// having are the documents with a mention, or with all the words that count.
func (n *name) having(seg int, counts func(part) bool) docs {
	var words docs
	for _, w := range n.words {
		switch {
		case !counts(w):
		case words == nil:
			words = n.m.mem.copied(w.match(seg))
		default:
			words.and(w.match(seg))
		}
	}
	if words == nil || n.keyed {
		return n.keys[seg]
	}
	words.or(n.keys[seg])
	return words
}

func (n *name) worth() float64 {
	if n.sum > 0 {
		return n.sum
	}
	return n.key
}

func (n *name) reach(seg int) docs {
	if n.keyed {
		return n.keys[seg]
	}
	hits := n.m.mem.copied(n.keys[seg])
	for _, w := range n.words {
		hits.or(w.reach(seg))
	}
	return hits
}

func (n *name) hold(w window, out []float64) {
	keys := w.of(n.keys[w.seg])
	add(n.worth(), w.docs, keys, out)
	if n.keyed {
		return
	}
	defer n.m.mem.sets.back(n.m.mem.sets.mark())
	rest := w
	rest.docs = n.m.mem.copied(w.docs)
	rest.docs.andNot(keys)
	for _, word := range n.words {
		word.hold(rest, out)
	}
}

func (n *name) score(w window, out []float64) error {
	for _, word := range n.words {
		if err := word.score(w, out); err != nil {
			return err
		}
	}
	add(n.weight*max(n.sum, n.key), w.docs, w.of(n.keys[w.seg]), out)
	return nil
}
