package index

import "kelisim/analysis/names"

// Home is stored behind the partners, so that country=KZ filters, and is never listed as one of them.
func init() {
	Register(Facet{Name: "country", Order: 10, Labels: ByName, Scope: OfEither, Unlisted: names.Home,
		Article: func(r *Record) []string {
			out := mentioned(r.Mentions, names.Country)
			for _, m := range r.Mentions {
				if m.Kind == names.Country && m.Key == names.Home {
					return append(out, names.Home)
				}
			}
			return out
		},
		Agreement: func(a *Agreement) []string {
			var out []string
			home := false
			for _, p := range a.Parties {
				home = home || p.Country == names.Home
				if p.Country != names.Home {
					out = once(out, p.Country)
				}
			}
			if home {
				out = append(out, names.Home)
			}
			return out
		},
	})
}
