package names

import (
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/typed"
)

// finder makes the finder of what readers type.
func (t *Table) newFinder() *typed.Finder {
	return typed.New(typed.Words{
		Endings: t.endings, Tokens: t.nameTokens, Head: t.isHead, Distinctive: t.distinctive, Describes: t.describesKazakh,
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
	if t.isHead(w.Form) {
		return false
	}
	if !forms.Cyrillic(w.Form) {
		return !t.has(descriptorENList, w.Form)
	}
	return !t.describe["k"+w.Form] && !t.describe["r"+t.endings.Russian(w.Form)] && !t.has(honourList, w.Form)
}
