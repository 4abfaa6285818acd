package index

func init() {
	Register(Facet{Name: "status", Order: 40, Labels: ByMessage, Scope: OfAgreement,
		// One value an agreement, repeated: a hit shows how many of its agreements are signed, planned, …
		Article: func(r *Record) []string {
			var out []string
			for _, a := range r.Agreements {
				if a.Status != "" {
					out = append(out, a.Status)
				}
			}
			return out
		},
		Agreement: func(a *Agreement) []string { return once(nil, a.Status) },
	})
}
