package names

import (
	"slices"

	"kelisim/analysis/names/typed"
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
		e.Aliases = p.Names()
	case "institution":
		b := t.body[key]
		if b == nil {
			return Entry{}, false
		}
		e.Aliases, e.Weak, e.Country, e.Body, e.City = b.Aliases, b.Weak, b.Country, b.Kind, b.City
		e.ROR, e.Wikidata, e.Website, e.Note, e.Own = b.ROR, b.Wikidata, b.Site, b.Nte, b.Own
		if p := t.place[b.Country]; p != nil {
			e.CityKK, e.CityRU = p.City(b.City)
		}
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

// Search finds the values of a facet (country, institution, outlet) whose names, in any language, begin with or hold
// what is being typed, best first: «нәрік», «kaznu», «алман». It is meant for searching inside a facet; at most limit keys.
func (t *Table) Search(facet, text string, limit int) []string {
	s := typed.Searching(text)
	if s == nil {
		return nil
	}
	switch facet {
	case "country":
		for _, p := range t.places {
			s.Try(p.Iso2, p.Names())
		}
	case "institution":
		for _, b := range t.bodies {
			s.Try(b.Key, slices.Concat([]string{b.KK, b.RU, b.EN}, b.Aliases, b.Weak))
		}
		for _, b := range t.linker().Having(s.Want) {
			if b.World {
				s.Try(b.Key, b.Names())
			}
		}
	case "outlet":
		for _, o := range t.outlets {
			s.Try(o.Key, o.Names())
		}
	}
	return s.Best(limit)
}
