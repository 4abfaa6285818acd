package agreements

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kelisim/analysis/agreements/weights"
)

// kinds and statuses are what a record's scorers choose from.
var (
	kinds    = []string{"memorandum", "agreement", "double-degree", "joint-program", "branch", "joint-center", "joint-lab", "alliance", "exchange", "intergovernmental", "other"}
	statuses = []string{"signed", "in-force", "agreed", "planned", "discussed", "background"}
)

// ends gives the first and the last token of the sides that a place names, or the whole sentence.
func (p *place) ends() (first, last int) {
	first, last = p.q.last, p.q.first
	for _, x := range []*side{p.x, p.y} {
		if x != nil {
			first, last = min(first, x.first), max(last, x.last)
		}
	}
	if first > last {
		return p.q.first, p.q.last
	}
	return first, last
}

// position is where a sign stands: before, amid or behind the sides, and apart in a segment of its own.
func (s *scene) position(p *place, g sign) string {
	first, last := p.ends()
	pos := "amid"
	switch {
	case g.last <= first:
		pos = "before"
	case g.first >= last:
		pos = "behind"
	}
	t := s.segments[g.first]
	if t != s.segments[first] && t != s.segments[last-1] {
		pos += " apart"
	}
	return pos
}

// describeKind writes down what tells the kind of a deed.
func (s *scene) describeKind(c *candidate, p *place, f *sheet) {
	f.Begin("kind")
	f.Add("bias")
	f.Add("sorts", c.sorts())
	f.Add("homes", c.homes())
	best, doc := "-", "-"
	for _, g := range p.q.signs {
		pos := s.position(p, g)
		apart := strings.HasSuffix(pos, "apart")
		switch g.class {
		case "topic":
			f.Add("topic", g.value, pos)
			f.Add("topic", g.value)
			if !apart && rank(g.value) > rank(best) {
				best = g.value
			}
		case "doc":
			f.Add("doc", g.value, pos)
			f.Add("doc", g.value)
			if !apart {
				doc = g.value
			}
		case "talk":
			if g.value == "made" || g.value == "join" {
				f.Add("made", s.stem(g.first), boolName(apart, "apart"))
			}
		case "pred":
			f.Add("pred", g.value, boolName(apart, "apart"))
		}
	}
	for _, x := range p.q.sides {
		if x.body == "branch" {
			f.Add("branch named", boolName(x.of == c.a || x.of == c.b, "own"))
		}
		if x.body == "network" {
			f.Add("network named")
		}
	}
	f.Add("best doc", best, doc)
	f.Add("best", best)
	f.Add("best pred", best, cmp.Or(p.q.main(), "-"))
	s.describeBag(p.q, f, "word")
	for i, which := range []string{"before", "behind"} {
		n := p.q.index - 1 + 2*i
		if n < 0 || n >= len(s.sentences) {
			continue
		}
		for _, g := range s.sentences[n].signs {
			if g.class == "topic" || g.class == "doc" {
				f.Add(which, g.value, boolName(best == "-", "none here"))
			}
		}
	}
	if len(s.sentences) > 0 && !p.q.title {
		for _, g := range s.sentences[0].signs {
			if g.class == "topic" {
				f.Add("headline", g.value, boolName(best == "-", "none here"))
			}
		}
	}
}

// describeStatus writes down what tells the status of a deed.
func (s *scene) describeStatus(c *candidate, p *place, kind string, f *sheet) {
	f.Begin("status")
	q := p.q
	f.Add("bias")
	f.Add("lang", q.lang)
	f.Add("kind", kind)
	f.Add("sorts", c.sorts())
	var mine []predicate
	for _, g := range q.signs {
		pos := s.position(p, g)
		apart := strings.HasSuffix(pos, "apart")
		switch g.class {
		case "pred":
			f.Add("pred", g.value, pos)
			f.Add("pred", g.value)
			f.Add("verb", s.stem(g.first))
			f.Add("verb form", s.forms[g.last-1])
			if !apart {
				mine = append(mine, predicate{g.first, g.last, g.value, g.finite})
			}
		case "mark", "talk":
			f.Add(g.class, g.value, boolName(apart, "apart"))
		case "doc":
			f.Add("doc", boolName(apart, "apart"))
		}
	}
	told, at := choose(mine, q.lang)
	told = cmp.Or(told, cmp.Or(q.main(), "-"))
	f.Add("told", told)
	f.Add("told kind", told, kind)
	f.Add("told doc", told, boolName(q.has("doc"), "doc"))
	if at >= 0 {
		f.Add("told verb", s.stem(at))
	}
	if q.title {
		f.Add("headline", told)
	}
	_, year := s.dates.In(q.first, q.last, "background")
	now := s.dates.Reported()
	when := "no year"
	switch {
	case year == 0 || now == 0:
	case year < now:
		when = "earlier"
	case year > now:
		when = "later"
	default:
		when = "this year"
	}
	f.Add("year", when)
	f.Add("year told", when, told)
	f.Add("year kind", when, kind)
	f.Add("at", strconv.Itoa(min(3, q.index)))
	s.describeBag(q, f, "word")
	if n := q.index + 1; n < len(s.sentences) {
		f.Add("next", cmp.Or(s.sentences[n].main(), "-"))
	}
}

// decide chooses a deed's kind and status by the place that tells it.
func (s *scene) decide(m *weights.Model, c *candidate, p *place, f *sheet) (kind, status string) {
	s.describeKind(c, p, f)
	ks := m.Shares(f.List, kinds)
	kind = kinds[slices.Index(ks, slices.Max(ks))]
	s.describeStatus(c, p, kind, f)
	ss := m.Shares(f.List, statuses)
	best := slices.Index(ss, slices.Max(ss))
	// A plan told as signed misleads more than the reverse.
	if soft := ss[3] + ss[4]; soft > softFrom && best != 3 && best != 4 {
		best = 3
		if ss[4] > ss[3] {
			best = 4
		}
	}
	return kind, statuses[best]
}

// softFrom is the probability of a plan or of talks from which a deed is told as no more than that.
const softFrom = .2
