package agreements

import (
	"math"
	"slices"
)

// weigh scores every candidate by its places together.
func (s *scene) weigh(m *model, cs []*candidate) {
	f := sheet{m: m}
	for _, c := range cs {
		for i := range c.places {
			p := &c.places[i]
			s.describe(c, p, &f)
			p.z = m.sum(f.list)
		}
	}
	r := gatherRivals(cs, func(c *candidate, i int) (float64, bool) { return c.places[i].z, true })
	var zs []float64
	for _, c := range cs {
		zs = zs[:0]
		for i := range c.places {
			_, sum := r.against(c, &c.places[i])
			zs = append(zs, c.places[i].z-math.Log1p(sum))
		}
		c.z, _ = pool(zs)
		s.describeWhole(c, &f)
		c.z += m.sum(f.list)
		c.p = logistic(c.z)
		c.best = slices.Index(zs, slices.Max(zs))
	}
}

// pool joins the scores of places: the logarithm of the sum of their exponents, and each place's share in it.
func pool(zs []float64) (z float64, share []float64) {
	top := slices.Max(zs)
	share = make([]float64, len(zs))
	for i, x := range zs {
		share[i] = math.Exp(x - top)
		z += share[i]
	}
	for i := range share {
		share[i] /= z
	}
	return top + math.Log(z), share
}

// describeWhole writes down what a candidate is like, wherever it is told.
func (s *scene) describeWhole(c *candidate, f *sheet) {
	f.begin(c.sort() + " whole")
	f.add("bias")
	sorts, homes := ordered(c.a.sort(), c.b.sort()), ordered(c.a.home3(), c.b.home3())
	f.add("sorts", sorts)
	f.add("sorts homes", sorts, homes)
	together := 0
	for _, p := range c.places {
		if p.x != nil && p.y != nil {
			together++
		}
	}
	f.add("together", upTo(together, 3))
	f.add("places", upTo(together, 2), steps(len(c.places)))
	f.add("bodies", upTo(s.learned, 6))
	f.add("bodies together", upTo(s.learned, 6), upTo(together, 2))
	if c.a.listed() && c.b.listed() && s.learned == 2 {
		f.add("only two", homes)
	}
	main := "no main"
	if c.a == s.main || c.b == s.main {
		main = "main"
	} else if c.a == s.mainHome || c.b == s.mainHome {
		main = "main of ours"
	}
	f.add("main", main, upTo(together, 1))
	f.add("long", steps(len(s.sentences)), upTo(together, 1))
	for _, w := range s.about {
		f.add("about", w)
		f.add("about", w, upTo(together, 1))
	}
	if len(s.sentences) > 0 && s.sentences[0].title {
		n := 0
		for _, b := range []*body{c.a, c.b} {
			if b.in(s.sentences[0]) != nil {
				n++
			}
		}
		f.add("headline names", upTo(n, 2), upTo(together, 1))
	}
}

// tone notes what a text is about as a whole: how many of its sentences have signs of a class, and what its headline has.
func (s *scene) tone() {
	count := map[string]int{}
	for _, q := range s.sentences {
		seen := map[string]bool{}
		for _, g := range q.signs {
			name := g.class + " " + g.value
			if g.class == "doc" || g.class == "topic" {
				name = g.class
			}
			if g.class == "mark" || g.value == "" || seen[name] {
				continue
			}
			seen[name] = true
			count[name]++
			if q.title {
				s.about = append(s.about, "headline "+name)
			}
		}
	}
	for name, n := range count {
		s.about = append(s.about, name+" "+upTo(n, 3))
	}
	if count["doc"] == 0 {
		s.about = append(s.about, "no doc")
	}
	slices.Sort(s.about)
}
