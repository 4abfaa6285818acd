package index

import (
	"cmp"
	"slices"

	"kelisim/analysis/names"
)

func init() {
	Register(Facet{Name: "institution", Order: 20, Labels: ByName, Scope: OfEither,
		Article: func(r *Record) []string { return mentioned(r.Mentions, names.Institution) },
		Agreement: func(a *Agreement) []string {
			var out []string
			for _, p := range a.Parties {
				if !p.Unlisted {
					out = once(out, p.Key)
				}
			}
			return out
		},
	})
}

// mentioned gives the keys of the listed mentions of a kind, most mentioned first, else in the order of the text.
func mentioned(ms []Mention, kind names.Kind) []string {
	var out []string
	n := map[string]int{}
	for _, m := range ms {
		if m.Kind == kind && m.Listed() {
			out = once(out, m.Key)
			n[m.Key]++
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	return out
}

// once appends a value that is not empty and not there yet.
func once(to []string, v string) []string {
	if v == "" || slices.Contains(to, v) {
		return to
	}
	return append(to, v)
}
