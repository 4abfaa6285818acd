package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"golang.org/x/text/collate"

	"kelisim/index"
	"kelisim/web/export"
)

// table is the view that counts two facets against each other.
const table = "table"

// The axes of a table: each facet; institutions of the home country and of others apart; years.
const (
	axisHome   = "home"
	axisAbroad = "abroad"
	axisYear   = "year"
)

const (
	maxRows = 30 // of a table: each asks the engine once
	maxCols = 10
)

// axisNames are all axes, in the order in which they are offered.
func axisNames() []string {
	return append([]string{axisHome, axisAbroad}, append(facetNames(), axisYear)...)
}

// facetOf is the facet whose values stand on an axis.
func facetOf(axis string) string {
	switch axis {
	case axisHome, axisAbroad:
		return "institution"
	case axisYear:
		return "date"
	}
	return axis
}

// pivot is two facets counted against each other.
type pivot struct {
	Rows, Cols         []index.Count // Count is the total of the row or column
	Cells              [][]int       // a row of columns
	MoreRows, MoreCols int           // that have no room
	Page               index.Page    // of the search without the axes' values
}

// pivot counts. A row is the search with the row's value; its cells are the counts that this search has in the column's
// facet: so a cell is the total of choosing both.
func (s *server) pivot(a *ask) (pivot, error) {
	q := a.Query
	q.Size, q.Cursor = 1, ""
	p, err := s.Searcher.Search(a.ctx, q)
	if err != nil {
		return pivot{}, err
	}
	out := pivot{Page: p}
	out.Rows, out.MoreRows = s.axis(a, a.Rows, p, maxRows)
	out.Cols, out.MoreCols = s.axis(a, a.Cols, p, maxCols)
	out.Cells = make([][]int, len(out.Rows))
	fail := make([]error, len(out.Rows))
	var wg sync.WaitGroup
	room := make(chan struct{}, 4) // rows asked for at once: others want to be answered too
	for i := range out.Rows {
		wg.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			out.Cells[i], fail[i] = s.pivotRow(a, &out.Rows[i], out.Cols)
		})
	}
	wg.Wait()
	for _, err := range fail {
		if err != nil {
			return pivot{}, err
		}
	}
	return out, nil
}

func (s *server) pivotRow(a *ask, row *index.Count, cols []index.Count) (cells []int, err error) {
	defer func() {
		if p := recover(); p != nil { // of a goroutine: it must not take the server down
			err = fmt.Errorf("count a row: panic: %v", p)
		}
	}()
	q := a.choosing(a.Rows, row.Key, facetOf(a.Rows) == facetOf(a.Cols)).Query
	q.Size, q.Cursor = 1, ""
	p, err := s.Searcher.Search(a.ctx, q)
	if err != nil {
		return nil, err
	}
	row.Count = p.Total
	have := map[string]int{}
	for _, c := range counts(p, facetOf(a.Cols)) {
		have[c.Key] = c.Count
	}
	cells = make([]int, 0, len(cols))
	for _, c := range cols {
		if c.Key == row.Key && facetOf(a.Rows) == facetOf(a.Cols) {
			have[c.Key] = p.Total
		}
		cells = append(cells, have[c.Key])
	}
	return cells, nil
}

// choosing is the search with one value of an axis instead of what is chosen in its facet. As a part of the query's text it
// leaves the facet free: two values of one facet hold together so.
func (r request) choosing(axis, key string, asText bool) request {
	r.Cursor, r.More, r.Find = "", "", ""
	f := facetOf(axis)
	r.Selection = r.Selection.WithoutFacet(f)
	switch {
	case axis == axisYear:
		d, _ := index.ParseDate(key)
		r.Selection = r.Selection.WithRange(d, d)
	case asText:
		text := asField(f, key)
		if r.Text != "" {
			text = r.Text + " " + text
		}
		r.Text = text
	default:
		r.Selection = r.Selection.With(f, key)
	}
	return r
}

// axis are the values of an axis and how many have no room: those chosen where some are, none that is excluded.
func (s *server) axis(a *ask, axis string, p index.Page, most int) (out []index.Count, more int) {
	name := facetOf(axis)
	sel := a.Selection
	for _, c := range counts(p, name) {
		if c.Count == 0 || c.Excluded || len(sel.Include[name]) > 0 && !c.Selected {
			continue
		}
		switch axis {
		case axisYear:
			if len(c.Key) != len("2025") {
				continue
			}
		case axisHome, axisAbroad:
			e, ok := s.Labels.Entry(name, c.Key)
			if !ok || (e.Country == home) != (axis == axisHome) {
				continue
			}
		}
		out = append(out, c)
	}
	f, ok := index.FacetNamed(name)
	switch {
	case axis == axisYear:
		slices.SortFunc(out, func(x, y index.Count) int { return cmp.Compare(x.Key, y.Key) })
		if more = len(out) - most; more > 0 {
			out = out[more:]
		}
		return out, max(0, more)
	case ok:
		out = s.sorted(a, f, out)
	}
	more = max(0, len(out)-most)
	out = out[:len(out)-more]
	if a.Order == "name" && name != "status" {
		order := collate.New(a.w.tag)
		slices.SortStableFunc(out, func(x, y index.Count) int {
			return order.CompareString(s.axisLabel(a, axis, x.Key), s.axisLabel(a, axis, y.Key))
		})
	}
	return out, more
}

func (s *server) axisLabel(a *ask, axis, key string) string {
	if axis == axisYear {
		d, _ := index.ParseDate(key)
		return a.w.date(d)
	}
	f, _ := index.FacetNamed(facetOf(axis))
	return upperFirst(s.label(a, f, key))
}

// axisName is the name of an axis in words.
func (w *words) axisName(axis string) string {
	switch axis {
	case axisHome, axisAbroad, axisYear:
		return w.text("axis." + axis)
	}
	return w.text("facet." + axis)
}

// tableView is the page of a table.
type tableView struct {
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
	Hidden      []hidden
	RowAxes     []option
	ColAxes     []option
	Counted     []option
	Orders      []option
	Corner      string
	Caption     string
	Heads       []cellView
	Rows        []tableRow
	Foot        []cellView
	More        []string
}

// option is a choice of a form.
type option struct {
	Value, Text string
	Chosen      bool
}

// cellView is a number with the way to what it counts; Href is "" for nothing.
type cellView struct {
	Text, Lang, Href, Label string
}

type tableRow struct {
	Head, Total cellView
	Cells       []cellView
}

// evidence is the list behind a cell: the table's search with a row's value, a column's, or both.
func (s *server) evidence(a *ask, row, col string) request {
	r := a.request
	r.View, r.Rows, r.Cols, r.Order, r.Cursor = "", "", "", "", ""
	same := facetOf(a.Rows) == facetOf(a.Cols)
	if row != "" {
		r = r.choosing(a.Rows, row, same)
	}
	if col != "" {
		r = r.choosing(a.Cols, col, same && row != "")
	}
	return r
}

// table answers «tab=table».
func (s *server) table(a *ask) (view, error) {
	x, err := s.pivot(a)
	if err != nil {
		return view{}, err
	}
	p, t := x.Page, s.tally(a)
	name := a.w.text("table.heading", a.w.axisName(a.Rows), lowerFirst(a.w.axisName(a.Cols)), a.w.count(unit(a.Tab), p.Total))
	v := tableView{frame: s.frameOf(a, a.request, name, p.Holdings), Heading: name, Permalink: a.permalink()}
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
	v.forms(a)
	v.fill(s, a, x)
	v.Files = filesView{Text: a.w.text("table.files", a.w.number(len(x.Rows)), a.w.number(len(x.Cols)))}
	for _, f := range export.Formats {
		if !f.Literature() {
			v.Files.Files = append(v.Files.Files, link{Href: a.fileURL(f.Ext), Text: f.Name})
		}
	}
	v.Files.Files = append(v.Files.Files, link{Href: a.fileURL("manifest.json"), Text: a.w.text("files.manifest")})
	return view{page: "table.html", data: v}, nil
}

// forms are the choices of the axes.
func (v *tableView) forms(a *ask) {
	for _, axis := range axisNames() {
		v.RowAxes = append(v.RowAxes, option{axis, a.w.axisName(axis), axis == a.Rows})
		v.ColAxes = append(v.ColAxes, option{axis, a.w.axisName(axis), axis == a.Cols})
	}
	for _, tab := range []index.Tab{index.Agreements, index.Articles} {
		v.Counted = append(v.Counted, option{string(tab), a.w.text("tab." + string(tab)), tab == a.Tab})
	}
	for _, order := range []string{"size", "name"} {
		v.Orders = append(v.Orders, option{order, a.w.text("table.order." + order), order == cmp.Or(a.Order, "size")})
	}
	form := a.request
	form.Cursor = ""
	for _, h := range form.fields() {
		if !slices.Contains([]string{"rows", "cols", "count", "order"}, h.Name) {
			v.Hidden = append(v.Hidden, h)
		}
	}
}

func (v *tableView) fill(s *server, a *ask, x pivot) {
	v.Corner = a.w.axisName(a.Rows)
	v.Caption = a.w.text("table.caption", a.w.text("tab."+string(a.Tab)))
	cell := func(n int, row, col, label string) cellView {
		c := cellView{Text: a.w.number(n), Label: label + ": " + a.w.count(unit(a.Tab), n)}
		if n > 0 {
			c.Href = s.evidence(a, row, col).href()
		}
		return c
	}
	head := func(axis, key string) cellView {
		name := s.axisLabel(a, axis, key)
		c := cellView{Text: name, Lang: langOf(name, a.w.lang)}
		if f := facetOf(axis); f == "country" || f == "institution" {
			c.Href = a.entryURL(f, key)
		}
		if unconfirmed(key) {
			c.Text += " (" + a.w.text("unconfirmed") + ")"
		}
		return c
	}
	all := a.w.text("table.total")
	for _, c := range x.Cols {
		h := head(a.Cols, c.Key)
		v.Heads = append(v.Heads, h)
		v.Foot = append(v.Foot, cell(c.Count, "", c.Key, h.Text))
	}
	v.Foot = append(v.Foot, cell(x.Page.Total, "", "", all))
	for i, r := range x.Rows {
		row := tableRow{Head: head(a.Rows, r.Key)}
		for j, c := range x.Cols {
			row.Cells = append(row.Cells, cell(x.Cells[i][j], r.Key, c.Key, row.Head.Text+", "+v.Heads[j].Text))
		}
		row.Total = cell(r.Count, r.Key, "", row.Head.Text+", "+all)
		v.Rows = append(v.Rows, row)
	}
	if x.MoreRows > 0 {
		v.More = append(v.More, a.w.text("table.more.rows", a.w.number(maxRows), a.w.number(maxRows+x.MoreRows)))
	}
	if x.MoreCols > 0 {
		v.More = append(v.More, a.w.text("table.more.cols", a.w.number(maxCols), a.w.number(maxCols+x.MoreCols)))
	}
}

// apiPivot answers «/api/v1/pivot» with the same numbers.
func (s *server) apiPivot(a *ask) (any, error) {
	x, err := s.pivot(a)
	if err != nil {
		return nil, err
	}
	type value struct {
		Key   string `json:"key"`
		Label string `json:"label"`
		Total int    `json:"total"`
	}
	type axis struct {
		Axis   string  `json:"axis"`
		Values []value `json:"values"`
		More   int     `json:"more"` // values without room
	}
	of := func(name string, values []index.Count, more int) axis {
		out := axis{name, []value{}, more}
		for _, c := range values {
			out.Values = append(out.Values, value{c.Key, s.axisLabel(a, name, c.Key), c.Count})
		}
		return out
	}
	return struct {
		Total      int     `json:"total"`
		Counted    string  `json:"counted"`
		Confidence string  `json:"min_confidence"`
		Rows       axis    `json:"rows"`
		Cols       axis    `json:"cols"`
		Cells      [][]int `json:"cells"`
	}{x.Page.Total, string(a.Tab), a.Least().String(), of(a.Rows, x.Rows, x.MoreRows), of(a.Cols, x.Cols, x.MoreCols), x.Cells}, nil
}

// tableFile writes a table as a file.
func (s *server) tableFile(w http.ResponseWriter, a *ask, f export.Format, m export.Manifest) {
	var x pivot
	err := s.within(a, func() (err error) {
		x, err = s.pivot(a)
		return err
	})
	if err != nil {
		s.failPage(w, a, err)
		return
	}
	m.Columns = []string{a.Rows, "key"}
	for _, c := range x.Cols {
		m.Columns = append(m.Columns, s.axisLabel(a, a.Cols, c.Key))
	}
	m.Columns = append(m.Columns, "total")
	s.stream(w, a, f, m, func(yield func(export.Row) error) error {
		for i, r := range x.Rows {
			name := s.axisLabel(a, a.Rows, r.Key)
			cells := []any{name, r.Key}
			object := map[string]any{"label": name, "key": r.Key, "total": r.Count}
			for j, c := range x.Cols {
				cells = append(cells, x.Cells[i][j])
				object[c.Key] = x.Cells[i][j]
			}
			if err := yield(export.Row{Cells: append(cells, r.Count), Object: object}); err != nil {
				return err
			}
		}
		return nil
	})
}
