package index

import (
	"slices"
	"strconv"
	"strings"
)

// Difference is what the articles of a story tell otherwise.
type Difference struct {
	What string // count (of agreements), date, status, kind or parties of one that several tell
	Says []Saying
}

// Saying is one way to tell it.
type Saying struct {
	Value    string  // a number, a date as stated, a status, a kind; of parties their names
	Parties  []Party // of parties
	Articles []string
}

// Differences are what the articles of a story tell otherwise, each kind once: of the first agreement where it is so. told are the
// agreements of each article. A date that another one states more exactly is no difference.
func Differences(articles []string, told map[string][]Agreement) (out []Difference) {
	note := func(what string, value func(id string) (v string, ps []Party, ok bool), same func(a, b string) bool) {
		if slices.ContainsFunc(out, func(d Difference) bool { return d.What == what }) {
			return
		}
		d := Difference{What: what}
		for _, id := range articles {
			v, ps, ok := value(id)
			if !ok {
				continue
			}
			i := slices.IndexFunc(d.Says, func(s Saying) bool { return same(s.Value, v) })
			if i < 0 {
				i = len(d.Says)
				d.Says = append(d.Says, Saying{Value: v, Parties: ps})
			}
			d.Says[i].Articles = append(d.Says[i].Articles, id)
		}
		if len(d.Says) > 1 {
			out = append(out, d)
		}
	}
	equal := func(a, b string) bool { return a == b }
	note("count", func(id string) (string, []Party, bool) { return strconv.Itoa(len(told[id])), nil, true }, equal)
	var seen []string
	groups := grouping{}
	for _, id := range articles {
		for _, a := range told[id] {
			if slices.Contains(seen, a.ID) {
				continue
			}
			seen = append(seen, a.ID)
			as := make(map[string][]Evidence, len(articles)) // the evidence of each
			for _, other := range articles {
				as[other] = groups.asTold(told[other], a).Evidence
			}
			of := func(get func(e Evidence) string) func(string) (string, []Party, bool) {
				return func(id string) (string, []Party, bool) {
					for _, e := range as[id] {
						if v := get(e); e.Article == id && v != "" {
							return v, e.Parties, true
						}
					}
					return "", nil, false
				}
			}
			note("date", of(func(e Evidence) string { return e.Date }), datesMeet)
			note("status", of(func(e Evidence) string { return e.Status }), equal)
			note("kind", of(func(e Evidence) string { return e.Kind }), equal)
			note("parties", of(func(e Evidence) string { return namedSides(e.Parties) }), equal)
		}
	}
	return out
}

// grouping remembers the groups of agreements, by their ids: to tell them takes a hash of each side of each piece of evidence.
type grouping map[string][]string

func (g grouping) of(a Agreement) []string {
	out, ok := g[a.ID]
	if !ok {
		out = a.Groups()
		g[a.ID] = out
	}
	return out
}

// asTold is an agreement as an article tells it: the same, or, where their dates or kinds keep them apart, one of the same sides.
func (g grouping) asTold(told []Agreement, a Agreement) Agreement {
	for _, x := range told {
		if x.ID == a.ID {
			return x
		}
	}
	if len(told) == 0 {
		return Agreement{}
	}
	groups := g.of(a)
	for _, x := range told {
		if slices.ContainsFunc(g.of(x), func(group string) bool { return slices.Contains(groups, group) }) {
			return x
		}
	}
	return Agreement{}
}

// namedSides are the keys of named parties in order: who is told without a name may be any of them.
func namedSides(parties []Party) string {
	var keys []string
	for _, p := range parties {
		if p.Key != "" {
			keys = append(keys, p.Key)
		}
	}
	slices.Sort(keys)
	return strings.Join(slices.Compact(keys), " ")
}

// datesMeet reports whether two dates as stated may be one.
func datesMeet(a, b string) bool {
	first, last := Span(&Agreement{Date: a})
	begin, end := Span(&Agreement{Date: b})
	return first.First() <= end.Last() && begin.First() <= last.Last()
}
