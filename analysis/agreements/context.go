package agreements

import "kelisim/analysis/names"

// roles sorts a clause's sides by what they do.
func (c *clause) of(r role) []*group {
	var out []*group
	for _, g := range c.groups {
		if g.role == r {
			out = append(out, g)
		}
	}
	return out
}

// recent is the side named last before a token, in the same sentence or at most far sentences before, that ok accepts.
func (s *scene) recent(before int, q *sentence, far int, ok func(*side) bool) *side {
	for i := len(s.sides) - 1; i >= 0; i-- {
		x := s.sides[i]
		if x.last > before || x.stands() || x.unnamed() {
			continue
		}
		if x.sentence < q.index-far {
			return nil
		}
		if x.listed() && ok(x) {
			return x
		}
	}
	return nil
}

func isHome(x *side) bool   { return x.isHome() }
func isAbroad(x *side) bool { return !x.isHome() }

// counterpart is the side that a clause with only `have` leaves out: for a partner abroad the Kazakh institution that
// the text speaks of, for a Kazakh one the partner named just before.
func (s *scene) counterpart(c *clause, have []*side) *side {
	mine := func(x *side) bool {
		for _, h := range have {
			if h.id() == x.id() {
				return false
			}
		}
		return true
	}
	home := false
	for _, h := range have {
		home = home || h.isHome()
	}
	if home {
		return s.recent(c.first, c.q, 2, func(x *side) bool { return isAbroad(x) && mine(x) })
	}
	return s.homeSide(c, mine)
}

// homeSide is the Kazakh institution that a clause speaks of without naming it: the one named in the two sentences
// before, else the one that the article is about.
func (s *scene) homeSide(c *clause, ok func(*side) bool) *side {
	if x := s.recent(c.first, c.q, 2, func(x *side) bool { return isHome(x) && ok(x) }); x != nil {
		return x
	}
	if s.home >= 0 && ok(s.sides[s.home]) {
		return s.sides[s.home]
	}
	return nil
}

// both are the two sides that «тараптар», «екі университет», «стороны» mean: those of the record just told, or the
// partner abroad and the Kazakh institution named last.
func (s *scene) both(c *clause, told []*draft) []*side {
	any := func(*side) bool { return true }
	abroad := s.recent(c.first, c.q, 3, isAbroad)
	for i := len(told) - 1; i >= 0; i-- {
		d := told[i]
		if c.q.index-d.q.index > 3 {
			break
		}
		if len(d.sides) < 2 {
			continue
		}
		for _, x := range d.sides {
			if abroad == nil || x.id() == abroad.id() {
				return d.sides
			}
		}
		break
	}
	home := s.homeSide(c, any)
	if abroad != nil && home != nil {
		return []*side{home, abroad}
	}
	if home != nil {
		if other := s.recent(c.first, c.q, 1, func(x *side) bool { return x.id() != home.id() }); other != nil {
			return []*side{home, other}
		}
	}
	return nil
}

// resolve puts named sides in the place of words that stand for them.
func (s *scene) resolve(c *clause, told []*draft) (standing bool) {
	var have []*side
	for _, g := range c.groups {
		if g.role == aside || g.role == of && !g.title {
			continue
		}
		for _, x := range g.sides {
			if !x.stands() {
				have = append(have, x)
			}
		}
	}
	var out []*group
	for _, g := range c.groups {
		x := g.standing()
		if x == nil {
			out = append(out, g)
			continue
		}
		n := *g
		switch {
		case x.body == "two":
			if len(have) > 1 || g.role == of || g.role == aside {
				continue
			}
			if len(have) == 1 {
				if y := s.counterpart(c, have); y != nil {
					n.sides = []*side{have[0], y}
				}
				break
			}
			n.sides = s.both(c, told)
		case x.Country != "" && x.Country != names.Home:
			if y := s.recent(x.first, c.q, 99, func(y *side) bool { return y.Country == x.Country }); y != nil {
				n.sides = []*side{y}
			} else {
				n.sides = []*side{{Party: Party{Name: "universities, " + x.Country, Country: x.Country}, first: x.first, last: x.last}}
			}
		case x.owner:
			continue
		default:
			var y *side
			if len(have) > 0 {
				y = s.counterpart(c, have)
			} else {
				y = s.recent(x.first, c.q, 3, func(*side) bool { return true })
			}
			if y == nil {
				continue
			}
			n.sides = []*side{y}
		}
		if len(n.sides) == 0 {
			continue
		}
		standing = true
		n.joins = nil
		out = append(out, &n)
	}
	c.groups = out
	return standing
}
