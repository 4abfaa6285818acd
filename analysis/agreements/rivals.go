package agreements

import "math"

// rivals are the places at which candidates compete: of the bodies that a sentence may mean without naming them, a reader
// thinks of one.
type rivals struct {
	at map[rivalry][]*stand
}

// rivalry is a sentence with the side that it names, nil for none.
type rivalry struct {
	q *sentence
	x *body
}

// stand is a candidate at such a place.
type stand struct {
	c    *candidate
	p    *place
	s, e float64 // its score alone, and the exponent
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

// gatherRivals takes the scores that candidates have alone.
func gatherRivals(cs []*candidate, alone func(c *candidate, i int) (s float64, ok bool)) *rivals {
	r := &rivals{map[rivalry][]*stand{}}
	for _, c := range cs {
		for i := range c.places {
			p := &c.places[i]
			k, ok := c.rivalry(p)
			if !ok {
				continue
			}
			if s, ok := alone(c, i); ok {
				r.at[k] = append(r.at[k], &stand{c, p, s, math.Exp(min(s, 30))})
			}
		}
	}
	return r
}

// against lists the rivals of a candidate at a place; those of its own list are none («с ними»).
func (r *rivals) against(c *candidate, p *place) (out []*stand, sum float64) {
	k, ok := c.rivalry(p)
	if !ok {
		return nil, 0
	}
	for _, o := range r.at[k] {
		if o.c == c || allied(p, o.p) {
			continue
		}
		out = append(out, o)
		sum += o.e
	}
	return out, sum
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
