package index

// Which day an agreement is dated by: that which the text states, or, where it states none, that of the article. Who counts
// signings by day chooses «stated».
func init() {
	Register(Facet{Name: "dated", Order: 45, Labels: ByMessage, Scope: OfAgreement,
		Article: func(r *Record) []string {
			var out []string
			for i := range r.Agreements {
				out = once(out, dated(&r.Agreements[i]))
			}
			return out
		},
		Agreement: func(a *Agreement) []string { return once(nil, dated(a)) },
	})
}

func dated(a *Agreement) string {
	switch {
	case a.Date != "":
		return "stated"
	case a.Reported != "":
		return "reported"
	}
	return ""
}
