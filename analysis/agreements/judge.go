package agreements

import (
	"math"
	"slices"

	"kelisim/analysis/agreements/weights"
)

// weigh scores every candidate by its places together.
func (s *scene) weigh(m *weights.Model, cs []*candidate) {
	f := s.sheet(m)
	for _, c := range cs {
		for i := range c.places {
			p := &c.places[i]
			s.describe(c, p, f)
			p.z = m.Sum(f.List)
			p.e = p.exponent()
		}
	}
	r := gatherRivals(cs, func(*place) bool { return true })
	var zs []float64
	for _, c := range cs {
		zs = zs[:0]
		for i := range c.places {
			zs = append(zs, c.places[i].z-math.Log1p(r.weight(c, &c.places[i])))
		}
		c.z, _ = weights.Pool(zs)
		s.describeWhole(c, f)
		c.z += m.Sum(f.List)
		c.p = weights.Logistic(c.z)
		c.best = slices.Index(zs, slices.Max(zs))
	}
}

// sheet is the one that all of a text is noted on, one thing after another.
func (s *scene) sheet(m *weights.Model) *sheet {
	if s.page == nil {
		s.page = weights.NewSheet(m)
	}
	return s.page
}

// describeWhole writes down what a candidate is like, wherever it is told.
func (s *scene) describeWhole(c *candidate, f *sheet) {
	f.Begin(c.sort() + " whole")
	f.Add("bias")
	sorts, homes := c.sorts(), c.homes()
	f.Add("sorts", sorts)
	f.Add("sorts homes", sorts, homes)
	together := 0
	for _, p := range c.places {
		if p.x != nil && p.y != nil {
			together++
		}
	}
	f.Add("together", upTo(together, 3))
	f.Add("places", upTo(together, 2), steps(len(c.places)))
	f.Add("bodies", upTo(s.learned, 6))
	f.Add("bodies together", upTo(s.learned, 6), upTo(together, 2))
	if c.a.listed() && c.b.listed() && s.learned == 2 {
		f.Add("only two", homes)
	}
	main := "no main"
	if c.a == s.main || c.b == s.main {
		main = "main"
	} else if c.a == s.mainHome || c.b == s.mainHome {
		main = "main of ours"
	}
	f.Add("main", main, upTo(together, 1))
	f.Add("long", steps(len(s.sentences)), upTo(together, 1))
	for _, w := range s.about {
		f.Add("about", w)
		f.Add("about", w, upTo(together, 1))
	}
	if len(s.sentences) > 0 && s.sentences[0].title {
		n := 0
		for _, b := range []*body{c.a, c.b} {
			if b.in(s.sentences[0]) != nil {
				n++
			}
		}
		f.Add("headline names", upTo(n, 2), upTo(together, 1))
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
