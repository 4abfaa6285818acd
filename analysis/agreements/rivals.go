package agreements

import "math"

// rivals are the places at which candidates compete: of the bodies that a sentence may mean without naming them, a reader
// thinks of one.
type rivals map[rivalry][]stand

// rivalry is a sentence with the side that it names, nil for none.
type rivalry struct {
	q *sentence
	x *body
}

// stand is a candidate at such a place.
type stand struct {
	c *candidate
	p *place
}

func (c *candidate) rivalry(p *place) (k rivalry, ok bool) {
	switch {
	case p.x != nil && p.y != nil:
		return k, false
	case p.x != nil:
		return rivalry{p.q, p.x.of}, true
	case p.y != nil:
		return rivalry{p.q, p.y.of}, true
	}
	return rivalry{p.q, nil}, true
}

// gatherRivals lists the places that are open.
func gatherRivals(cs []*candidate, open func(*place) bool) rivals {
	r := rivals{}
	for _, c := range cs {
		for i := range c.places {
			p := &c.places[i]
			if k, ok := c.rivalry(p); ok && open(p) {
				r[k] = append(r[k], stand{c, p})
			}
		}
	}
	return r
}

// against lists the rivals of a candidate at a place; those of its own list are none («с ними»).
func (r rivals) against(c *candidate, p *place) (out []*place) {
	if k, ok := c.rivalry(p); ok {
		for _, o := range r[k] {
			if o.c != c && !allied(p, o.p) {
				out = append(out, o.p)
			}
		}
	}
	return out
}

// weight is what the scores of the rivals of a candidate at a place weigh together.
func (r rivals) weight(c *candidate, p *place) (sum float64) {
	if k, ok := c.rivalry(p); ok {
		for _, o := range r[k] {
			if o.c != c && !allied(p, o.p) {
				sum += o.p.e
			}
		}
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

// allied reports that what two places do not name stands in one list.
func allied(a, b *place) bool {
	for _, x := range []*side{a.far, a.near} {
		for _, y := range []*side{b.far, b.near} {
			if x != nil && y != nil && x != y && x.group != nil && x.group == y.group {
				return true
			}
		}
	}
	return false
}
