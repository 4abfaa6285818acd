package index

import (
	"cmp"
	"slices"
	"strings"
)

// Led is an agreement as it is shown: its evidence begins with the piece that says most of what the agreement says, for a quote; the others follow
// as they were, the earliest first. What tells a signing stands before the plan of a year ago, and what names both sides before «the universities».
func Led(a *Agreement) *Agreement {
	if len(a.Evidence) < 2 {
		return a
	}
	best := 0
	for i := range a.Evidence {
		if says(a, &a.Evidence[i], &a.Evidence[best]) > 0 {
			best = i
		}
	}
	if best == 0 {
		return a
	}
	led := *a
	led.Evidence = slices.Insert(slices.Delete(slices.Clone(a.Evidence), best, best+1), 0, a.Evidence[best])
	return &led
}

// says compares what two pieces of evidence say of an agreement: its status, its kind, the sides by name, its date; and how sure that is.
func says(a *Agreement, x, y *Evidence) int {
	of := func(e *Evidence) []int {
		is := func(yes bool) int {
			if yes {
				return 1
			}
			return 0
		}
		named := 0
		for _, p := range a.Parties {
			named += is(p.Key != "" && slices.ContainsFunc(e.Parties, func(q Party) bool {
				return cmp.Or(q.Parent, q.Key) == cmp.Or(p.Parent, p.Key) && q.Text != "" && strings.Contains(e.Quote, q.Text)
			}))
		}
		return []int{is(PercentOf(e.Confidence) >= Shown), is(e.Status == a.Status), named, is(e.Kind == a.Kind), is(e.Date == a.Date), is(PercentOf(e.Confidence) >= Sure)}
	}
	return slices.Compare(of(x), of(y))
}
