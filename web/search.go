package web

import (
	"html/template"

	"kelisim/index"
)

// searchView is a page of results.
type searchView struct {
	frame
	First       bool // the first page of the site: nothing typed, nothing chosen
	Heading     template.HTML
	Intro       template.HTML
	Rest        restView
	Doubt       doubtView
	Notes       []noteView
	Chosen      []chip
	Clear       *link
	ChosenCount string
	Dates       *histogram
	Facets      []facetView
	Tabs        []tabView
	Sorts       []link
	Grouping    link   // to each article by itself, or back
	Counted     string // how articles that stand under another are counted
	Days        []link // which date of agreements the order goes by
	Permalink   string
	Files       filesView
	Hits        []hitView
	Records     []recordView
	Ledger      *ledgerView
	Next, Start link
	Nothing     *nothing
}

// restView tells those with all words from those with some, with the other ways to count them.
type restView struct {
	Text string
	Ways []link
}

// rest makes a restView, empty where there is nothing to choose.
func (a *ask) rest(p index.Page) (v restView) {
	if p.More > 0 {
		v.Text = a.w.count("found.more", p.More, a.w.number(p.Total))
	}
	if p.More == 0 && a.Match == "" {
		return v
	}
	for _, way := range []struct{ match, key string }{{"", "first"}, {"all", "all"}, {"most", "most"}} {
		if way.match != a.Match {
			r := a.request
			r.Match, r.Cursor = way.match, ""
			v.Ways = append(v.Ways, link{Href: r.href(), Text: a.w.text("found.way." + way.key)})
		}
	}
	return v
}

type tabView struct {
	link
	Count string
}

// search answers «/» and «/agreements».
func (s *server) search(a *ask) (view, error) {
	if a.More != "" {
		return s.facetList(a)
	}
	if show := s.shown(a.View); show != nil {
		return show(a)
	}
	q := a.Query
	q.Fold = a.Group != apart
	p, err := s.Searcher.Search(a.ctx, q)
	if err != nil {
		return view{}, err
	}
	a.notes = p.Notes
	s.markGone(a, p.Hits)
	t := s.tally(a)
	v := searchView{
		frame: s.frameOf(a, a.request, s.windowTitle(a, p), p.Holdings),
		First: a.Path == "/" && a.withoutHL() == "",
		Notes: s.notes(a, p, t), Sorts: s.sorts(a, p), Grouping: a.grouping(p), Permalink: a.permalink(),
	}
	if a.Tab == index.Agreements {
		if p.Query.Sort != index.Relevance {
			v.Days = a.dayChoice()
		}
		v.Doubt = a.doubt(a.request, p.Uncertain)
		if a.Least() > index.Shown {
			all := a.Query
			all.MinConfidence = 0
			t.want(all, func(n int) { v.Doubt.show(a, a.request, n-p.Total) })
		}
	}
	v.Skip = link{Href: "#results", Text: a.w.text("skip.results")}
	v.Opening = v.First
	v.Chosen, v.Clear = s.chosen(a, t)
	if n := len(v.Chosen); n > 0 {
		v.ChosenCount = a.w.number(n)
	}
	v.Tabs = s.tabs(a, p, t)
	v.Rest = a.rest(p)
	v.Files = s.files(a, p)
	if v.First {
		if v.Ledger, err = s.ledger(a, p); err != nil {
			return view{}, err
		}
		if v.Ledger != nil {
			s.try(a, v.Ledger, t)
		}
	}
	if p.Total == 0 && p.More == 0 && !v.First {
		v.Nothing = s.nothingFound(a, p, t)
		v.Skip = link{Href: "#main", Text: a.w.text("skip.content")}
	}
	t.count(s)
	s.fill(a, p, &v)
	return view{page: "search.html", data: v}, nil
}

// fill puts in what needs no further counting.
func (s *server) fill(a *ask, p index.Page, v *searchView) {
	v.Heading = s.heading(a, p)
	switch {
	case v.First:
		v.Intro = s.introduction(a, p)
	case a.Tab == index.Agreements && a.Text == "":
		v.Intro = a.w.rich("agreements.intro", anchor(a.on("/about").url()+"#measured", a.w.text("agreements.about")))
	}
	v.Dates = s.histogram(a, counts(p, "date"))
	v.Facets = s.facets(a, p)
	first := len(p.Hits) // of those at the end that have some of the words only; before them both may stand among each other
	for first > 0 && p.Hits[first-1].Rest {
		first--
	}
	if a.Tab == index.Articles {
		v.Hits = make([]hitView, 0, len(p.Hits))
	}
	for i, h := range p.Hits {
		rest := ""
		if i == first {
			rest = a.w.text("found.rest")
		}
		if a.Tab == index.Agreements {
			record := s.recordOf(a, h)
			record.Rest = rest
			v.Records = append(v.Records, record)
		} else {
			hit := s.hit(a, h)
			hit.Deep, hit.Rest = v.First, rest
			v.Hits = append(v.Hits, hit)
		}
	}
	v.Records = together(v.Records)
	if p.Folded > 0 {
		v.Counted = a.w.count("group.counted", p.Folded)
	}
	if p.Next != "" {
		next := a.request
		next.Cursor = p.Next
		v.Next = link{Href: next.href(), Text: a.w.text("next", a.w.number(p.Query.Size))}
	}
	if a.Cursor != "" {
		first := a.request
		first.Cursor = ""
		v.Start = link{Href: first.href(), Text: a.w.text("first")}
	}
}

func counts(p index.Page, facet string) []index.Count {
	for _, f := range p.Facets {
		if f.Name == facet {
			return f.Values
		}
	}
	return nil
}

// withoutHL is a request's address without the interface language: "" where nothing is asked for.
func (r request) withoutHL() string {
	r.HL = ""
	return r.query()
}

// permalink is the same list from its first page, in whatever language its reader speaks.
func (r request) permalink() string {
	r.HL, r.Cursor = "", ""
	return r.url()
}

// unit is the message that counts what a tab lists.
func unit(t index.Tab) string {
	if t == index.Agreements {
		return "n.agreements"
	}
	return "n.articles"
}

func (s *server) windowTitle(a *ask, p index.Page) string {
	found := a.w.count(unit(a.Tab), p.Total)
	switch {
	case a.Path == "/" && a.withoutHL() == "":
		return a.w.text("title.home")
	case p.Total == 0 && p.More == 0:
		found = a.w.text("nothing")
	}
	if a.Text == "" {
		return found
	}
	return a.Text + " — " + found
}

func (s *server) heading(a *ask, p index.Page) template.HTML {
	found := a.w.richCount(unit(a.Tab), p.Total)
	if a.Text != "" {
		found = a.w.richCount("found."+string(a.Tab), p.Total, foreign(a.Text, a.w.lang))
	}
	if p.Uncertain > 0 {
		return a.w.richCount("uncertain.found", p.Uncertain, found)
	}
	return found
}

// introduction says on the first page that the index holds nothing yet.
func (s *server) introduction(a *ask, p index.Page) template.HTML {
	if p.Total == 0 {
		return a.w.rich("home.empty")
	}
	return ""
}

// anchor is a link inside a message.
func anchor(href, text string) template.HTML {
	return template.HTML(`<a href="` + template.HTMLEscapeString(href) + `">` + template.HTMLEscapeString(text) + `</a>`)
}

// timeOf is a date as an element.
func timeOf(d dateView) template.HTML {
	if d.Machine == "" {
		return "–"
	}
	return template.HTML(`<time datetime="` + template.HTMLEscapeString(d.Machine) + `">` + template.HTMLEscapeString(d.Text) + `</time>`)
}

func (s *server) tabs(a *ask, p index.Page, t *tally) []tabView {
	var out []tabView
	for _, tab := range []index.Tab{index.Articles, index.Agreements} {
		r := a.listed()
		r.Tab, r.Sort = tab, ""
		v := tabView{link: link{Href: r.href(), Text: a.w.text("tab." + string(tab)), Current: tab == a.Tab && a.View == ""}}
		out = append(out, v)
		if tab == a.Tab {
			out[len(out)-1].Count = a.w.number(p.Total)
			continue
		}
		at := len(out) - 1
		t.want(r.Query, func(n int) { out[at].Count = a.w.number(n) })
	}
	for _, name := range viewNames {
		out = append(out, tabView{link: link{Href: a.shownAs(name).href(), Text: a.w.text("tab." + name), Current: a.View == name}})
	}
	return out // the counts are told later, into this very slice
}

func (s *server) sorts(a *ask, p index.Page) []link {
	var out []link
	for _, by := range []index.Sort{index.Relevance, index.Newest, index.Oldest} {
		if by == index.Relevance && a.Text == "" {
			continue
		}
		r := a.request
		r.Cursor, r.Sort = "", by
		if by == index.Relevance || by == index.Newest && a.Text == "" {
			r.Sort = "" // the default
		}
		out = append(out, link{Href: r.href(), Text: a.w.text("sort." + string(by)), Current: by == p.Query.Sort})
	}
	return out
}

// dayChoice are the two dates of agreements that an order may go by.
func (a *ask) dayChoice() []link {
	out := []link{{Text: a.w.text("date.by.stated"), Current: !a.Selection.Reported}, {Text: a.w.text("date.by.reported"), Current: a.Selection.Reported}}
	for i := range out {
		to := a.with(a.Selection)
		to.Selection.Reported = i == 1
		out[i].Href = to.href()
	}
	return out
}
