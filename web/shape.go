package web

import (
	"cmp"
	"slices"
	"strconv"

	"kelisim/index"
)

// The views that show what is found other than as a list, in the order of their tabs.
const (
	table       = "table"
	trend       = "trend"
	network     = "network"
	worldMap    = "map"
	concordance = "concordance"
)

var viewNames = []string{table, trend, network, worldMap, concordance}

// shape is how what is found is shown, where it is not listed.
type shape struct {
	View       string   // one of viewNames, "" for a list
	Rows, Cols string   // axes of a table
	Order      string   // of a table «name», of a concordance «left» or «right»; "" for the first of its orders
	By         string   // year, quarter or month of a trend; "" for what fits
	Split      string   // axis whose values a trend sets side by side; "" for all together
	Versus     []string // queries that it sets beside the query
}

const mostVersus = 3 // queries beside the query: four pictures fit on a page

// counts reports whether a view shows numbers, and not what is behind them.
func (s shape) counts() bool { return s.View != "" && s.View != concordance }

// orders are a view's, the first the default; of a list none.
func orders(view string) []string {
	switch view {
	case table:
		return []string{"size", "name"}
	case concordance:
		return []string{"date", "left", "right"}
	}
	return nil
}

// shape reads what only a view has. What other views have is left alone, once it is found to be right.
func (p *parameters) shape(out *request) {
	rows, cols := p.oneOf("rows", axisNames()...), p.oneOf("cols", axisNames()...)
	by, split := p.oneOf("by", periodNames...), p.oneOf("split", splitNames()...)
	count := p.oneOf("count", string(index.Agreements), string(index.Articles))
	versus := p.versus()
	view := string(out.Tab)
	if out.Path == "/api/v1/pivot" {
		view = table
	}
	allowed := orders(view)
	if allowed == nil {
		allowed = slices.Concat(orders(table), orders(concordance))
	}
	order := p.oneOf("order", allowed...)
	if !slices.Contains(viewNames, view) {
		return
	}
	out.View, out.Tab = view, index.Articles
	if own := orders(view); len(own) > 0 && order != own[0] {
		out.Order = order
	}
	switch view {
	case table:
		out.Rows, out.Cols = cmp.Or(rows, axisHome), cmp.Or(cols, "country")
		if facetOf(out.Rows) == "date" && facetOf(out.Cols) == "date" {
			p.fail("axes", out.Rows, out.Cols)
		}
	case trend:
		out.By, out.Split, out.Versus = by, split, versus
		if split != "" && len(versus) > 0 {
			p.fail("both", "split", "vs")
		}
	}
	if out.counts() {
		out.Tab = cmp.Or(index.Tab(count), index.Agreements)
		if p.one("min_confidence") == "" {
			out.MinConfidence = index.Sure // numbers are of what is certain, unless somebody asks for more
		}
	}
}

// versus reads the queries beside the query.
func (p *parameters) versus() (out []string) {
	for _, v := range p.values["vs"] {
		if v, _ = text(v, maxText); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	if len(out) > mostVersus {
		p.fail("versus", strconv.Itoa(mostVersus))
		return nil
	}
	return out
}

// each gives what of a shape differs from the default.
func (s shape) each(add func(name, value string)) {
	if s.View == table {
		if s.Rows != axisHome {
			add("rows", s.Rows)
		}
		if s.Cols != "country" {
			add("cols", s.Cols)
		}
	}
	add("by", s.By)
	add("split", s.Split)
	for _, v := range s.Versus {
		add("vs", v)
	}
}

// listed is the list of what a view shows, from its first page.
func (r request) listed() request {
	r.shape, r.Cursor = shape{}, ""
	return r
}

// shownAs is the same search in another view.
func (r request) shownAs(view string) request {
	if r.View == view {
		return r
	}
	counted := r.counts()
	r = r.listed()
	r.View, r.Sort, r.Match = view, "", ""
	if view == table {
		r.Rows, r.Cols = axisHome, "country"
	}
	switch {
	case !r.counts():
		r.Tab = index.Articles
	case !counted:
		r.Tab = index.Agreements
		if r.MinConfidence == 0 {
			r.MinConfidence = index.Sure
		}
	}
	return r
}

// shown is what draws a view; nil for a list.
func (s *server) shown(view string) pageHandler {
	switch view {
	case table:
		return s.table
	case trend:
		return s.trend
	case network:
		return s.network
	case worldMap:
		return s.worldMap
	case concordance:
		return s.concordance
	}
	return nil
}

// option is a choice of a form.
type option struct {
	Value, Text string
	Chosen      bool
}

// numbersView is what all views have around what they show.
type numbersView struct {
	frame
	Heading     string
	Doubt       doubtView
	Notes       []noteView
	Chosen      []chip
	Clear       *link
	ChosenCount string
	Dates       *histogram
	Facets      []facetView
	Tabs        []tabView
	Permalink   string
	Files       filesView
	Hidden      []hidden // what the view's form carries along
	Counted     []option
	More        []string // what has no room, and how it was counted
}

// numbers makes the surroundings of a view; own are the parameters that its form asks for.
func (s *server) numbers(a *ask, p index.Page, name string, own ...string) numbersView {
	t := s.tally(a)
	v := numbersView{frame: s.frameOf(a, a.request, name, p.Holdings), Heading: name, Permalink: a.permalink()}
	v.Skip = link{Href: "#results", Text: a.w.text("skip.results")}
	v.Notes = s.notes(a, p, t)
	v.Chosen, v.Clear = s.chosen(a, t)
	if n := len(v.Chosen); n > 0 {
		v.ChosenCount = a.w.number(n)
	}
	v.Tabs = s.tabs(a, p, t)
	t.count(s)
	v.Dates, v.Facets = s.histogram(a, counts(p, "date")), s.facets(a, p)
	if a.Tab == index.Agreements {
		v.Doubt = a.doubted(a.request, p.Total, p.Uncertain)
		if a.Least() >= index.Sure {
			all := a.request
			all.MinConfidence = 0
			v.Doubt = doubtView{Text: a.w.text("table.sure", a.w.percent(a.Least())), Show: link{Href: all.href(), Text: a.w.text("way.uncertain")}}
		}
	}
	for _, tab := range []index.Tab{index.Agreements, index.Articles} {
		v.Counted = append(v.Counted, option{string(tab), a.w.text("tab." + string(tab)), tab == a.Tab})
	}
	form := a.request
	form.Cursor = ""
	for _, h := range form.fields() {
		if !slices.Contains(own, h.Name) {
			v.Hidden = append(v.Hidden, h)
		}
	}
	return v
}

// shownFiles offers what a view shows as files.
func (a *ask) shownFiles(text string) filesView {
	v := filesView{Text: text}
	for _, f := range tableFormats() {
		v.Files = append(v.Files, link{Href: a.fileURL(f.Ext), Text: f.Name})
	}
	v.Files = append(v.Files, link{Href: a.fileURL("manifest.json"), Text: a.w.text("files.manifest")})
	return v
}
