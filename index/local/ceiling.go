package local

import "math"

// Most documents with one of a query's words cannot be among the first: those with all of them are worth more. So those with
// all are scored first, and of the others only those whose parts could add up to what the last of the page has, by the most that
// each part may add (MaxScore: Turtle and Flood, Query evaluation: strategies and optimizations, 1995). The total is told by sets
// and stays exact. It costs a set a part, and saves half of a search of two words, more of longer ones: what is left of 29,000
// matches are some 2,000.

// ceiling is the most that a node adds to a score; infinite where nobody knows.
func (m *matcher) ceiling(n node) float64 {
	occurring := func(weight float64) float64 { return weight * (m.v.norms(m).saturation + 1) }
	switch n := n.(type) {
	case everything, nothing:
		return 0
	case *word:
		lead := 1.0
		for _, x := range n.near {
			lead = max(lead, x.Weight)
		}
		return occurring(n.weight) + m.weights.LeadWeight*n.weight*lead
	case *phrase:
		return occurring(n.weight)
	case *sentence:
		return occurring(n.weight)
	case *value:
		return n.weight
	case *name:
		sum := n.weight * max(n.sum, n.key)
		for _, w := range n.words {
			sum += m.ceiling(w)
		}
		return sum
	}
	return math.Inf(1)
}

// ceilings are those of an enough's parts, in their order, and of what lifts any document.
func (n *enough) ceilings() (of []float64, lift float64) {
	for _, p := range n.parts {
		of = append(of, n.m.ceiling(p))
	}
	for _, s := range n.should {
		if s.weight > 0 {
			lift += s.weight * n.m.ceiling(s.node)
		}
	}
	return of, lift
}

// climber tells which documents that lack a part can reach a score.
type climber struct {
	n     *enough
	of    []float64
	lift  float64
	sum   float64
	least float64
	seg   int
	by    []docs // of seg: where a part may add something
}

func newClimber(n *enough) *climber {
	c := &climber{n: n, least: math.Inf(1), seg: -1}
	c.of, c.lift = n.ceilings()
	for _, x := range c.of {
		c.sum += x
		c.least = min(c.least, x)
	}
	return c
}

// leave takes out of a window the documents that cannot reach a score; none of them has all parts. Sums are rounded, so what comes
// near is left in.
func (c *climber) leave(w window, floor float64) {
	floor -= rounding * (1 + math.Abs(floor))
	if math.IsInf(floor, -1) || c.lift > math.MaxFloat64 {
		return
	}
	if len(c.of) == 0 || c.lift+c.sum-c.least < floor {
		clear(w.docs)
		return
	}
	if c.seg != w.seg {
		c.seg, c.by = w.seg, c.by[:0]
		for _, p := range c.n.parts {
			c.by = append(c.by, touched(p, w.seg))
		}
	}
	// The parts that add too little even together are not worth a look; parts are by their worth, which ceilings follow.
	sum, first := c.lift, 0
	for first < len(c.of) && sum+c.of[first] < floor {
		sum += c.of[first]
		first++
	}
	for i := range w.docs {
		some := uint64(0)
		for _, d := range c.by[first:] {
			some |= d[w.first+i]
		}
		w.docs[i] &= some
	}
}

// touched are the documents that a part may add something to; a caller must not change them.
func touched(p part, seg int) docs {
	n, ok := p.(*name)
	if !ok || !n.keyed {
		return p.reach(seg)
	}
	hits := n.m.mem.copied(n.keys[seg]) // its words count even where only a mention will do
	for _, w := range n.words {
		hits.or(touched(w, seg))
	}
	return hits
}
