package web

import (
	"html/template"
	"strings"

	"kelisim/index"
)

// frame is what every page has around its main part.
type frame struct {
	Lang      string
	Title     string // of the window
	Query     string // in the search box
	QueryLang string
	HL        string // chosen language, kept by forms; "" where the browser chose
	Tab       string // kept by the search form; "" for articles
	Least     string // confidence asked for, kept by the search form; "" for the default
	Suggest   string // where the search box asks for ways to go on
	Home      string
	Help      string
	About     string
	API       string
	Skip      link
	SkipFirst link // a nearer place that most readers of the page want
	Languages []link
	Holdings  template.HTML // what the index holds, for the foot
	Behind    string        // what it does not show yet
	Canonical string        // the view's own address, in no language
	Feed      link          // to follow what the page lists
	Printed   string        // the address of the view, for paper
	Opening   bool          // the search box stands in the page itself
}

// frameOf makes a page's frame. r is what the links to other languages lead to.
func (s *server) frameOf(a *ask, r request, title string, h index.Holdings) frame {
	f := frame{
		Lang: a.w.lang, Title: strings.ReplaceAll(a.w.text("title", title), "\u00a0", " "), Query: a.Text, QueryLang: langOf(a.Text, a.w.lang), HL: a.HL,
		Suggest: "/api/v1/suggest", Home: a.on("/").url(), Help: a.on("/help").url(), About: a.on("/about").url(), Skip: link{Href: "#main", Text: a.w.text("skip.content")},
	}
	f.Canonical = s.base(a.r) + r.permalink()
	f.Printed = unescape(f.Canonical)
	f.Behind = s.behind(a.w)
	if r.Path == "/" || r.Path == "/agreements" {
		f.Feed = link{Href: r.feedOf(), Text: a.w.text("follow")}
	}
	f.API = f.Help + "#api"
	switch {
	case r.View != "":
		f.Tab = r.View
	case r.Tab == index.Agreements:
		f.Tab = string(r.Tab)
	}
	if r.MinConfidence != 0 {
		f.Least = r.MinConfidence.String()
	}
	for _, l := range languages {
		to := r
		to.HL = l
		f.Languages = append(f.Languages, link{Href: to.href(), Text: allWords[l].text("language"), Lang: l, Current: l == a.w.lang})
	}
	if h.Seq > 0 {
		f.Holdings = a.w.rich("foot.holdings", a.w.count("n.articles", h.Articles), a.w.count("n.agreements", h.Agreements), a.w.number(int(h.Seq)), timeOf(a.w.view(day(h.Updated))))
	}
	return f
}

// holdings asks what the index holds; the searcher and the engine keep that per sequence number. A page without it is
// better than none.
func (s *server) holdings(a *ask) index.Holdings {
	p, err := s.Searcher.Search(a.ctx, index.Query{Size: 1})
	if err != nil {
		return index.Holdings{}
	}
	return p.Holdings
}
