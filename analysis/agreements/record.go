package agreements

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/agreements/weights"
)

// draft is a record before it is written down.
type draft struct {
	sides      []*body
	kind       string
	status     string
	date       string
	subject    string
	confidence float64
	why        []string
	q          *sentence
}

func (d *draft) has(b *body) bool { return slices.Contains(d.sides, b) }

// told are the candidates that are likely enough to be kept, the likeliest first, without those that others tell better.
func told(cs []*candidate) []*candidate {
	var out []*candidate
	for _, c := range cs {
		if c.p >= Stored {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *candidate) int { return cmp.Compare(b.p, a.p) })
	return slices.DeleteFunc(slices.Clone(out), func(c *candidate) bool {
		return slices.ContainsFunc(out, func(o *candidate) bool { return o != c && o.p >= Shown && o.names(c) })
	})
}

// names reports whether another candidate names what c leaves unnamed: the host of a branch, a university of «вузы Китая».
func (c *candidate) names(d *candidate) bool {
	for _, x := range []*body{d.a, d.b} {
		other := d.other(x)
		if !x.unnamed() || other.unnamed() || !c.has(other) {
			continue
		}
		y := c.other(other)
		near := c.place().q.index - d.place().q.index
		if y.unnamed() || y.Country != x.Country || near < -2 || near > 2 {
			continue
		}
		if x.kind == "country" || near == 0 {
			return true
		}
	}
	return false
}

func (c *candidate) has(b *body) bool { return c.a == b || c.b == b }

func (c *candidate) other(b *body) *body {
	if c.a == b {
		return c.b
	}
	return c.a
}

func (c *candidate) place() *place { return &c.places[c.best] }

// records gathers candidates into deeds: three sides and more that one sentence ties each to each have one document.
func (s *scene) records(m *weights.Model, cs []*candidate) []*draft {
	var out []*draft
	f := s.sheet(m)
	likely := told(cs)
	used := map[*candidate]bool{}
	for _, c := range likely {
		if used[c] {
			continue
		}
		d := &draft{sides: []*body{c.a, c.b}, confidence: c.p, q: c.place().q}
		if c.p >= Shown {
			s.widen(d, likely, used)
		}
		used[c] = true
		d.kind, d.status = s.decide(m, c, c.place(), f)
		if d.status != "planned" && d.status != "discussed" {
			var year int
			d.date, year = s.dates.In(d.q.first, d.q.last, d.status)
			if year > 0 && year < firstYear {
				continue
			}
		}
		d.subject = s.subject(d.q)
		s.describe(c, c.place(), f)
		d.why = m.Weighty(f.List, 3)
		out = append(out, d)
	}
	s.dateFromLead(out)
	return out
}

// dateFromLead gives what was signed on a journey the days that the text's first sentences tell: «30 тамыз – 3 қыркүйек
// аралығында … құжатқа қол қойылды».
func (s *scene) dateFromLead(out []*draft) {
	for _, q := range s.sentences[:min(3, len(s.sentences))] {
		ds := s.dates.List(q.first, q.last)
		if len(ds) == 0 || ds[0].To == "" {
			continue
		}
		date, _ := s.dates.In(q.first, q.last, "signed")
		for _, d := range out {
			if d.date == "" && (d.status == "signed" || d.status == "agreed") {
				d.date = date
			}
		}
		return
	}
}

// firstYear: what was agreed before 1992 is history.
const firstYear = 1992

// widen adds to a deed every side that its sentence ties to all sides of it.
func (s *scene) widen(d *draft, likely []*candidate, used map[*candidate]bool) {
	for {
		var best []*candidate
		var add *body
		for _, b := range s.bodies {
			if d.has(b) || !d.q.mentions(b) {
				continue
			}
			var ties []*candidate
			for _, c := range likely {
				if !used[c] && c.p >= Shown && c.place().q == d.q && c.has(b) && d.has(c.other(b)) {
					ties = append(ties, c)
				}
			}
			if len(ties) == len(d.sides) && best == nil {
				best, add = ties, b
			}
		}
		if add == nil {
			return
		}
		d.sides = append(d.sides, add)
		for _, c := range best {
			used[c] = true
			d.confidence = min(d.confidence, c.p)
		}
	}
}

// agreement writes a draft down.
func (d *draft) agreement(s *scene) Agreement {
	quote := strings.TrimRight(s.x.Source[d.q.Start:d.q.End], " \n\t\u00a0")
	a := Agreement{Kind: d.kind, Status: d.status, Date: d.date, Reported: s.reported, Subject: d.subject}
	for _, x := range d.sides {
		a.Parties = append(a.Parties, x.Party)
	}
	a.ID = deeds.Identify(a)
	a.Evidence = []Evidence{{Reported: s.reported, Kind: d.kind, Status: d.status, Date: d.date, Quote: quote,
		Start: d.q.Start, End: d.q.Start + len(quote), Rule: "score", Confidence: d.confidence, Why: d.why}}
	return a
}
