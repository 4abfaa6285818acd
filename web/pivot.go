package web

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"

	"kelisim/index"
)

// The axes of a table: each facet; institutions of the home country and of others apart; years, quarters and months.
const (
	axisHome    = "home"
	axisAbroad  = "abroad"
	axisYear    = "year"
	axisQuarter = "quarter"
	axisMonth   = "month"
)

const (
	maxRows = 30 // of a table: each asks the engine once
	maxCols = 10

	fewHeads = 6  // columns whose headings have room side by side, whatever their length
	longHead = 10 // letters of a heading that is wider than most numbers below it
)

// axisNames are all axes, in the order in which they are offered.
func axisNames() []string {
	return slices.Concat(splitNames(), periodNames)
}

// splitNames are those that are no time.
func splitNames() []string {
	return append([]string{axisHome, axisAbroad}, facetNames()...)
}

// facetOf is the facet whose values stand on an axis.
func facetOf(axis string) string {
	switch axis {
	case axisHome, axisAbroad:
		return "institution"
	case axisYear, axisQuarter, axisMonth:
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
	p, err := s.count(a, a.request)
	if err != nil {
		return pivot{}, err
	}
	out := pivot{Page: p}
	out.Rows, out.MoreRows = s.axis(a, a.Rows, p, maxRows)
	out.Cols, out.MoreCols = s.axis(a, a.Cols, p, maxCols)
	// The date facet has no counts of quarters, so that quarters are asked for one by one, as rows or as columns.
	asked, across, turned := a.Rows, a.Cols, a.Cols == axisQuarter
	values, others := out.Rows, out.Cols
	if turned {
		asked, across, values, others = across, asked, others, values
	}
	cells := make([][]int, len(values))
	err = s.together(len(values), func(i int) (err error) {
		cells[i], err = s.pivotRow(a, asked, &values[i], across, others)
		return err
	})
	if err != nil {
		return pivot{}, err
	}
	out.Cells = cells
	if turned {
		out.Cells = make([][]int, len(out.Rows))
		for i := range out.Cells {
			for j := range cells {
				out.Cells[i] = append(out.Cells[i], cells[j][i])
			}
		}
	}
	return out, nil
}

// together does n things that each ask the searcher, a few at once: others want to be answered too.
func (s *server) together(n int, do func(i int) error) error {
	fail := make([]error, n)
	var wg sync.WaitGroup
	room := make(chan struct{}, 4)
	for i := range n {
		wg.Go(func() {
			room <- struct{}{}
			defer func() {
				if p := recover(); p != nil { // of a goroutine: it must not take the server down
					fail[i] = fmt.Errorf("count: panic: %v", p)
				}
				<-room
			}()
			fail[i] = do(i)
		})
	}
	wg.Wait()
	return errors.Join(fail...)
}

func (s *server) pivotRow(a *ask, axis string, row *index.Count, across string, cols []index.Count) (cells []int, err error) {
	same := facetOf(axis) == facetOf(across)
	p, err := s.count(a, a.choosing(axis, row.Key, same))
	if err != nil {
		return nil, err
	}
	row.Count = p.Total
	have := map[string]int{}
	for _, c := range counts(p, facetOf(across)) {
		have[c.Key] = c.Count
	}
	cells = make([]int, 0, len(cols))
	for _, c := range cols {
		if c.Key == row.Key && same {
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
	case f == "date":
		p, _ := periodNamed(key)
		r.Selection = r.Selection.WithRange(p.first(), p.last())
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

// axis are the values of an axis and how many have no room: those chosen where some are, none that is excluded. Of times
// they are all from the first to the last, whether they have something or not.
func (s *server) axis(a *ask, axis string, p index.Page, most int) (out []index.Count, more int) {
	name := facetOf(axis)
	sel := a.Selection
	if name == "date" {
		all := counts(p, name)
		periods, more := spanned(axis, all, sel, most)
		for _, t := range periods {
			out = append(out, index.Count{Key: t.key(), Count: countOf(all, t)})
		}
		return out, more
	}
	for _, c := range counts(p, name) {
		if c.Count == 0 || c.Excluded || len(sel.Include[name]) > 0 && !c.Selected {
			continue
		}
		if axis == axisHome || axis == axisAbroad {
			e, ok := s.Labels.Entry(name, c.Key)
			if !ok || (e.Country == home) != (axis == axisHome) {
				continue
			}
		}
		out = append(out, c)
	}
	if f, ok := index.FacetNamed(name); ok {
		out = s.sorted(a, f, out)
	}
	more = max(0, len(out)-most)
	out = out[:len(out)-more]
	if a.Order == "name" && name != "status" && name != "exact" {
		order := collate.New(a.w.tag)
		slices.SortStableFunc(out, func(x, y index.Count) int {
			return order.CompareString(s.axisLabel(a, axis, x.Key), s.axisLabel(a, axis, y.Key))
		})
	}
	return out, more
}

func (s *server) axisLabel(a *ask, axis, key string) string {
	if axis == axisYear {
		return key // the axis says that it is a year
	}
	if p, ok := periodNamed(key); ok && facetOf(axis) == "date" {
		return a.w.period(p)
	}
	f, _ := index.FacetNamed(facetOf(axis))
	return upperFirst(s.label(a, f, key))
}

// axisName is the name of an axis in words.
func (w *words) axisName(axis string) string {
	switch axis {
	case axisHome, axisAbroad, axisYear, axisQuarter, axisMonth:
		return w.text("axis." + axis)
	}
	return w.text("facet." + axis)
}

// tableView is the page of a table.
type tableView struct {
	numbersView
	RowAxes []option
	ColAxes []option
	Orders  []option
	Pair    string // where two are set side by side
	crosstab
}

// crosstab is numbers in rows and columns.
type crosstab struct {
	Caption, Corner string
	Total           string // the heading of the rows' totals, "" where they have none
	Heads           []cellView
	Upright         bool // so many long headings stand upright that the first column keeps its room
	Rows, Feet      []tableRow
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
	r := a.listed()
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
	name := a.w.text("table.heading", a.w.axisName(a.Rows), lowerFirst(a.w.axisName(a.Cols)), a.w.count(unit(a.Tab), x.Page.Total))
	v := tableView{numbersView: s.numbers(a, x.Page, name, "rows", "cols", "count", "order")}
	v.RowAxes, v.ColAxes = a.axes(axisNames(), a.Rows), a.axes(axisNames(), a.Cols)
	for _, order := range orders(table) {
		v.Orders = append(v.Orders, option{order, a.w.text("table.order." + order), order == cmp.Or(a.Order, orders(table)[0])})
	}
	v.Pair = a.compareWith("").url()
	v.fill(s, a, x)
	v.Files = a.shownFiles(a.w.text("table.files", a.w.number(len(x.Rows)), a.w.number(len(x.Cols))))
	return view{page: "table.html", data: v}, nil
}

// axes are the choices of a form for an axis.
func (a *ask) axes(names []string, chosen string) (out []option) {
	for _, name := range names {
		out = append(out, option{name, a.w.axisName(name), name == chosen})
	}
	return out
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
	v.Total = all
	foot := tableRow{Head: cellView{Text: all}, Total: cell(x.Page.Total, "", "", all)}
	for _, c := range x.Cols {
		h := head(a.Cols, c.Key)
		v.Heads = append(v.Heads, h)
		foot.Cells = append(foot.Cells, cell(c.Count, "", c.Key, h.Text))
	}
	long := slices.ContainsFunc(v.Heads, func(c cellView) bool { return utf8.RuneCountInString(c.Text) > longHead })
	v.Upright = long && len(v.Heads) > fewHeads
	v.Feet = []tableRow{foot}
	for i, r := range x.Rows {
		row := tableRow{Head: head(a.Rows, r.Key)}
		for j, c := range x.Cols {
			row.Cells = append(row.Cells, cell(x.Cells[i][j], r.Key, c.Key, row.Head.Text+", "+v.Heads[j].Text))
		}
		row.Total = cell(r.Count, r.Key, "", row.Head.Text+", "+all)
		v.Rows = append(v.Rows, row)
	}
	for _, side := range []struct {
		axis, key   string
		shown, more int
	}{{a.Rows, "table.more.rows", len(x.Rows), x.MoreRows}, {a.Cols, "table.more.cols", len(x.Cols), x.MoreCols}} {
		if facetOf(side.axis) == "date" {
			side.key = "trend.earlier" // of times the last ones are shown
		}
		if side.more > 0 {
			v.More = append(v.More, a.w.text(side.key, a.w.number(side.shown), a.w.number(side.shown+side.more)))
		}
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
			out.Values = append(out.Values, value{c.Key, unbound(s.axisLabel(a, name, c.Key)), c.Count})
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
