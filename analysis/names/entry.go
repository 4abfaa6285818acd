package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
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

// Names gives the names of a country, institution or outlet in three languages, each "" for an unknown key.
func (t *Table) Names(facet, key string) (kk, ru, en string) {
	switch facet {
	case "country":
		if p := t.place[key]; p != nil {
			return p.KK, p.RU, p.EN
		}
	case "institution":
		if b := t.body[key]; b != nil {
			return b.KK, b.RU, b.EN
		}
	case "outlet":
		if o := t.outlet[key]; o != nil {
			return o.KK, o.RU, o.EN
		}
	}
	return "", "", ""
}

// Label is the display name of a country, institution or outlet in a language (kk, ru, en), or key itself.
// facet is "country", "institution" or "outlet". An unknown institution's label is a working name in Latin letters.
func (t *Table) Label(facet, key, lang string) string {
	kk, ru, en := t.Names(facet, key)
	if new, ok := strings.CutPrefix(key, "new:"); ok {
		en = t.linker().Working(new)
	}
	switch lang {
	case "kk":
		return cmp.Or(kk, ru, en, key)
	case "ru":
		return cmp.Or(ru, kk, en, key)
	}
	return cmp.Or(en, ru, kk, key)
}

// finder makes the finder of what readers type.
func (t *Table) newFinder() *typed.Finder {
	return typed.New(typed.Words{
		Endings: t.endings, Tokens: t.nameTokens, Head: t.heads.Is, Distinctive: t.distinctive, Describes: t.describesKazakh,
		Named:   func(form string) bool { return t.has(nameList, form) },
		Article: func(form string) bool { return t.has(articleList, form) },
	}, typed.Stock{Countries: t.places, Bodies: t.bodies, World: t.world, Home: Home})
}

// Lookup finds what a typed name, the adjective of a country, or whom a body is named after may mean, in any language, case
// form or script: «Нәрікбаев», «КазНУ», «Tallinn University», «Эстония», «эстонские». Other parts of names mean nothing:
// a city is no university.
func (t *Table) Lookup(tokens []analysis.Token) (out []Match) {
	if t.finder == nil {
		return nil
	}
	for _, f := range t.finder().Find(tokens) {
		m := Match{First: f.First, Last: f.Last, Kind: Institution, Keys: f.Keys, Whole: f.Whole}
		if f.Country {
			m.Kind = Country
		}
		out = append(out, m)
	}
	return out
}

// distinctive reports whether a word of a name can tell it from others: it has a capital, and is no word that describes
// a body («national», «Халықаралық» at the beginning).
func (t *Table) distinctive(w analysis.Token, at int) bool {
	if utf8.RuneCountInString(w.Form) < 4 || !forms.UpperFirst(w.Surface) || w.Kind != analysis.Word {
		return false
	}
	if t.heads.Is(w.Form) {
		return false
	}
	if !forms.Cyrillic(w.Form) {
		return !t.has(descriptorENList, w.Form)
	}
	return !t.describe["k"+w.Form] && !t.describe["r"+t.endings.Russian(w.Form)] && !t.has(honourList, w.Form)
}
