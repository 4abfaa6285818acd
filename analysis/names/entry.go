package names

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// Entry is what the table knows of a country, institution or outlet, for its page.
type Entry struct {
	Facet, Key string
	KK, RU, EN string
	Aliases    []string // other names, in any language, without those three
	Weak       []string // of an institution: abbreviations that it shares with others
	Country    string   // ISO 3166-1 alpha-2; of a country its own
	Body       string   // of an institution: its kind
	City       string   // in English
	CityKK     string   // "" where no table has it
	CityRU     string
	ROR        string // id without the address
	Wikidata   string // «Q…»
	Website    string
	Domains    []string // of an outlet
	Note       string   // what is uncertain
	Own        bool     // from the user's file
}

// Entry gives what the table knows; ok is false for a key that it does not have.
func (t *Table) Entry(facet, key string) (e Entry, ok bool) {
	e = Entry{Facet: facet, Key: key}
	e.KK, e.RU, e.EN = t.Names(facet, key)
	switch facet {
	case "country":
		p := t.place[key]
		if p == nil {
			return Entry{}, false
		}
		e.Country = key
		e.Aliases = append(append(append(e.Aliases, p.AliasesKK...), p.AliasesRU...), p.AliasesEN...)
	case "institution":
		b := t.body[key]
		if b == nil {
			return Entry{}, false
		}
		e.Aliases, e.Weak, e.Country, e.Body, e.City = b.Aliases, b.Weak, b.Country, b.Kind, b.City
		e.ROR, e.Wikidata, e.Website, e.Note, e.Own = b.ROR, b.Wikidata, b.Site, b.Nte, b.Own
		e.CityKK, e.CityRU = t.city(b.Country, b.City)
	case "outlet":
		o := t.outlet[key]
		if o == nil {
			return Entry{}, false
		}
		e.Aliases, e.Domains = o.Spellings, o.Domains
	default:
		return Entry{}, false
	}
	names := []string{e.KK, e.RU, e.EN}
	var other []string
	for _, a := range e.Aliases {
		if !slices.Contains(names, a) && !slices.Contains(other, a) {
			other = append(other, a)
		}
	}
	e.Aliases = other
	return e, true
}

// city gives a city's Kazakh and Russian names by its English one; where only the Russian is known it is the Kazakh too.
func (t *Table) city(country, en string) (kk, ru string) {
	p := t.place[country]
	if p == nil || en == "" {
		return "", ""
	}
	first := func(names []string) string {
		if len(names) == 0 {
			return ""
		}
		return strings.TrimPrefix(names[0], "!")
	}
	if slices.Contains(p.CapitalEN, en) {
		kk, ru = first(p.CapitalKK), first(p.CapitalRU)
	}
	for _, c := range p.More {
		if ru == "" && slices.Contains(c.en, en) {
			kk, ru = strings.TrimPrefix(c.kk, "!"), first(c.ru)
		}
	}
	return cmp.Or(kk, ru), ru
}

// Search finds the values of a facet (country, institution, outlet) whose names, in any language, begin with or hold
// what is being typed, best first: «нәрік», «kaznu», «алман». It is meant for searching inside a facet; at most limit keys.
func (t *Table) Search(facet, typed string, limit int) []string {
	type hit struct {
		key  string
		rank int
	}
	var want []string
	for _, w := range analysis.Split(typed) {
		want = append(want, forms.Sound(w.Form))
	}
	if len(want) == 0 {
		return nil
	}
	var hits []hit
	try := func(key string, names []string) {
		best := 0
		for _, n := range names {
			best = max(best, fits(want, n))
		}
		if best > 0 {
			hits = append(hits, hit{key, best})
		}
	}
	switch facet {
	case "country":
		for _, p := range t.places {
			try(p.Iso2, slices.Concat([]string{p.KK, p.RU, p.EN}, p.AliasesKK, p.AliasesRU, p.AliasesEN))
		}
	case "institution":
		for _, b := range t.bodies {
			try(b.Key, slices.Concat([]string{b.KK, b.RU, b.EN}, b.Aliases, b.Weak))
		}
		for _, b := range t.linker().Having(want) {
			if b.World {
				try(b.Key, b.Names())
			}
		}
	case "outlet":
		for _, o := range t.outlets {
			try(o.Key, o.names())
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.rank, a.rank) })
	var out []string
	for _, h := range hits[:min(len(hits), limit)] {
		out = append(out, h.key)
	}
	return out
}

// fits tells how well typed words fit a name: 3 the whole name, 2 its beginning, 1 words of it in any order, 0 not.
// The last typed word may be unfinished.
func fits(want []string, name string) int {
	var have []string
	for _, w := range analysis.Split(name) {
		have = append(have, forms.Sound(w.Form))
	}
	for i, w := range want {
		last := i == len(want)-1
		if !slices.ContainsFunc(have, func(h string) bool { return h == w || last && strings.HasPrefix(h, w) }) {
			return 0
		}
	}
	typed, whole := strings.Join(want, " "), strings.Join(have, " ")
	switch {
	case typed == whole:
		return 3
	case strings.HasPrefix(whole, typed):
		return 2
	}
	return 1
}
