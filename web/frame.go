package web

import (
	"html/template"
	"net/http"
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
	Tongues   []link        // the same as whole addresses, for search engines
	Neutral   string        // the view's address in no language, which is answered in the reader's
	Holdings  template.HTML // what the index holds, for the foot
	Behind    string        // what it does not show yet
	Canonical string        // the view's own address: in the language that was chosen, or in none
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
	f.Neutral = s.base(a.r) + r.permalink()
	f.Canonical = f.Neutral
	f.Printed = unescape(f.Neutral)
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
		to.Cursor = ""
		whole := s.base(a.r) + to.url()
		f.Tongues = append(f.Tongues, link{Href: whole, Lang: l})
		if l == a.HL {
			f.Canonical = whole
		}
	}
	if h.Seq > 0 {
		s.held.Store(&h)
		f.Holdings = heldIn(a.w, h)
	}
	return f
}

// heldIn says what the index holds, its number and its day.
func heldIn(w *words, h index.Holdings) template.HTML {
	return w.rich("foot.holdings", w.count("n.articles", h.Articles), w.count("n.agreements", h.Agreements), w.number(int(h.Seq)), timeOf(w.view(day(h.Updated))))
}

// lastHeld is what the last page said that the index holds: a page that says what went wrong asks nothing that may go wrong again, but
// where none was made yet and all is well.
func (s *server) lastHeld(a *ask, f *fault) index.Holdings {
	if h := s.held.Load(); h != nil {
		return *h
	}
	if f.Status >= http.StatusInternalServerError || f.Status == http.StatusTooManyRequests {
		return index.Holdings{}
	}
	return s.holdings(a)
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
