package agreements

import (
	"iter"
	"math"
)

// rivals are the places at which candidates compete. Of the bodies that a sentence may mean without naming them, a reader thinks of
// one, and of none where it tells its deed of bodies that it names; and of those that it names each is told with the others, or with
// one list of them.
type rivals map[rivalry][]stand

// rivalry is a sentence with a side that it names, nil for none.
type rivalry struct {
	q *sentence
	x *body
}

// stand is a candidate at such a place.
type stand struct {
	c *candidate
	p *place
}

// both reports that the sentence names both sides.
func (p *place) both() bool { return p.x != nil && p.y != nil }

// named is the side that the sentence names of a candidate of which it does not name both, nil for none.
func (p *place) named() *body {
	switch {
	case p.x != nil:
		return p.x.of
	case p.y != nil:
		return p.y.of
	}
	return nil
}

// gatherRivals lists the places that are open.
func gatherRivals(cs []*candidate, open func(*place) bool) rivals {
	r := rivals{}
	for _, c := range cs {
		for i := range c.places {
			p := &c.places[i]
			if !open(p) {
				continue
			}
			of := []*body{p.named()}
			if p.both() {
				if c.sort() != "pair" {
					continue // a branch has a place, and a host besides
				}
				of = []*body{p.x.of, p.y.of, nil}
			}
			for _, x := range of {
				k := rivalry{p.q, x}
				r[k] = append(r[k], stand{c, p})
			}
		}
	}
	return r
}

// against gives the rivals of a candidate at a place. None are those of its own list («с ними», «A signed with B and C»), what stands in
// another part of the sentence («, а с D»), and members of one list, who may have signed together.
func (r rivals) against(c *candidate, p *place) iter.Seq[*place] {
	return func(yield func(*place) bool) {
		if !p.both() {
			for _, o := range r[rivalry{p.q, p.named()}] {
				if o.c != c && !allied(p, o.p) && !yield(o.p) {
					return
				}
			}
			return
		}
		if c.sort() != "pair" || listed(p.x, p.y) {
			return
		}
		for _, b := range [2]*body{p.x.of, p.y.of} {
			for _, o := range r[rivalry{p.q, b}] {
				if o.c == c || !o.p.both() {
					continue
				}
				if x, y := p.beside(b), o.p.beside(b); !listed(x, y) && x.segment == y.segment && !listed(o.p.x, o.p.y) && !yield(o.p) {
					return
				}
			}
		}
	}
}

// weight is what the scores of the rivals of a candidate at a place weigh together.
func (r rivals) weight(c *candidate, p *place) (sum float64) {
	for o := range r.against(c, p) {
		sum += o.e
	}
	return sum
}

// exponent is what a place's score weighs beside those of others.
func (p *place) exponent() float64 { return math.Exp(min(p.z, 30)) }

func exponents(ps []*place) (sum float64) {
	for _, p := range ps {
		sum += p.exponent()
	}
	return sum
}

// beside is the side that a sentence names with another one.
func (p *place) beside(b *body) *side {
	if p.x.of == b {
		return p.y
	}
	return p.x
}

// listed reports that two sides stand in one list.
func listed(x, y *side) bool { return x.group != nil && x.group == y.group }

// allied reports that what two places do not name stands in one list.
func allied(a, b *place) bool {
	for _, x := range []*side{a.far, a.near} {
		for _, y := range []*side{b.far, b.near} {
			if x != nil && y != nil && x != y && listed(x, y) {
				return true
			}
		}
	}
	return false
}
