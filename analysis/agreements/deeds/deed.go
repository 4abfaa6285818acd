package deeds

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
)

// statement is all evidence of one ID: what articles say in the same way. It is never parted.
type statement struct {
	id       string
	sides    []string
	line     string // names its sides
	kind     string
	tone     string
	opened   bool // somewhere it is told as working
	dated    bool // its date is stated
	known    bool // that, or when it was reported
	when     span // its date, else its report
	reported span // the earliest
	evidence []*Evidence
	crowd    bool // more articles may tell it
}

// statements gathers evidence by its ID, of what is alike the first: see MostAlike.
func statements(told []*Evidence) []*statement {
	all := slices.Clone(told)
	slices.SortFunc(all, earlier)
	by := make(map[string]*statement, len(told))
	sides := sidesBy{}
	crowd := sides.crowd(all)
	kept := make(map[Likeness]int, len(crowd.alike))
	var out []*statement
	for _, e := range all {
		s := by[e.ID]
		if s == nil {
			s = &statement{id: e.ID, kind: e.Kind, tone: tone(e.Status)}
			n := sides.of(e)
			s.sides, s.line = n.sides, n.line
			s.reported, s.known = spanOf(e.Reported)
			s.when = s.reported
			if d, ok := spanOf(e.Date); ok {
				s.when, s.dated, s.known = d, true, true
				if e.Reported == "" {
					s.reported = d
				}
			}
			by[e.ID] = s
			out = append(out, s)
		}
		like, most := e.Alike(), crowd.most(sides.of(e).line, e.Kind)
		s.crowd = s.crowd || crowd.alike[like] >= most
		if kept[like]++; kept[like] > most {
			continue
		}
		s.opened = s.opened || tone(e.Status) == back
		s.evidence = append(s.evidence, e)
	}
	return out
}

// AsRead is the evidence without corrections.
func (e Evidence) AsRead() Evidence {
	if e.Read != nil {
		e.Kind, e.Status, e.Date = e.Read.Kind, e.Read.Status, e.Read.Date
	}
	e.Read, e.Corrected = nil, ""
	return e
}

// span is the days that a date may mean, counted from 1970.
type span struct{ first, last int }

// spanOf reads YYYY[-MM[-DD]] or start/end; ok is false for what is no date.
func spanOf(s string) (out span, ok bool) {
	from, to, _ := strings.Cut(s, "/")
	for i, part := range []string{from, cmp.Or(to, from)} {
		first, last, ok := days(part)
		if !ok {
			return span{}, false
		}
		if i == 0 {
			out.first = first
		}
		out.last = last
	}
	return out, out.first <= out.last
}

// days are the first and the last day of YYYY[-MM[-DD]]. time.Parse takes ten times as long, and each statement of each agreement that an
// article touches is read.
func days(s string) (first, last int, ok bool) {
	var n [3]int
	k := 0
	for i := range len(s) {
		switch c := s[i]; {
		case i == 4 || i == 7:
			if k++; c != '-' {
				return 0, 0, false
			}
		case c < '0' || c > '9':
			return 0, 0, false
		default:
			n[min(k, 2)] = n[min(k, 2)]*10 + int(c-'0')
		}
	}
	year, month, day := n[0], time.Month(n[1]), n[2]
	at := func(y int, m time.Month, d int) int {
		return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	switch len(s) {
	case 4:
		return at(year, 1, 1), at(year+1, 1, 0), true
	case 7:
		return at(year, month, 1), at(year, month+1, 0), month >= 1 && month <= 12
	case 10:
		t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		d := int(t.Unix() / 86400)
		return d, d, month >= 1 && month <= 12 && t.Month() == month && t.Day() == day
	}
	return 0, 0, false
}

// gap is how many days lie between two spans, 0 where they overlap.
func (a span) gap(b span) int { return max(0, a.first-b.last, b.first-a.last) }

func (a span) width() int { return a.last - a.first + 1 }

func (a span) day() bool { return a.width() == 1 }

// How far dates of one deed may lie apart.
const (
	slip  = 3 // days between two stated days of one signing: «вчера», a visit, the day of the report
	month = 31
	week  = 7   // days between the reports of one deed under two kinds
	year  = 366 // days between a document and undated news of it, or two years told of one opening
	plans = 731 // days from a plan to its deed
)

// deed is what becomes an agreement: the first statement is the one that says most exactly when.
type deed struct {
	of    []*statement
	about span // all days that it is told of
}

func (d *deed) seed() *statement { return d.of[0] }

func (d *deed) add(of ...*statement) {
	for _, s := range of {
		if len(d.of) == 0 {
			d.about = s.when
		}
		d.of = append(d.of, s)
		d.about = span{min(d.about.first, s.when.first), max(d.about.last, s.when.last)}
	}
}

// gather puts statements of the same sides and family with deeds, and makes new ones of those that fit none. The most
// exact date comes first: a year fits its month and day, and where it fits several, the one nearest to its report.
// Undated evidence goes to the deed nearest to its report.
//
// Documents: news of the last twelve months, a plan two years before, a recollection («in force») any time after; what is
// further away is another document. Of kinds that exist once: whatever is told, unless two openings are stated more than
// a year apart. Evidence without any date goes to an only deed.
func gather(deeds []*deed, of []*statement, once bool) []*deed {
	order := func(s *statement) int {
		switch {
		case !s.known:
			return 5
		case !s.dated && s.tone == now:
			return 2
		case !s.dated && s.tone == ahead:
			return 3
		case !s.dated:
			return 4
		case once && s.opened:
			return 0
		}
		return 1
	}
	of = slices.Clone(of)
	slices.SortFunc(of, func(a, b *statement) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.when.width(), b.when.width()),
			cmp.Compare(a.when.first, b.when.first), cmp.Compare(a.id, b.id))
	})
	for _, s := range of {
		var nearest *deed
		best := [2]int{math.MaxInt, math.MaxInt}
		for _, d := range deeds {
			if !s.fits(d.seed(), once, len(deeds) == 1) || once && d.denies(s) {
				continue
			}
			far := [2]int{s.when.gap(d.seed().when), s.reported.gap(d.seed().when)}
			c := slices.Compare(far[:], best[:])
			if c == 0 {
				c = cmp.Or(cmp.Compare(d.seed().when.first, nearest.seed().when.first), cmp.Compare(d.seed().id, nearest.seed().id))
			}
			if c < 0 {
				nearest, best = d, far
			}
		}
		if nearest != nil {
			nearest.add(s)
		} else {
			d := new(deed)
			d.add(s)
			deeds = append(deeds, d)
		}
	}
	return deeds
}

// denies reports whether the same sides are told in the deed to have opened it in another year.
func (d *deed) denies(s *statement) bool {
	return slices.ContainsFunc(d.of, func(x *statement) bool {
		return x.dated && s.dated && x.opened && s.opened && x.line == s.line && x.when.gap(s.when) > year
	})
}

// fits reports whether a statement may tell the deed of another that says more exactly when.
func (s *statement) fits(seed *statement, once, only bool) bool {
	gap := s.when.gap(seed.when)
	switch {
	case !s.known:
		return only || !seed.known
	case !seed.known:
		return only
	case once:
		return !s.dated || !seed.dated || seed.opened != s.opened || gap <= year
	case s.dated && s.when.day() && seed.when.day():
		return gap <= slip
	case s.dated:
		return gap == 0
	case gap <= year:
		return true
	case s.tone == back:
		return seed.when.last < s.when.first
	case s.tone == ahead:
		return seed.when.first > s.when.last && gap <= plans
	}
	return false
}

// tellers are the articles that tell a deed.
func (d *deed) tellers() map[string]bool {
	told := map[string]bool{}
	for _, s := range d.of {
		for _, e := range s.evidence {
			told[e.Article] = true
		}
	}
	return told
}

// agrees reports whether two deeds of different kinds may be one by what is told of the same sides: the dates are as
// stated, or both reported in one week; no article tells both. A document that is signed is none that is planned, and the
// year in which something works tells nothing of its signing.
func (d *deed) agrees(x *deed) bool {
	if d.about.gap(x.about) > week {
		return false // of thousands of deeds of the same sides most are told of other years
	}
	same := func(b *statement) bool { return b.line == d.seed().line }
	if !slices.ContainsFunc(x.of, func(b *statement) bool {
		return same(b) && slices.ContainsFunc(d.of, func(a *statement) bool { return a.agrees(b) })
	}) {
		return false
	}
	told := d.tellers()
	return !slices.ContainsFunc(x.of, func(b *statement) bool {
		return same(b) && slices.ContainsFunc(b.evidence, func(e *Evidence) bool { return told[e.Article] })
	})
}

func (s *statement) agrees(x *statement) bool {
	gap := s.when.gap(x.when)
	switch {
	case !s.known || !x.known || (s.tone == ahead) != (x.tone == ahead):
		return false
	case (s.tone == back || x.tone == back) && max(s.when.width(), x.when.width()) > month:
		return false
	case s.dated && x.dated:
		return gap == 0 || gap <= slip && s.when.day() && x.when.day()
	}
	return gap <= week && (s.dated || s.tone != back) && (x.dated || x.tone != back)
}

// lines are the sides that its statements name, each once.
func (d *deed) lines() []string {
	var out []string
	for _, s := range d.of {
		if k := s.line; !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
