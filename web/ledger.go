package web

import (
	"html/template"
	"strconv"

	"kelisim/index"
)

// ledgerView is the account of what the index holds, on the first page.
type ledgerView struct {
	Lines    []ledgerLine
	Statuses []statusView // agreements by status, each with the way to them
	Updated  template.HTML
	Tries    []tryView
}

type ledgerLine struct {
	Count, Name string
	Href        string
}

// tryView is a search that was tried and finds something.
type tryView struct {
	link
	Count string
}

// ledger counts what the index holds; nil where it holds nothing.
func (s *server) ledger(a *ask, p index.Page) (*ledgerView, error) {
	if p.Total == 0 {
		return nil, nil
	}
	deals, err := s.Searcher.Search(a.ctx, index.Query{Tab: index.Agreements, Size: 1})
	if err != nil {
		return nil, err
	}
	v := &ledgerView{Updated: a.w.rich("ledger.updated", timeOf(a.w.view(p.Holdings.First)), timeOf(a.w.view(p.Holdings.Last)), timeOf(a.w.view(day(p.Holdings.Updated))))}
	line := func(key string, n int, href string) {
		if n > 0 {
			v.Lines = append(v.Lines, ledgerLine{a.w.number(n), a.w.count("ledger."+key, n), href})
		}
	}
	institution, country := a.on("/"), a.on("/")
	institution.More, country.More = "institution", "country"
	line("articles", p.Holdings.Articles, "")
	line("agreements", deals.Total, a.on("/agreements").url())
	line("institutions", len(checked(counts(p, "institution"))), institution.url())
	line("countries", len(counts(p, "country")), country.url())
	line("outlets", p.Holdings.Outlets, "")
	f, _ := index.FacetNamed("status")
	for _, c := range s.sorted(a, f, counts(deals, "status")) {
		st := a.w.status(c.Key, c.Count)
		to := a.on("/agreements")
		to.Tab = index.Agreements
		to.Selection = to.Selection.With("status", c.Key)
		st.Href = to.url()
		v.Statuses = append(v.Statuses, st)
	}
	return v, nil
}

// try offers searches that were tried just now: those that find nothing here are not offered.
func (s *server) try(a *ask, v *ledgerView, t *tally) {
	for i := 1; a.w.has("example." + strconv.Itoa(i)); i++ {
		r := a.on("/")
		r.Text = a.w.text("example." + strconv.Itoa(i))
		t.want(r.Query, func(n int) {
			if n > 0 {
				v.Tries = append(v.Tries, tryView{link{Href: r.url(), Text: r.Text, Lang: langOf(r.Text, a.w.lang)}, a.w.count("n.articles", n)})
			}
		})
	}
}
