package agreements

import (
	"iter"
	"slices"

	"kelisim/analysis/names"
)

// candidate is two bodies of a text that may have an agreement, with every place that may tell it.
type candidate struct {
	a, b   *body
	places []place
	z, p   float64 // score and probability
	best   int     // in places

	ofSorts, ofHomes string // see sorts, homes
}

// place is a sentence that may tell an agreement of two bodies: x and y are the sides in it that name them, nil for one
// that it does not name.
type place struct {
	q         *sentence
	x, y      *side
	far, near *side   // where the one that is not named stands: before, else behind
	z, g      float64 // its score alone; while learning, the score's gradient
	e         float64 // what the score weighs beside those of others
}

// reach is how many sentences may lie between a deed and a side that it does not name, if the text is not about that side.
const reach = 8

// most keeps a page of names from costing more than it tells.
const (
	mostSides  = 24 // of a sentence
	mostBodies = 60 // of a text
	mostPlaces = 4000
)

// candidates lists every pair of bodies with the places that may tell of them.
func (s *scene) candidates() []*candidate {
	var out []*candidate
	at := map[[2]int]*candidate{}
	n := 0
	add := func(a, b *body, p place) {
		if a == b || !s.fit(a, b, p.q) || n >= mostPlaces {
			return
		}
		if a.nth > b.nth {
			a, b, p.x, p.y = b, a, p.y, p.x
		}
		k := [2]int{a.nth, b.nth}
		c := at[k]
		if c == nil {
			c = &candidate{a: a, b: b}
			at[k] = c
			out = append(out, c)
		}
		c.places = append(c.places, p)
		n++
	}
	for _, q := range s.sentences {
		if n >= mostPlaces {
			break
		}
		// «Тарту университетімен курс жүреді»: a deed may be told without a word that only deeds have.
		if n := q.names(); !q.eventful() && n < 2 && (n == 0 || !q.has("talk")) {
			continue
		}
		var here []*body
		for _, x := range q.sides[:min(len(q.sides), mostSides)] {
			if x.of != nil && x.of.nth < mostBodies && !slices.Contains(here, x.of) {
				here = append(here, x.of)
			}
		}
		for i, a := range here {
			for _, b := range here[i+1:] {
				x, y := nearest(a, b, q)
				add(a, b, place{q: q, x: x, y: y})
			}
		}
		named := here
		for _, x := range q.doubtful {
			b := x.of
			if b.nth >= mostBodies || slices.Contains(named, b) {
				continue
			}
			for _, a := range named {
				if a.kind != "country" {
					x, y := nearest(a, b, q)
					add(a, b, place{q: q, x: x, y: y})
				}
			}
			named = append(slices.Clip(named), b)
		}
		branching := q.has("topic", "branch") || slices.ContainsFunc(q.sides, func(x *side) bool { return x.body == "branch" })
		placed := slices.ContainsFunc(here, func(b *body) bool { return b.kind == "country" })
		for _, b := range s.bodies[:min(len(s.bodies), mostBodies)] {
			if slices.Contains(named, b) || b.doubtful || b.unnamed() && !(b.kind == "country" && branching && !placed) {
				continue
			}
			far := s.around(b, q)
			if far == nil && b.kind == "country" && b.Country == names.Home {
				far = b.mentions[0] // a branch is at home where no place is told
			}
			if far == nil {
				continue
			}
			for _, a := range here {
				add(a, b, place{q: q, x: a.in(q), far: far})
			}
			if q.title || len(here) > 2 {
				continue
			}
			for _, c := range s.bodies[:b.nth] {
				if slices.Contains(named, c) || c.unnamed() || c.doubtful {
					continue
				}
				if near := s.around(c, q); near != nil {
					add(c, b, place{q: q, far: near, near: far})
				}
			}
		}
	}
	return out
}

// fit reports whether two bodies may be the sides of a deed that a sentence tells: a country is one only of a branch or
// a centre, or with another state.
func (s *scene) fit(a, b *body, q *sentence) bool {
	if a.kind == "country" && a.Country == b.Country && b.kind != "university" && b.kind != "branch" || b.kind == "country" && a.Country == b.Country && a.unnamed() {
		return false
	}
	if a.kind != "country" && b.kind != "country" {
		return a.Country == "" || a.Country != b.Country || !a.unnamed() && !b.unnamed() // «вузы Казахстана» are no side of one of them
	}
	if a.kind == "country" && b.kind == "country" || !a.listed() || !b.listed() && a.listed() == b.listed() {
		return q.has("doc") || q.has("topic", "intergovernmental") || q.has("pred")
	}
	branch := func(x *side) bool { return x.body == "branch" && (x.of == a || x.of == b) } // «Приступил к работе и МГИМО в Астане»
	return q.has("topic", "branch", "joint-center", "joint-lab") || q.has("talk", "made") || slices.ContainsFunc(q.sides, branch)
}

// in is the side by which a sentence names a body first, nil for none.
func (b *body) in(q *sentence) *side {
	for _, x := range q.sides {
		if x.of == b {
			return x
		}
	}
	return nil
}

// around is the side by which the text names a body next to a sentence: before it, within reach if the text is not about
// that body, or right behind it.
func (s *scene) around(b *body, q *sentence) *side {
	var last *side
	for _, x := range b.mentions {
		switch {
		case x.sentence < q.index && (q.index-x.sentence <= reach || s.central(b)):
			last = x
		case last == nil && x.sentence > q.index && x.sentence-q.index <= 2:
			return x
		}
	}
	return last
}

// central reports a body that a text is about, which the reader has in mind to its end: named most, or in the headline or the lead.
func (s *scene) central(b *body) bool {
	return b == s.main || b == s.mainHome || b.mentions[0].sentence == 0 || b.mentions[0].sentence == 1
}

// nearest are the sides by which a sentence names two bodies closest to each other.
func nearest(a, b *body, q *sentence) (x, y *side) {
	best := 1 << 30
	for i := range q.all() {
		for j := range q.all() {
			if i.of != a || j.of != b {
				continue
			}
			d := max(j.first-i.last, i.first-j.last)
			if d < best {
				best, x, y = d, i, j
			}
		}
	}
	return x, y
}

// all are the sides that a sentence names, then those that names doubt.
func (q *sentence) all() iter.Seq[*side] {
	return func(yield func(*side) bool) {
		for _, x := range q.sides {
			if !yield(x) {
				return
			}
		}
		for _, x := range q.doubtful {
			if !yield(x) {
				return
			}
		}
	}
}

// mentions reports whether a sentence names a body.
func (q *sentence) mentions(b *body) bool {
	for x := range q.all() {
		if x.of == b {
			return true
		}
	}
	return false
}

// names is how many sides a sentence names.
func (q *sentence) names() int {
	n := 0
	for _, x := range q.sides {
		if x.of != nil && x.of.kind != "country" {
			n++
		}
	}
	return n
}
