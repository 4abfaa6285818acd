package query

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/index"
)

//go:embed data/fields.txt
var fieldsText string

// titleField is the field that says where words stand; all others are facets, or the date.
const titleField = "title"

// fieldTable is what data/fields.txt says.
type fieldTable struct {
	fields map[string]string // as written, in small letters → which
	values map[string][]fieldValue
}

// fieldValue is one way to write a facet's value.
type fieldValue struct {
	key   string
	name  string            // in small letters
	words func() [][]string // the terms of each word; analysed where somebody writes it in another form
}

var fieldNames = sync.OnceValue(func() fieldTable {
	t := fieldTable{map[string]string{}, map[string][]fieldValue{}}
	for _, f := range index.Facets() {
		t.fields[f.Name] = f.Name
	}
	for line := range strings.Lines(fieldsText) {
		what, ways, ok := strings.Cut(strings.TrimSpace(line), " = ")
		of := strings.Fields(what)
		if !ok || of[0] == "#" {
			continue
		}
		for way := range strings.SplitSeq(ways, ";") {
			way = strings.ToLower(strings.TrimSpace(way))
			if of[0] == "field" {
				t.fields[way] = of[1]
				continue
			}
			t.values[of[1]] = append(t.values[of[1]], fieldValue{of[2], way, sync.OnceValue(func() [][]string { return termsOf(way) })})
		}
	}
	return t
})

// fieldNamed is the field that a name before a colon means.
func fieldNamed(name string) (string, bool) {
	f, ok := fieldNames().fields[strings.ToLower(name)]
	return f, ok
}

// hasValue reports whether a field has a value as it was typed.
func (s *Searcher) hasValue(field, value string) bool {
	if field == dateField && strings.Contains(value, "..") {
		_, _, ok := rangeOf(value)
		return ok
	}
	return len(s.valuesOf(field, value)) > 0
}

// valuesOf are the values of a facet that a typed one may mean: its key, or a name in any language and form.
func (s *Searcher) valuesOf(field, value string) []string {
	if value == "" {
		return nil
	}
	if keys := listedValue(field, value); len(keys) > 0 {
		return keys
	}
	if field == dateField {
		if d, err := index.ParseDate(value); err == nil && !d.IsZero() {
			return []string{value}
		}
		return nil
	}
	f, ok := index.FacetNamed(field)
	if !ok || f.Labels == index.ByMessage && len(fieldNames().values[field]) > 0 {
		return nil
	}
	if f.Labels != index.ByName || s.Names == nil {
		return []string{value}
	}
	if field == "outlet" {
		if key := s.Names.Outlet(value, "", nil); key != "" {
			return []string{key}
		}
		return nil
	}
	for _, key := range []string{value, strings.ToUpper(value)} {
		if _, ok := s.Names.Entry(field, key); ok {
			return []string{key}
		}
	}
	if field == "institution" && isKey(value) {
		return []string{value} // of a name that no table has
	}
	toks := analysis.Split(value)
	for _, m := range s.Names.Lookup(toks) {
		if m.Kind == names.Kind(field) && m.First == 0 && m.Last == len(toks) {
			return m.Keys
		}
	}
	return nil
}

// isKey reports whether a value looks like the key of an institution: «ror:03q0vrn42», «new:ped-urganch-inst».
func isKey(value string) bool {
	of, name, ok := strings.Cut(value, ":")
	return ok && of != "" && name != "" && !strings.ContainsFunc(value, func(r rune) bool { return r > '~' || r <= ' ' })
}

// listedValue finds a value that data/fields.txt has: as it is written there, else in another form of its words.
func listedValue(field, value string) []string {
	all := fieldNames().values[field]
	if len(all) == 0 {
		return nil
	}
	small := strings.Join(strings.Fields(strings.ToLower(value)), " ")
	for _, v := range all {
		if v.name == small || v.key == small {
			return []string{v.key}
		}
	}
	words := termsOf(value)
	for _, v := range all {
		if own := v.words(); len(own) == len(words) && len(words) > 0 && sameWords(own, words) {
			return []string{v.key}
		}
	}
	return nil
}

// termsOf are the terms of each word of a text.
func termsOf(text string) (words [][]string) {
	for _, t := range analysis.Split(text) {
		words = append(words, analysis.QueryTerms(t))
	}
	return words
}

// sameWords reports whether each word of a has a term in common with that of b.
func sameWords(a, b [][]string) bool {
	for i := range a {
		if !slices.ContainsFunc(a[i], func(t string) bool { return slices.Contains(b[i], t) }) {
			return false
		}
	}
	return true
}

// rangeOf reads two dates joined by «..»; either may be missing.
func rangeOf(value string) (from, to index.Date, ok bool) {
	a, b, ok := strings.Cut(value, "..")
	from, err := index.ParseDate(a)
	to, err2 := index.ParseDate(b)
	return from, to, ok && err == nil && err2 == nil && !(from.IsZero() && to.IsZero())
}

// letters counts those of a text.
func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
