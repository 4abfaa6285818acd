package deeds

import (
	"cmp"
	"slices"
)

// Merge gathers evidence into agreements: what the same sides did, told in several articles and languages, with a date
// or without, is one. It looks at what it is given and at nothing else, so neither the order of articles nor what was known
// before matters. Corrections are undone: Correct makes them anew. The result is ordered by ID.
//
//   - Sides: a branch is its parent; «universities, CN», «partners, CN» and «country, CN» are one side. A branch told with
//     the country of its place is the one told with its host there (branches).
//   - Kinds: each for itself, a laboratory with centres. A memorandum, an agreement and «other» join what is told more
//     exactly (joinGeneral).
//   - Dates: gather.
//
// Merging a part comes to the same as merging all, if it has the agreements of every group that has changed, and the whole
// line of each branch among them: what else is in these agreements stays where it is.
func Merge(told []Evidence) []Agreement {
	all := make([]*Evidence, len(told))
	for i := range told {
		read := told[i].AsRead()
		all[i] = &read
	}
	var out []Agreement
	for _, g := range Gather(all) {
		out = append(out, g.Sum())
	}
	return out
}

// Gathered is the evidence of an agreement, the earliest first.
type Gathered struct {
	Of    []*Evidence
	Crowd bool // see Agreement
}

// Gather is Merge without sums, ordered by the ID of the earliest evidence. Evidence is as it was read (AsRead); its
// quotes, reasons and subjects may be missing.
func Gather(told []*Evidence) []Gathered {
	deeds := joinGeneral(deedsOf(statements(told)))
	out := make([]Gathered, len(deeds))
	for i, d := range deeds {
		g := &out[i]
		if g.Of, g.Crowd = d.of[0].evidence, d.of[0].crowd; len(d.of) == 1 {
			continue
		}
		g.Of = nil
		for _, s := range d.of {
			g.Of, g.Crowd = append(g.Of, s.evidence...), g.Crowd || s.crowd
		}
		slices.SortFunc(g.Of, earlier)
	}
	slices.SortFunc(out, func(a, b Gathered) int { return cmp.Compare(a.Of[0].ID, b.Of[0].ID) })
	return out
}

// deedsOf makes the deeds of each family of kinds.
func deedsOf(all []*statement) []*deed {
	lines := map[string]*line{}
	var keys []string
	for _, s := range all {
		k := family(s.kind) + "\x00" + s.line
		if lines[k] == nil {
			lines[k] = &line{sides: s.sides}
			keys = append(keys, k)
		}
		lines[k].of = append(lines[k].of, s)
	}
	slices.Sort(keys)
	var out []*deed
	var branching []*line
	for _, k := range keys {
		l := lines[k]
		if f := family(l.of[0].kind); f == "branch" {
			branching = append(branching, l)
		} else {
			out = append(out, gather(nil, l.of, once(f))...)
		}
	}
	return append(out, branches(branching)...)
}

// line is what the same sides did of one family of kinds.
type line struct {
	sides []string
	of    []*statement
}

// branches makes the deeds of branches: those of named sides, to which what is told with the country of the place goes,
// «KazNU, Russia» to «KazNU, Omsk university». Nobody says which side is the parent, so that each may be; where a parent
// has several hosts in a country, the nearest in time is meant.
func branches(lines []*line) []*deed {
	var out []*deed
	hosts := map[[2]string][]*deed{} // by parent and place
	for _, l := range lines {
		if slices.ContainsFunc(l.sides, unnamed) {
			continue
		}
		deeds := gather(nil, l.of, true)
		out = append(out, deeds...)
		seen := map[[2]string]bool{}
		for _, s := range l.of {
			for _, pair := range hosted(s.evidence[0].Parties) {
				if k := [2]string(sorted2(pair)); !seen[k] {
					seen[k] = true
					hosts[k] = append(hosts[k], deeds...)
				}
			}
		}
	}
	for _, l := range lines {
		if !slices.ContainsFunc(l.sides, unnamed) {
			continue
		}
		var at []*deed
		if len(l.sides) == 2 {
			at = hosts[[2]string(l.sides)]
		}
		out = append(out, gather(slices.Clone(at), l.of, true)[len(at):]...)
	}
	return out
}

// general orders kinds that say little: what one article calls an agreement, another calls by its subject. The more it
// says, the higher.
var general = map[string]int{"other": 1, "agreement": 2, "memorandum": 3}

func rankOf(kind string) int { return cmp.Or(general[kind], 4) }

// joinGeneral lets deeds of general kinds join a deed that is told more exactly, where the dates of what the same sides
// are told of agree and each is the only one for the other. An article that tells both tells two deeds, if its evidence is kept: of what is alike the first is (see MostAlike).
func joinGeneral(deeds []*deed) []*deed {
	by := map[string][]*deed{}
	for _, d := range deeds {
		for _, k := range d.lines() {
			by[k] = append(by[k], d)
		}
	}
	gone := map[*deed]bool{}
	for _, kind := range []string{"memorandum", "agreement", "other"} {
		type want struct {
			of   *deed
			line string
		}
		into, wanted := map[*deed]want{}, map[want]int{}
		for _, d := range deeds {
			if d.of[0].kind != kind || gone[d] {
				continue
			}
			var fits []*deed
			line := d.of[0].line
			for _, x := range by[line] {
				if gone[x] || rankOf(x.of[0].kind) <= rankOf(kind) {
					continue
				}
				if d.agrees(x) {
					fits = append(fits, x)
				}
			}
			if len(fits) == 1 {
				into[d] = want{fits[0], line}
				wanted[into[d]]++
			}
		}
		for _, d := range deeds {
			if x, ok := into[d]; ok && wanted[x] == 1 {
				x.of.add(d.of...)
				gone[d] = true
			}
		}
	}
	return slices.DeleteFunc(deeds, func(d *deed) bool { return gone[d] })
}

// commitment orders statuses by how much they bind: an agreement that one article announces and another tells as
// signed is signed. Background recalls an earlier document, so it binds more than a plan.
var commitment = map[string]int{"signed": 6, "in-force": 5, "agreed": 4, "background": 3, "planned": 2, "discussed": 1}

// Sum sums up what Gather found to be one: the ID of the earliest evidence, the status that binds most, the kind told there (a general
// one only if there is no other), the most exact date, the parties where most are named, the first report.
func (g Gathered) Sum() Agreement {
	all, a := g.Of, Agreement{Crowd: g.Crowd}
	a.Evidence = make([]Evidence, len(all))
	for i, e := range all {
		a.Evidence[i] = *e
	}
	first := all[0]
	a.ID, a.Reported = first.ID, first.Reported
	best, kind, sides := first, first, first
	for _, e := range all {
		if commitment[e.Status] > commitment[best.Status] {
			best = e
		}
		if g, k := general[e.Kind] == 0, general[kind.Kind] == 0; g && !k || g == k && commitment[e.Status] > commitment[kind.Status] {
			kind = e
		}
		if vague(e.Parties) < vague(sides.Parties) {
			sides = e
		}
		a.Subject = cmp.Or(a.Subject, e.Subject)
	}
	a.Status, a.Kind, a.Parties = best.Status, kind.Kind, slices.Clone(sides.Parties)
	dated := -1 // commitment of the evidence that tells the date
	width := 0
	for _, e := range all {
		if e.Date == "" {
			continue
		}
		c, w := commitment[e.Status], 0
		if s, ok := spanOf(e.Date); ok {
			w = s.width()
		}
		if c > dated || c == dated && w < width {
			dated, width, a.Date = c, w, e.Date
		}
	}
	return a
}

// vague counts what a list of parties leaves open: who a side is, and, less, that a branch stands for its parent.
func vague(ps []Party) int {
	n := 0
	for _, p := range ps {
		switch {
		case p.Unnamed() != "":
			n += 100
		case p.Parent != "":
			n++
		}
	}
	return n
}

// earlier orders evidence: by report, what has no date last, then by article and place.
func earlier(x, y *Evidence) int {
	if x.Reported != y.Reported {
		return cmp.Compare(cmp.Or(x.Reported, "~"), cmp.Or(y.Reported, "~"))
	}
	if c := cmp.Compare(x.Article, y.Article); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Rule, y.Rule))
}
