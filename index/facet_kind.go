package index

func init() {
	Register(Facet{Name: "kind", Order: 30, Labels: ByMessage, Scope: OfAgreement,
		Article: func(r *Record) []string {
			var out []string
			for _, a := range r.Agreements {
				out = once(out, a.Kind)
			}
			return out
		},
		Agreement: func(a *Agreement) []string { return once(nil, a.Kind) },
	})
}
