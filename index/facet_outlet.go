package index

func init() {
	Register(Facet{Name: "outlet", Order: 60, Labels: ByName,
		Article: func(r *Record) []string { return once(nil, r.Outlet) },
		Agreement: func(a *Agreement) []string {
			var out []string
			for _, e := range a.Evidence {
				out = once(out, e.Outlet)
			}
			return out
		},
	})
}
