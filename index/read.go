package index

import (
	"slices"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/agreements/claims"
	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/names"
)

// Begin reads of an article what takes no time: its words, language, outlet and claims. Read tells the rest, at thirty times the price.
func Begin(a Article, t *names.Table) *Record {
	r := &Record{Article: a}
	r.Text = analysis.Read(a.Text(), analysis.Lang(a.Lang))
	r.Lang = string(r.Text.Lang)
	r.Outlet = t.Outlet(a.Outlet, a.URL, r.Text)
	r.Claims = claims.Find(r.Text)
	return r
}

// Read reads an article into a record: language, outlet, mentions, agreements, claims.
func Read(a Article, t *names.Table) *Record {
	r := Begin(a, t)
	ms := t.Surmise(r.Text)
	r.Mentions = names.Told(ms)
	r.Agreements = agreements.Find(r.Text, ms, a.Published.String())
	r.Agreements = slices.DeleteFunc(r.Agreements, func(a Agreement) bool { return PercentOf(Confidence(a)) < Stored })
	asides := Asides(r.Text.Source)
	r.Agreements = slices.DeleteFunc(r.Agreements, func(a Agreement) bool {
		return len(asides) > 0 && !slices.ContainsFunc(a.Evidence, func(e Evidence) bool { return !elsewhere(asides, e.Start, e.End) })
	})
	for i := range r.Agreements {
		branch := false
		for j := range r.Agreements[i].Evidence {
			e := &r.Agreements[i].Evidence[j]
			e.Article, e.Reported, e.Lang, e.Outlet = a.ID, a.Published.String(), r.Lang, r.Outlet
		}
		r.Agreements[i].Reported = a.Published.String()
		for j := range r.Agreements[i].Parties {
			p := &r.Agreements[i].Parties[j]
			p.Unlisted = p.Key != "" && slices.ContainsFunc(r.Mentions, func(m Mention) bool { return m.Key == p.Key && !m.Listed() })
			p.Parent = parent(p.Key, r.Mentions, t)
			branch = branch || p.Parent != ""
		}
		if branch {
			r.Agreements[i].ID = deeds.Identify(r.Agreements[i])
		}
	}
	return r
}

// parent is the key of the institution whose branch key is, "" for what is none: as the table says, or as the branch's
// name in the text does.
func parent(key string, ms []Mention, t *names.Table) string {
	if key == "" {
		return ""
	}
	if p := t.Parent(key); p != "" {
		return p
	}
	for _, b := range ms {
		if b.Key != key || b.Body != "branch" {
			continue
		}
		for _, m := range ms {
			if m.Kind == names.Institution && m.Start >= b.Start && m.End <= b.End && m.Key != key && m.Body != "branch" && m.Body != "government" {
				return m.Key
			}
		}
	}
	return ""
}
