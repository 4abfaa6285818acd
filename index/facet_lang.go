package index

func init() {
	Register(Facet{Name: "lang", Order: 50, Labels: ByMessage,
		Article: func(r *Record) []string { return once(nil, r.Lang) },
		Agreement: func(a *Agreement) []string {
			var out []string
			for _, e := range a.Evidence {
				out = once(out, e.Lang)
			}
			return out
		},
	})
}
