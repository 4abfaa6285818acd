package index

import (
	"slices"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/names"
)

// Read reads an article into a record: language, outlet, mentions, agreements, claims.
func Read(a Article, t *names.Table) *Record {
	r := &Record{Article: a}
	r.Text = analysis.Read(a.Text(), analysis.Lang(a.Lang))
	r.Lang = string(r.Text.Lang)
	r.Outlet = t.Outlet(a.Outlet, a.URL, r.Text)
	r.Mentions = t.Recognize(r.Text)
	r.Agreements, r.Claims = agreements.Find(r.Text, r.Mentions, a.Published.String())
	r.Agreements = slices.DeleteFunc(r.Agreements, func(a Agreement) bool { return PercentOf(Confidence(a)) < Stored })
	for i := range r.Agreements {
		for j := range r.Agreements[i].Evidence {
			e := &r.Agreements[i].Evidence[j]
			e.Article, e.Reported, e.Lang, e.Outlet = a.ID, a.Published.String(), r.Lang, r.Outlet
		}
		r.Agreements[i].Reported = a.Published.String()
		for j := range r.Agreements[i].Parties {
			p := &r.Agreements[i].Parties[j]
			p.Unlisted = p.Key != "" && slices.ContainsFunc(r.Mentions, func(m Mention) bool { return m.Key == p.Key && !m.Listed() })
		}
	}
	return r
}
