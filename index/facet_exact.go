package index

// How exactly a date is known: the shortest of day, month, quarter and year that all its days lie in, and each longer one. Who
// draws numbers by month chooses «month»: then nothing counts in two of them. What has no date, or one that reaches over the
// turn of a year, has no value.
func init() {
	Register(Facet{Name: "exact", Order: 80, Labels: ByMessage, Scope: OfEither, Quiet: true,
		Article:   func(r *Record) []string { return exactness(r.Article.Published, r.Article.Published) },
		Agreement: func(a *Agreement) []string { return exactness(Span(a)) },
	})
}

func exactness(first, last Date) (out []string) {
	if first.IsZero() {
		return nil
	}
	from, to := Day(first.First()), Day(last.Last())
	if from.Year != to.Year {
		return nil
	}
	for _, p := range []struct {
		name string
		one  bool
	}{
		{"day", from == to},
		{"month", from.Month == to.Month},
		{"quarter", (from.Month-1)/3 == (to.Month-1)/3},
		{"year", true},
	} {
		if p.one {
			out = append(out, p.name)
		}
	}
	return out
}
