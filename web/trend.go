package web

import (
	"slices"

	"kelisim/index"
)

const (
	mostSeries  = 4  // side by side on a page
	mostPeriods = 36 // bars of one picture: three years of months
	mostPoints  = 96 // bars of all pictures together: each is a link twice
)

// trending is numbers by time, a series a value or query.
type trending struct {
	By      string
	Periods []period
	Earlier int // periods before them that have no room
	Series  []series
	More    int        // values that have no room
	Page    index.Page // of the search without the series' values
}

// series are the numbers of one value or query. What has a date that may lie in several periods is counted apart, and so is
// what has none: no number holds what another does.
type series struct {
	Key, Name, Lang string
	List            request // all of it
	exact           request // what lies in one period
	drawn           bool    // whether there can be such
	dates           []index.Count
	notes           []index.Note // on how it was read
	Counts          []int        // by period
	Before          int          // the first period
	Vague           int
	Undated         int
	Total           int
}

// exactNames are the values of the facet exact, each with all that come before it.
var exactNames = []string{"day", axisMonth, axisQuarter, axisYear}

// exactTo keeps what is dated so exactly that it lies in one period; where the reader asked for more, that stays. ok is false
// where he asked for less.
func (r request) exactTo(by string) (out request, ok bool) {
	least, sel := slices.Index(exactNames, by), r.Selection
	if slices.ContainsFunc(exactNames[least:], func(name string) bool { return sel.Excludes("exact", name) }) {
		return r, false
	}
	if r.asksExact() > least {
		for _, name := range exactNames {
			if sel.Includes("exact", name) {
				sel = sel.Without("exact", name)
			}
		}
		r.Selection = sel.With("exact", by)
	}
	return r, true
}

// asksExact is how exact a date the reader asked for: a place in exactNames, behind all of them where he asked for none.
func (r request) asksExact() int {
	for i := len(exactNames) - 1; i >= 0; i-- {
		if r.Selection.Includes("exact", exactNames[i]) {
			return i
		}
	}
	return len(exactNames)
}

// ranged reports whether a range of days is chosen.
func ranged(s index.Selection) bool { return !s.From.IsZero() || !s.To.IsZero() }

// during is a series' list in one period, as far as the chosen range goes; clipped is true where that is not all of it.
func (x *series) during(p period) (r request, clipped bool) {
	r = x.exact
	from, to := p.first(), p.last()
	if sel := r.Selection; !sel.From.IsZero() && sel.From.First() > from.First() {
		from, clipped = sel.From, true
	}
	if sel := r.Selection; !sel.To.IsZero() && sel.To.Last() < to.Last() {
		to, clipped = sel.To, true
	}
	r.Selection = r.Selection.WithoutFacet("date").WithRange(from, to)
	return r, clipped
}

// before is a series' list before a period.
func (x *series) before(p period) request {
	r := x.exact
	to := period{p.by, p.at - 1}.last()
	r.Selection = r.Selection.WithoutFacet("date").WithRange(r.Selection.From, to)
	return r
}

// vague is what of a series has a date that may lie in several periods.
func (x *series) vague(by string) request {
	r := x.List
	sel := r.Selection.WithoutFacet("date").WithRange(r.Selection.From, r.Selection.To).With("exact", "-"+by)
	if !ranged(sel) {
		sel = sel.With("date", "-"+index.UndatedKey)
	}
	r.Selection = sel
	return r
}

// undated is what of a series has no date.
func (x *series) undated() request {
	r := x.List
	r.Selection = r.Selection.WithoutFacet("date").With("date", index.UndatedKey)
	return r
}

// trending counts.
func (s *server) trending(a *ask) (trending, error) {
	p, err := s.count(a, a.request)
	if err != nil {
		return trending{}, err
	}
	a.notes = p.Notes
	out := trending{Page: p}
	out.Series, out.More = s.seriesOf(a, p)
	if out.By = a.By; out.By == "" {
		out.By = s.fitting(a, p, len(out.Series))
	}
	err = s.together(len(out.Series), func(i int) error { return s.dated(a, &out.Series[i], out.By) })
	if err != nil {
		return out, err
	}
	var all []index.Count
	var within index.Selection // the range of all, if it is one
	for i, x := range out.Series {
		all = append(all, x.dates...)
		if i > 0 && a.Split == "" {
			for _, n := range x.notes {
				a.beside = append(a.beside, placedNote{n, i})
			}
		}
		if sel := x.List.Selection; i == 0 {
			within = within.WithRange(sel.From, sel.To)
		} else if sel.From != within.From || sel.To != within.To {
			within = index.Selection{}
		}
	}
	out.Periods, out.Earlier = spanned(out.By, all, within, room(len(out.Series)))
	return out, s.totals(a, out.counted())
}

// room is how many periods may be drawn of so many series.
func room(series int) int { return min(mostPeriods, mostPoints/max(series, 1)) }

// seriesOf are what stands side by side: the values of an axis, or the query and those beside it, or all together.
func (s *server) seriesOf(a *ask, p index.Page) (out []series, more int) {
	if a.Split == "" {
		for i, text := range append([]string{a.Text}, a.Versus...) {
			r := a.listed()
			r.Text = text
			x := series{Key: text, Name: text, List: r}
			if i == 0 && text == "" {
				x.Key, x.Name = "all", a.w.text("trend.all")
			}
			x.Lang = langOf(x.Name, a.w.lang)
			out = append(out, x)
		}
		return out, 0
	}
	values, more := s.axis(a, a.Split, p, mostSeries)
	for _, c := range values {
		x := series{Key: c.Key, Name: s.axisLabel(a, a.Split, c.Key), List: a.choosing(a.Split, c.Key, false).listed()}
		x.Lang = langOf(x.Name, a.w.lang)
		if unconfirmed(c.Key) {
			x.Name += " (" + a.w.text("unconfirmed") + ")"
		}
		out = append(out, x)
	}
	return out, more
}

// fitting is the shortest period of which nearly all that is dated has room: one agreement of twenty years ago must not make
// two bars of all others.
func (s *server) fitting(a *ask, p index.Page, series int) string {
	all := counts(p, "date")
	for _, by := range []string{axisMonth, axisQuarter} {
		inside, out := 0, 0
		shown, _ := spanned(by, all, a.Selection, min(room(series), mostMonths))
		for _, c := range all {
			d, err := index.ParseDate(c.Key)
			switch {
			case err != nil || d.Month == 0 || !overlaps(d, a.Selection):
			case len(shown) > 0 && periodOf(by, d).at >= shown[0].at:
				inside += c.Count
			default:
				out += c.Count
			}
		}
		if out*10 <= inside {
			return by
		}
	}
	return axisYear
}

// dated asks for a series' numbers of years and months.
func (s *server) dated(a *ask, x *series, by string) error {
	p, err := s.count(a, x.List)
	if err != nil {
		return err
	}
	x.Total, x.notes = p.Total, p.Notes
	// Dates that the query's text chooses become a choice like any other: a period takes their place.
	for sel := p.Query.Selection; ; {
		i := slices.IndexFunc(p.Notes, func(n index.Note) bool { return n.Code == "filter.date" && n.Undo != nil })
		if i < 0 {
			break
		}
		x.List.Text = p.Notes[i].Undo.Text
		x.List.Selection = sameDates(x.List.Selection, sel)
		without := x.List
		without.Selection = without.Selection.WithoutFacet("date")
		if p, err = s.count(a, without); err != nil {
			return err
		}
	}
	exact, ok := x.List.exactTo(by)
	if x.drawn = ok && x.hasDates(); !x.drawn {
		return nil
	}
	x.exact = exact
	p, err = s.count(a, exact)
	x.dates = counts(p, "date")
	return err
}

// count asks for a request's counts.
func (s *server) count(a *ask, r request) (index.Page, error) {
	q := r.Query
	q.CountsOnly, q.Cursor = true, ""
	return s.Searcher.Search(a.ctx, q)
}

// sameDates is a selection with the dates that another chooses.
func sameDates(s, of index.Selection) index.Selection {
	s = s.WithoutFacet("date").WithRange(of.From, of.To)
	for _, v := range of.Include["date"] {
		s = s.With("date", v)
	}
	for _, v := range of.Exclude["date"] {
		s = s.With("date", "-"+v)
	}
	return s
}

// hasDates reports whether a series has more than what is undated.
func (x *series) hasDates() bool {
	return ranged(x.List.Selection) || !x.List.Selection.Includes("date", index.UndatedKey)
}

// hasUndated reports whether a series may have what is undated.
func (x *series) hasUndated() bool {
	sel := x.List.Selection
	return sel.Includes("date", index.UndatedKey) || !ranged(sel) && !sel.Excludes("date", index.UndatedKey)
}

// counted fills in the numbers that are known, and gives those that are still to be asked for: all but those of whole years
// and months.
func (t *trending) counted() (want []wantedTotal) {
	for i := range t.Series {
		x := &t.Series[i]
		x.Counts = make([]int, len(t.Periods))
		if x.hasDates() && x.List.asksExact() > slices.Index(exactNames, t.By) {
			want = append(want, wantedTotal{x.vague(t.By), &x.Vague})
		}
		if x.hasUndated() {
			want = append(want, wantedTotal{x.undated(), &x.Undated})
		}
		if !x.drawn {
			continue
		}
		if t.Earlier > 0 {
			want = append(want, wantedTotal{x.before(t.Periods[0]), &x.Before})
		}
		for j, p := range t.Periods {
			if r, clipped := x.during(p); clipped || p.by == axisQuarter {
				want = append(want, wantedTotal{r, &x.Counts[j]})
			} else {
				x.Counts[j] = countOf(x.dates, p)
			}
		}
	}
	return want
}

// wantedTotal is a number that is asked for by itself.
type wantedTotal struct {
	of   request
	into *int
}

// totals asks for numbers, all of which are needed.
func (s *server) totals(a *ask, want []wantedTotal) error {
	return s.together(len(want), func(i int) error {
		q := want[i].of.Query
		q.TotalOnly, q.Cursor = true, ""
		p, err := s.Searcher.Search(a.ctx, q)
		*want[i].into = p.Total
		return err
	})
}
