package web

import (
	"cmp"
	"html/template"
	"strconv"

	"kelisim/index"
	"kelisim/web/chart"
)

// trendView is the page of a trend.
type trendView struct {
	numbersView
	Bys     []option
	Splits  []option
	Queries []queryField
	Stop    link // comparing queries
	Kept    []hidden
	Panels  []panelView
	crosstab
}

// queryField is a field for a query beside the query.
type queryField struct{ Label, Text string }

// panelView is the picture of a series.
type panelView struct {
	Name, Lang string
	Drawn      string // how much of it has a bar, "" for all
	SVG        template.HTML
}

// trend answers «tab=trend».
func (s *server) trend(a *ask) (view, error) {
	x, err := s.trending(a)
	if err != nil {
		return view{}, err
	}
	a.By = x.By // links keep what is seen, whatever comes in
	name := a.w.text("trend.heading."+x.By, a.w.count(unit(a.Tab), x.Page.Total))
	v := trendView{numbersView: s.numbers(a, x.Page, name, "by", "split", "count")}
	for _, by := range periodNames {
		v.Bys = append(v.Bys, option{by, a.w.axisName(by), by == x.By})
	}
	if len(a.Versus) == 0 {
		v.Splits = append([]option{{"", a.w.text("trend.together"), a.Split == ""}}, a.axes(splitNames(), a.Split)...)
	} else {
		alone := a.request
		alone.Versus = nil
		v.Stop = link{Href: alone.href(), Text: a.w.text("trend.alone")}
	}
	for i := range mostVersus {
		f := queryField{Label: a.w.text("trend.query", a.w.number(i+2))}
		if i < len(a.Versus) {
			f.Text = a.Versus[i]
		}
		v.Queries = append(v.Queries, f)
	}
	bare := a.request
	bare.Split, bare.Versus = "", nil
	v.Kept = bare.fields()
	v.draw(a, x)
	v.fill(a, x)
	v.Files = a.shownFiles(a.w.text("table.files", a.w.number(len(v.Rows)+len(v.Feet)), a.w.number(len(x.Series))))
	if x.More > 0 {
		v.More = append(v.More, a.w.text("trend.more", a.w.number(mostSeries), a.w.number(mostSeries+x.More)))
	}
	if x.Earlier > 0 {
		v.More = append(v.More, a.w.text("trend.earlier", a.w.number(len(x.Periods)), a.w.number(len(x.Periods)+x.Earlier)))
	}
	v.More = append(v.More, a.w.text("trend.counting"))
	if a.Tab == index.Agreements {
		v.More = append(v.More, a.w.text("date.which")+".")
	}
	return view{page: "trend.html", data: v}, nil
}

// draw makes the pictures, all to one scale.
func (v *trendView) draw(a *ask, x trending) {
	most := 1
	for _, one := range x.Series {
		for _, n := range one.Counts {
			most = max(most, n)
		}
	}
	for i, one := range x.Series {
		if !one.drawn || len(x.Periods) == 0 {
			continue
		}
		b := chart.Bars{Alt: chart.Alt{ID: "series" + strconv.Itoa(i+1), Title: one.Name}, Most: most}
		if len(x.Series) > 1 {
			b.Top = a.w.number(most) // what the others are drawn to
		}
		best := 0
		for j, p := range x.Periods {
			if one.Counts[j] > one.Counts[best] {
				best = j
			}
			bar := chart.Bar{Value: one.Counts[j], Text: a.w.number(one.Counts[j])}
			bar.Label, bar.Group = a.w.barLabels(p)
			if bar.Value > 0 {
				r, _ := one.during(p)
				bar.Link = chart.Link{Href: r.href(), Title: a.w.text("date.bar", a.w.period(p), a.w.count(unit(a.Tab), bar.Value))}
			}
			b.Bars = append(b.Bars, bar)
		}
		b.Desc = a.w.text("trend.desc", a.w.period(x.Periods[best]), a.w.count(unit(a.Tab), one.Counts[best]))
		panel := panelView{Name: one.Name, Lang: one.Lang, SVG: template.HTML(b.SVG())}
		if drawn := sum(one.Counts); drawn < one.Total {
			panel.Drawn = a.w.text("trend.drawn", a.w.number(drawn), a.w.number(one.Total))
		}
		v.Panels = append(v.Panels, panel)
	}
}

func sum(n []int) (all int) {
	for _, x := range n {
		all += x
	}
	return all
}

// barLabels are what stands under a period's bar, and under the first of its year.
func (w *words) barLabels(p period) (label, group string) {
	d := p.first()
	switch p.by {
	case axisMonth:
		return w.month(d.Month, ".bar"), strconv.Itoa(d.Year)
	case axisQuarter:
		return quarters[p.at%4], strconv.Itoa(d.Year)
	}
	return strconv.Itoa(d.Year), ""
}

// fill makes the table of the same numbers.
func (v *trendView) fill(a *ask, x trending) {
	v.Caption, v.Corner = a.w.text("table.caption", a.w.text("tab."+string(a.Tab))), a.w.axisName(x.By)
	row := func(name string, numbers func(x *series) (int, request)) tableRow {
		out := tableRow{Head: cellView{Text: name}}
		for i := range x.Series {
			n, r := numbers(&x.Series[i])
			c := cellView{Text: a.w.number(n), Label: x.Series[i].Name + ", " + name + ": " + a.w.count(unit(a.Tab), n)}
			if n > 0 {
				c.Href = r.href()
			}
			out.Cells = append(out.Cells, c)
		}
		return out
	}
	for _, one := range x.Series {
		v.Heads = append(v.Heads, cellView{Text: one.Name, Lang: one.Lang})
	}
	for j := 0; j < len(x.Periods); j++ {
		p := x.Periods[j]
		if n := x.emptyFrom(j); n >= leastFolded {
			v.Rows = append(v.Rows, row(a.w.period(p)+" – "+a.w.period(x.Periods[j+n-1]), func(*series) (int, request) { return 0, request{} }))
			j += n - 1
			continue
		}
		v.Rows = append(v.Rows, row(a.w.period(p), func(x *series) (int, request) {
			if !x.drawn {
				return 0, request{}
			}
			r, _ := x.during(p)
			return x.Counts[j], r
		}))
	}
	if x.Earlier > 0 {
		v.Feet = append(v.Feet, row(a.w.text("trend.before"), func(one *series) (int, request) { return one.Before, one.before(x.Periods[0]) }))
	}
	v.Feet = append(v.Feet,
		row(a.w.text("trend.vague"), func(one *series) (int, request) { return one.Vague, one.vague(x.By) }),
		row(a.w.text("trend.undated"), func(one *series) (int, request) { return one.Undated, one.undated() }),
		row(a.w.text("table.total"), func(one *series) (int, request) { return one.Total, one.List }))
}

// leastFolded is from how many empty periods on the table has one line for all of them.
const leastFolded = 4

// emptyFrom is how many periods from one on have nothing in any series.
func (t *trending) emptyFrom(j int) (n int) {
	for ; j+n < len(t.Periods); n++ {
		for _, one := range t.Series {
			if one.Counts[j+n] > 0 {
				return n
			}
		}
	}
	return n
}

// trendSheet is a trend as a file has it: a line a period, then what has no place in one.
func (s *server) trendSheet(a *ask) (sheet, error) {
	x, err := s.trending(a)
	if err != nil {
		return sheet{}, err
	}
	out := sheet{names: []string{x.By, "key"}, keys: []string{"label", "key"}}
	for _, one := range x.Series {
		out.names, out.keys = append(out.names, one.Name), append(out.keys, cmp.Or(one.Key, one.Name))
	}
	row := func(name, key string, number func(x *series) int) {
		cells := []any{unbound(name), key}
		for i := range x.Series {
			cells = append(cells, number(&x.Series[i]))
		}
		out.rows = append(out.rows, cells)
	}
	for j, p := range x.Periods {
		row(a.w.period(p), p.key(), func(x *series) int { return x.Counts[j] })
	}
	row(a.w.text("trend.before"), "before", func(x *series) int { return x.Before })
	row(a.w.text("trend.vague"), "vague", func(x *series) int { return x.Vague })
	row(a.w.text("trend.undated"), "undated", func(x *series) int { return x.Undated })
	row(a.w.text("table.total"), "total", func(x *series) int { return x.Total })
	return out, nil
}
