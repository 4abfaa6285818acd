package web

import (
	"html/template"
	"strconv"

	"kelisim/index"
)

// chip is one thing chosen, with the way to drop it.
type chip struct {
	Facet   string
	Value   template.HTML // with «not» where it is excluded
	Href    string
	Without string // what dropping it yields
}

// chosen lists what is chosen in the order of the facets, and the way to drop all of it.
func (s *server) chosen(a *ask, t *tally) (out []chip, clear *link) {
	drop := func(c chip, to index.Selection) {
		r := a.with(to)
		c.Href = r.href()
		out = append(out, c)
		at := len(out) - 1
		t.want(r.Query, func(n int) { out[at].Without = a.w.count("chip.without", n) })
	}
	sel := a.Selection
	if !sel.From.IsZero() || !sel.To.IsZero() {
		drop(chip{Facet: a.w.text("facet.date"), Value: a.chosenName(a.w.span(sel.From, sel.To), false)}, sel.WithRange(index.Date{}, index.Date{}))
	}
	undated := chip{Facet: a.w.text("facet.date"), Value: a.chosenName(a.w.text("date.value.undated"), false)}
	if sel.Includes("date", index.UndatedKey) {
		drop(undated, sel.Without("date", index.UndatedKey))
	}
	if sel.Excludes("date", index.UndatedKey) {
		undated.Value = a.chosenName(a.w.text("date.value.undated"), true)
		drop(undated, sel.Without("date", index.UndatedKey))
	}
	for _, f := range index.Facets() {
		for _, v := range sel.Include[f.Name] {
			name := s.valueName(a, f, v)
			drop(chip{Facet: a.w.text("facet." + f.Name), Value: a.chosenName(name, false)}, sel.Without(f.Name, v))
		}
		for _, v := range sel.Exclude[f.Name] {
			name := s.valueName(a, f, v)
			drop(chip{Facet: a.w.text("facet." + f.Name), Value: a.chosenName(name, true)}, sel.Without(f.Name, v))
		}
	}
	if a.MinConfidence != 0 {
		r := a.with(sel)
		r.MinConfidence = 0
		out = append(out, chip{Facet: a.w.text("confidence"), Value: a.chosenName(a.w.text("confidence.from", a.w.percent(a.Least())), false), Href: r.href()})
	}
	if len(out) == 0 {
		return nil, nil
	}
	all := a.with(a.Selection.Cleared())
	all.MinConfidence = 0
	clear = &link{Href: all.href(), Text: a.w.text("chosen.clear")}
	t.want(all.Query, func(n int) { clear.Text += " — " + a.w.count(unit(a.Tab), n) })
	return out, clear
}

// chosenName is a value in a chip, with «not» where it is excluded: before it or behind, as the language has it.
func (a *ask) chosenName(name string, not bool) template.HTML {
	if not {
		return a.w.rich("chip.not", strong(name, a.w.lang))
	}
	return strong(name, a.w.lang)
}

// valueName is a value as it stands inside a line: names keep their capital, words do not.
func (s *server) valueName(a *ask, f index.Facet, key string) string {
	if f.Labels == index.ByMessage {
		return lowerFirst(s.label(a, f, key))
	}
	return s.label(a, f, key)
}

// span says a range of dates in words.
func (w *words) span(from, to index.Date) string {
	switch {
	case from == to:
		return w.date(from)
	case to.IsZero():
		return w.bound("date.from", from)
	case from.IsZero():
		return w.bound("date.to", to)
	}
	return w.date(from) + " – " + w.date(to)
}

// bound says where a range begins («date.from») or ends («date.to»): «с ноября 2025», «2025 ж. қарашадан бастап».
func (w *words) bound(key string, d index.Date) string {
	year := strconv.Itoa(d.Year)
	form := map[string]string{"date.from": ".from", "date.to": ".to"}[key]
	switch {
	case d.Month == 0:
		return w.text(key+".year", year)
	case d.Day == 0:
		return w.text(key+".month", year, w.month(d.Month, form))
	case form == ".to":
		form = ".until" // «по ноябрь», but «по 17 ноября»
	}
	return w.text(key+".day", year, w.month(d.Month, form), strconv.Itoa(d.Day))
}
