package web

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"kelisim/index"
)

const (
	shownValues = 6   // of a facet beside the results; the rest is a click away
	listed      = 500 // of a facet on its own page; beyond it readers search
)

// facetView is a facet beside the results.
type facetView struct {
	ID, Name string
	Values   []valueView
	More     link
}

// valueView is a value of a facet: the first link widens by it or drops it, the second excludes it.
type valueView struct {
	Label, Lang string
	Count       string
	Href        string
	Chosen      bool
	Unconfirmed bool // nobody has looked at this name yet
	Not         link
	Excluded    bool
	Spoken      string // what Not says by itself
}

func (s *server) facets(a *ask, p index.Page) []facetView {
	var out []facetView
	for _, f := range index.Facets() {
		all := counts(p, f.Name)
		if f.Quiet {
			all = slices.DeleteFunc(slices.Clone(all), func(c index.Count) bool { return !c.Selected && !c.Excluded })
		}
		if len(all) == 0 {
			continue
		}
		v := facetView{ID: f.Name, Name: a.w.text("facet." + f.Name)}
		for i, c := range s.sorted(a, f, likely(checked(all))) {
			// What is chosen is always in sight.
			if i < shownValues || c.Selected || c.Excluded {
				v.Values = append(v.Values, s.value(a, f, c))
			}
		}
		if rest := len(all) - len(v.Values); rest > 0 {
			more := a.request
			more.Cursor, more.More = "", f.Name
			v.More = link{Href: more.href(), Text: a.w.count("facet.more", rest)}
		}
		out = append(out, v)
	}
	return out
}

// checked leaves out names that nobody has checked: they stand on the page of the whole list. What is chosen stays.
func checked(all []index.Count) []index.Count {
	return slices.DeleteFunc(slices.Clone(all), func(c index.Count) bool { return unconfirmed(c.Key) && !c.Selected && !c.Excluded })
}

// likely leaves the values that may be shown beside the results: an archive has thousands of institutions, and putting
// their names in the order of the alphabet takes longer than the search.
func likely(all []index.Count) []index.Count {
	if len(all) <= 2*shownValues {
		return all
	}
	byCount := slices.SortedFunc(slices.Values(all), func(x, y index.Count) int { return cmp.Compare(y.Count, x.Count) })
	least := byCount[shownValues-1].Count
	return slices.DeleteFunc(byCount, func(c index.Count) bool { return c.Count < least && !c.Selected && !c.Excluded })
}

func (s *server) value(a *ask, f index.Facet, c index.Count) valueView {
	v := valueView{
		Label: upperFirst(s.label(a, f, c.Key)), Count: a.w.number(c.Count), Chosen: c.Selected, Excluded: c.Excluded,
		Unconfirmed: unconfirmed(c.Key),
	}
	if f.Name == "lang" {
		v.Label = s.label(a, f, c.Key)
	}
	v.Lang = langOf(v.Label, a.w.lang)
	without := a.with(a.Selection.Without(f.Name, c.Key))
	if (c.Selected || c.Excluded) && !a.Selection.Includes(f.Name, c.Key) && !a.Selection.Excludes(f.Name, c.Key) {
		without.Text = a.unchosen(f.Name, c.Key) // it was chosen by a field in the query's text
	}
	v.Href = a.with(a.Selection.With(f.Name, c.Key)).href()
	v.Not = link{Href: a.with(a.Selection.With(f.Name, "-"+c.Key)).href(), Text: a.w.text("not")}
	v.Spoken = a.w.text("not.value", v.Label)
	switch {
	case c.Selected:
		v.Href = without.href()
	case c.Excluded:
		v.Not.Href = without.href()
	case c.Count == 0:
		v.Not = link{}
	}
	return v
}

// unconfirmed reports whether a key stands for a name that was found by its pattern only, and is in no table yet.
func unconfirmed(key string) bool { return strings.HasPrefix(key, "new:") }

// guess is 1 for such a key, to sort by.
func guess(key string) int {
	if unconfirmed(key) {
		return 1
	}
	return 0
}

// unchosen is the query's text without the field that chose a value.
func (a *ask) unchosen(facet, key string) string {
	for _, n := range a.notes {
		if n.Code == "filter" && n.Undo != nil && slices.Contains(n.Values, index.Value{Facet: facet, Key: key}) {
			return n.Undo.Text
		}
	}
	return a.Text
}

// label is the name of a facet's value in the reader's language.
func (s *server) label(a *ask, f index.Facet, key string) string { return s.labelIn(a.w, f, key) }

func (s *server) labelIn(w *words, f index.Facet, key string) string {
	switch f.Labels {
	case index.ByMessage:
		if m := f.Name + "." + key; w.has(m) {
			return w.text(m)
		}
	case index.ByName:
		return cmp.Or(s.Labels.Label(f.Name, key, w.lang), key)
	}
	return key
}

// named is the name of a country, institution or outlet.
func (s *server) named(w *words, facet, key string) string {
	return cmp.Or(s.Labels.Label(facet, key, w.lang), key)
}

// sorted puts values with equal counts in the order of the alphabet, unchecked names behind all others; statuses stand in the order in which they bind.
func (s *server) sorted(a *ask, f index.Facet, values []index.Count) []index.Count {
	out := slices.Clone(values)
	if f.Name == "status" {
		slices.SortStableFunc(out, func(x, y index.Count) int {
			return cmp.Compare(slices.Index(a.w.keys, "status."+x.Key), slices.Index(a.w.keys, "status."+y.Key))
		})
		return out
	}
	order := a.w.orders.Get().(*alphabet)
	defer a.w.orders.Put(order)
	order.buf.Reset()
	keys := make(map[string][]byte, len(out))
	key := func(c index.Count) []byte {
		k, ok := keys[c.Key]
		if !ok {
			k = order.KeyFromString(&order.buf, s.label(a, f, c.Key))
			keys[c.Key] = k
		}
		return k
	}
	slices.SortStableFunc(out, func(x, y index.Count) int {
		if by := cmp.Or(guess(x.Key)-guess(y.Key), cmp.Compare(y.Count, x.Count)); by != 0 {
			return by
		}
		return bytes.Compare(key(x), key(y))
	})
	return out
}

// facetListView is the page of one facet's whole list.
type facetListView struct {
	frame
	Heading string
	Facet   facetView
	Guesses facetView // values that nobody has checked, with their number in More
	Find    string
	Hidden  []hidden // what the form keeps
	Chosen  []chip
	Clear   *link
	Back    link
	Shown   string
}

// hidden is a field that a form carries along.
type hidden struct{ Name, Value string }

// facetList answers «more=FACET»: all values of a facet, or those that «find» names.
func (s *server) facetList(a *ask) (view, error) {
	f, ok := index.FacetNamed(a.More)
	if !ok {
		return view{}, bad("choice", "more", shown(a.More), strings.Join(facetNames(), ", "))
	}
	p, err := s.count(a, a.request)
	if err != nil {
		return view{}, err
	}
	a.notes = p.Notes
	values := s.sorted(a, f, s.find(f, counts(p, f.Name), a.Find))
	t := s.tally(a)
	name := a.w.text("facet." + f.Name)
	v := facetListView{frame: s.frameOf(a, a.request, name, p.Holdings), Heading: name, Find: a.Find}
	v.Chosen, v.Clear = s.chosen(a, t)
	t.count(s)
	v.Facet = facetView{ID: f.Name, Name: name}
	for _, c := range values[:min(len(values), listed)] {
		if unconfirmed(c.Key) && !c.Selected && !c.Excluded {
			v.Guesses.Values = append(v.Guesses.Values, s.value(a, f, c))
			continue
		}
		v.Facet.Values = append(v.Facet.Values, s.value(a, f, c))
	}
	if n := len(v.Guesses.Values); n > 0 {
		v.Guesses.More.Text = a.w.count("unconfirmed.more", n)
	}
	v.Shown = a.w.count("facet.values", len(values))
	if own := "facet.values." + f.Name; a.w.has(own) {
		v.Shown = a.w.count(own, len(values))
	}
	if len(values) > listed {
		v.Shown = a.w.text("facet.cut", a.w.number(listed), a.w.number(len(values)))
	}
	form := a.request
	form.Find, form.Cursor = "", ""
	v.Hidden = form.fields()
	back := a.request
	back.More, back.Find, back.Cursor = "", "", ""
	v.Back = link{Href: back.href(), Text: a.w.count("facet.back", p.Total)}
	return view{page: "facet.html", data: v}, nil
}

// find keeps the values whose name holds what was typed, in any of our languages, or that are known by that name.
func (s *server) find(f index.Facet, values []index.Count, typed string) []index.Count {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return values
	}
	var known []string // under any alias
	if f.Labels == index.ByName {
		known = s.Labels.Search(f.Name, typed, listed)
	}
	want := strings.Fields(fold(typed))
	var out []index.Count
	for _, c := range values {
		if slices.Contains(known, c.Key) || s.fits(f, c.Key, want) {
			out = append(out, c)
		}
	}
	return out
}

// fits reports whether a value's label in some language has all words that were typed, or begins of them.
func (s *server) fits(f index.Facet, key string, want []string) bool {
	for _, lang := range languages {
		label := fold(s.labelIn(allWords[lang], f, key))
		if !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(label, w) }) {
			return true
		}
	}
	return slices.Equal(want, []string{fold(key)})
}

func fold(s string) string {
	return strings.ReplaceAll(cases.Fold().String(s), "ё", "е")
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}
