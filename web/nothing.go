package web

import (
	"html/template"
	"strings"

	"kelisim/index"
)

// nothing is what the page of no results says and offers.
type nothing struct {
	Blockers []template.HTML
	Words    []wordCount
	Ways     []way
}

type wordCount struct {
	Word, Lang, Count string
	Href              string
	None              bool
}

// way is a search that finds something.
type way struct {
	link
	Count string
}

// maxWordsCounted bounds the words whose totals the page of no results asks for.
const maxWordsCounted = 6

// nothingFound says which word is in no document, and offers searches that were tried and find something.
func (s *server) nothingFound(a *ask, p index.Page, t *tally) *nothing {
	v := &nothing{}
	offer := func(q request, text string) {
		t.want(q.Query, func(n int) {
			if n > 0 {
				v.Ways = append(v.Ways, way{link{Href: q.href(), Text: text}, a.w.count(unit(q.Tab), n)})
			}
		})
	}
	total := p.Holdings.Articles
	if a.Tab == index.Agreements {
		total = p.Holdings.Agreements
	}
	for _, n := range p.Notes {
		if n.Code != absent || len(n.Args) == 0 {
			continue
		}
		v.Blockers = append(v.Blockers, a.w.richCount("nothing.blocker."+string(a.Tab), total, strong(n.Args[0], a.w.lang)))
		if n.Undo != nil {
			r := a.asking(*n.Undo)
			offer(r, a.w.text("way.without", n.Args[0], r.Text))
		}
	}
	if !a.Selection.Empty() {
		all := a.with(a.Selection.Cleared())
		all.MinConfidence = 0
		offer(all, a.w.text("way.clear"))
	}
	if a.Least() > index.Shown {
		r := a.with(a.Selection)
		r.MinConfidence = 0
		offer(r, a.w.text("way.uncertain"))
	}
	if ws := strings.Fields(a.Text); len(ws) > 1 {
		if len(ws) <= maxWordsCounted && !strings.ContainsAny(a.Text, `"«»“”„()|~:`) {
			s.countWords(a, ws, v, t)
		}
		if a.Match == "all" {
			some := a.request
			some.Match, some.Cursor = "most", ""
			offer(some, a.w.text("way.most"))
		}
	}
	if a.Tab == index.Agreements && a.Text != "" {
		articles := a.request
		articles.Tab, articles.Cursor = index.Articles, ""
		offer(articles, a.w.text("way.articles"))
	}
	offer(a.on("/"), a.w.text("way.newest"))
	return v
}

// countWords tells how many documents each typed word finds by itself.
func (s *server) countWords(a *ask, ws []string, v *nothing, t *tally) {
	for _, w := range ws {
		if strings.HasPrefix(w, "-") {
			continue
		}
		to := a.with(a.Selection.Cleared())
		to.Text = w
		t.want(to.Query, func(n int) {
			v.Words = append(v.Words, wordCount{w, langOf(w, a.w.lang), a.w.number(n), to.href(), n == 0})
		})
	}
}
