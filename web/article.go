package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
)

// articleView is an article's page: its text with what was read out of it, and where it comes from.
type articleView struct {
	frame
	ID          string
	Article     string // its language, for the attribute
	Date        dateView
	Outlet      string
	OutletURL   string // the article on its outlet's site
	OutletOur   string // its outlet's articles here
	Tongue      string
	Untitled    bool
	Heading     []block
	Lead        []run
	Back        link // to the results that led here
	Matches     link // to the best of them
	Tally       string
	Statuses    []statusView
	Doubt       doubtView
	Doubts      bool // whether some agreement is uncertain
	Key         bool // whether the text has marks to explain
	HasQuotes   bool
	Guesses     bool // institutions that are in no table
	Passages    []passage
	TitleRecs   []recordView
	TitleClaims []claimView
	Facts       []fact
	Gone        dateView      // since when it is gone from its site
	Versions    []versionView // where there are several
	Citation    template.HTML
	Citations   []link
	JSON        string
	Same        []neighbourView // that tell the same story
	Similar     []neighbourView
	Data        newsArticle
}

// The places of an article's page that other pages lead to: its first agreement, and what a query matches best.
const (
	recordsID = "r1"
	bestMatch = "best"
)

// hopView leads from a passage that a query matches to the one before and the one behind.
type hopView struct {
	Text           string
	Previous, Next string // «#m1», "" where there is none
}

// hop numbers the passages that have matches, marks the best of them, and joins them by links; it gives their number.
func hop(a *ask, ps []passage) int {
	var at []int
	best, most := 0, -1
	for i := range ps {
		kinds, n := map[string]bool{}, 0
		for _, b := range ps[i].Blocks {
			for _, t := range b.Spans {
				for _, r := range t.Runs {
					if r.Match {
						kinds[fold(r.Text)] = true
						n++
					}
				}
			}
		}
		if n == 0 {
			continue
		}
		if weight := 1000*len(kinds) + n; weight > most {
			best, most = i, weight
		}
		at = append(at, i)
	}
	for k, i := range at {
		h := &hopView{Text: a.w.text("article.match", a.w.number(k+1), a.w.number(len(at)))}
		if k > 0 {
			h.Previous = "#m" + strconv.Itoa(k)
		}
		if k+1 < len(at) {
			h.Next = "#m" + strconv.Itoa(k+2)
		}
		ps[i].ID = "m" + strconv.Itoa(k+1)
		if len(at) > 1 {
			ps[i].Hop = h
		}
	}
	if len(at) > 0 {
		ps[best].Best = bestMatch
	}
	return len(at)
}

// fact is a line of an article's provenance.
type fact struct {
	Name, Lang string
	Value      string
	Date       dateView
	Href       string
}

// viewOf gives an article by a way to look at it, or the fault that there is none, or that its text is damaged.
func (s *server) viewOf(a *ask, look func(context.Context, string) (index.View, bool, error), id string) (index.View, error) {
	found, ok, err := look(a.ctx, id)
	switch {
	case errors.Is(err, index.ErrUnreadable):
		return found, &fault{Status: http.StatusServiceUnavailable, Key: "damaged", Args: []string{shown(id)}}
	case err == nil && !ok:
		err = notFound("article", shown(id))
	}
	return found, err
}

func (s *server) article(a *ask, id string) (view, error) {
	found, err := s.viewOf(a, s.Searcher.View, id)
	if err != nil {
		return view{}, err
	}
	told, uncertain, hidden := a.told(found)
	rec := &told
	at := a.request
	at.More, at.Find = "", ""
	file := a.on("/api/v1/articles/" + url.PathEscape(id))
	file.MinConfidence = a.MinConfidence
	var marks []index.Mark
	if a.Text != "" && s.Marks != nil {
		marks = s.Marks(a.ctx, a.Query, rec)
	}
	v := articleView{
		ID: id, Article: other(rec.Lang, a.w.lang), Date: a.w.view(rec.Article.Published),
		Outlet: s.outlet(a.w, rec.Outlet, rec.Article.Outlet), OutletURL: outward(rec.Article.URL),
		JSON: file.url(), Doubt: a.doubt(at, uncertain), Doubts: uncertain > 0,
	}
	if rec.Outlet != "" {
		own := a.on("/")
		own.Selection = own.Selection.With("outlet", rec.Outlet)
		v.OutletOur = own.url()
	}
	if v.Article != "" {
		v.Tongue = s.tongue(a.w, rec.Lang)
	}
	v.Doubt.show(a, at, hidden)
	l := s.layOut(a, rec, marks, found.Confidence)
	v.Passages, v.Heading, v.TitleRecs, v.TitleClaims = l.passages, l.heading, l.headingRecords, l.headingClaims
	v.Key, v.HasQuotes = len(rec.Mentions)+len(rec.Agreements) > 0, len(rec.Agreements) > 0
	v.Guesses = slices.ContainsFunc(rec.Mentions, func(m index.Mention) bool { return unconfirmed(m.Key) && m.Listed() })
	title := strings.TrimSpace(rec.Article.Title)
	if title == "" {
		v.Untitled = true
		v.Lead = lead(rec)
		title = plainRuns(v.Lead)
	}
	v.Tally, v.Statuses = s.statusTally(a, rec, uncertain)
	v.frame = s.frameOf(a, at, title, s.holdings(a))
	if len(rec.Agreements) > 0 {
		v.SkipFirst = link{Href: "#" + recordsID, Text: a.w.text("skip.records")}
	}
	if back := at; back.withoutHL() != "" {
		back.Path = "/"
		v.Back = link{Href: back.url(), Text: a.w.text("article.back")}
	}
	if n := hop(a, v.Passages); n > 0 {
		v.Matches = link{Href: "#" + bestMatch, Text: a.w.count("article.matches", n)}
	}
	v.Gone = a.w.view(s.goneSince(a, id)[id])
	v.facts(a, found)
	if len(found.Versions) > 1 {
		v.Versions = s.versionList(a, id, found.Versions)
	}
	v.Citation, v.Citations = s.citation(a, rec, title), a.citations(id)
	v.Data = newsOf(rec, v.Outlet, v.Neutral)
	same, similar, err := s.Searcher.Around(a.ctx, found)
	if err != nil {
		return view{}, err
	}
	v.Same, v.Similar = s.neighbours(a, same), s.neighbours(a, similar)
	return view{page: "article.html", data: v}, nil
}

// lead is the beginning of an article without a headline.
func lead(rec *index.Record) []run {
	if rec.Text == nil {
		first, _, _ := strings.Cut(strings.TrimSpace(rec.Article.Body), "\n")
		return []run{{Text: first}}
	}
	pieces, _ := index.Headline(rec.Text, nil)
	return runs(pieces)
}

func plainRuns(rs []run) string {
	s := ""
	for _, r := range rs {
		s += r.Text
	}
	return s
}

func (s *server) statusTally(a *ask, rec *index.Record, uncertain int) (string, []statusView) {
	if len(rec.Agreements) == 0 {
		return "", nil
	}
	n, first := map[string]int{}, map[string]index.Evidence{}
	for _, g := range rec.Agreements {
		n[g.Status]++
		for _, e := range g.Evidence {
			if was, ok := first[g.Status]; !ok || e.Start < was.Start {
				e.ID = cmp.Or(e.ID, g.ID)
				first[g.Status] = e
			}
		}
	}
	var out []statusView
	for _, key := range a.w.keys {
		if st, ok := strings.CutPrefix(key, "status."); ok && n[st] > 0 {
			badge := a.w.status(st, n[st])
			badge.Href = "#" + quoteID(first[st].ID)
			out = append(out, badge)
		}
	}
	all := a.w.count("n.agreements", len(rec.Agreements))
	if uncertain > 0 {
		all = a.w.count("uncertain.found", uncertain, all)
	}
	return all, out
}

func (v *articleView) facts(a *ask, found index.View) {
	art := found.Record.Article
	if v.Outlet != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("facet.outlet"), Value: v.Outlet, Lang: langOf(v.Outlet, a.w.lang)})
	}
	if art.Outlet != "" && art.Outlet != v.Outlet {
		v.Facts = append(v.Facts, fact{Name: a.w.text("fact.stated"), Value: art.Outlet, Lang: langOf(art.Outlet, a.w.lang)})
	}
	if v.OutletURL != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("fact.address"), Value: v.OutletURL, Href: v.OutletURL})
	}
	if v.Date.Text != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("fact.published"), Date: v.Date})
	}
	if art.Dated != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("fact.dated"), Value: a.w.text("quote.open") + art.Dated + a.w.text("quote.close"), Lang: langOf(art.Dated, a.w.lang)})
	}
	if art.How != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("fact.how"), Value: art.How, Lang: "en"})
	}
	added := art.Fetched
	if len(found.Versions) > 0 {
		added = found.Versions[0].Fetched
	}
	if d := a.w.view(day(added)); d.Text != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("fact.indexed"), Date: d})
	}
	if file := fileName(art.Path); file != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("fact.file"), Value: file})
	}
	n := len(found.Versions)
	if n == 0 {
		return
	}
	last := found.Versions[n-1]
	v.Facts = append(v.Facts, fact{Name: "SHA-256", Value: last.SHA256})
	versions := a.w.text("fact.unchanged")
	if n > 1 {
		versions = a.w.count("fact.versions.many", n, a.w.date(day(last.Fetched)))
	}
	v.Facts = append(v.Facts, fact{Name: a.w.text("fact.versions"), Value: versions})
}

// fileName is the name of the file that an article came from: where it lies on our disk is nobody's business.
func fileName(p string) string {
	if p == "" || p == "-" || strings.Contains(p, "://") {
		return ""
	}
	return path.Base(strings.ReplaceAll(p, `\`, "/"))
}

// citation is how to cite the article, in the order of APA: outlet, date, title, address or id.
func (s *server) citation(a *ask, rec *index.Record, title string) template.HTML {
	art := rec.Article
	who := cmp.Or(s.outlet(a.w, rec.Outlet, art.Outlet), a.w.text("cite.nobody"))
	d := art.Published
	when := a.w.text("cite.undated")
	if !d.IsZero() {
		when = strconv.Itoa(d.Year)
		if d.Day > 0 {
			when = a.w.text("cite.day", when, a.w.month(d.Month, ".of"), strconv.Itoa(d.Day))
		} else if d.Month > 0 {
			when = a.w.text("cite.month", when, a.w.month(d.Month, ""))
		}
	}
	text := template.HTMLEscapeString(title)
	if l := other(rec.Lang, a.w.lang); l != "" {
		text = fmt.Sprintf(`<span lang="%s">%s</span>`, template.HTMLEscapeString(l), text)
	}
	titled := template.HTML(text)
	if strings.TrimSpace(art.Title) == "" {
		titled = a.w.rich("cite.untitled", titled)
	}
	return a.w.rich("cite", who, when, titled, cmp.Or(outward(art.URL), "Kelisim, "+art.ID))
}
