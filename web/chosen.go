package web

import (
	"kelisim/index"
)

// chip is one thing chosen, with the way to drop it.
type chip struct {
	Facet, Value string
	Lang         string
	Not          string // «not» where the value is excluded
	Href         string
	Without      string // what dropping it yields
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
		drop(chip{Facet: a.w.text("facet.date"), Value: a.w.span(sel.From, sel.To)}, sel.WithRange(index.Date{}, index.Date{}))
	}
	undated := chip{Facet: a.w.text("facet.date"), Value: a.w.text("date.value.undated")}
	if sel.Includes("date", index.UndatedKey) {
		drop(undated, sel.Without("date", index.UndatedKey))
	}
	if sel.Excludes("date", index.UndatedKey) {
		undated.Not = a.w.text("not")
		drop(undated, sel.Without("date", index.UndatedKey))
	}
	for _, f := range index.Facets() {
		for _, v := range sel.Include[f.Name] {
			name := s.valueName(a, f, v)
			drop(chip{Facet: a.w.text("facet." + f.Name), Value: name, Lang: langOf(name, a.w.lang)}, sel.Without(f.Name, v))
		}
		for _, v := range sel.Exclude[f.Name] {
			name := s.valueName(a, f, v)
			drop(chip{Facet: a.w.text("facet." + f.Name), Value: name, Lang: langOf(name, a.w.lang), Not: a.w.text("not")}, sel.Without(f.Name, v))
		}
	}
	if a.MinConfidence != 0 {
		r := a.with(sel)
		r.MinConfidence = 0
		out = append(out, chip{Facet: a.w.text("confidence"), Value: a.w.text("confidence.from", a.w.percent(a.Least())), Href: r.href()})
	}
	if len(out) == 0 {
		return nil, nil
	}
	all := a.with(index.Selection{})
	all.MinConfidence = 0
	clear = &link{Href: all.href(), Text: a.w.text("chosen.clear")}
	t.want(all.Query, func(n int) { clear.Text += " — " + a.w.count(unit(a.Tab), n) })
	return out, clear
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
		return w.text("date.from", w.date(from))
	case from.IsZero():
		return w.text("date.to", w.date(to))
	}
	return w.date(from) + " – " + w.date(to)
}
