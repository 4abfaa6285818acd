package query

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed data/keyboards.txt
var keyboardsText string

// layout maps what a key gave to what it would have given on another layout.
type layout map[rune]rune

// way is how a word may have been struck: on one layout where another was meant.
type way struct {
	layout
	cyrillic bool // the word stands in Cyrillic letters, else in Latin ones or signs
}

// ways are those that writers mix up: Latin keys for Russian or Kazakh letters, the row of digits for letters that only
// Kazakh has, and Cyrillic letters for Latin ones.
var ways = sync.OnceValue(func() []way {
	keys := map[string][]rune{}
	for line := range strings.Lines(keyboardsText) {
		if name, row, ok := strings.Cut(strings.TrimRight(line, "\n"), " "); ok && name != "#" {
			keys[name] = append(keys[name], []rune(row)...)
		}
	}
	from := func(a, b string) layout {
		out := layout{}
		for i, r := range keys[a] {
			if to := keys[b][i]; to != '·' && to != r && out[r] == 0 {
				out[r] = to
			}
		}
		return out
	}
	return []way{
		{from("us", "ru"), false}, {from("us", "kk"), false},
		{from("ru", "kk"), true}, {from("ru", "us"), true}, {from("kk", "us"), true},
	}
})

// read gives a word as it was meant if it was struck this way; "" where it cannot have been.
func (w way) read(word string) string {
	has := func(tables ...*unicode.RangeTable) bool {
		return strings.ContainsFunc(word, func(r rune) bool { return unicode.In(r, tables...) })
	}
	number := !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsNumber(r) && !unicode.IsPunct(r) })
	if w.cyrillic != has(unicode.Cyrillic) || w.cyrillic && has(unicode.Latin) || number && has(unicode.Nd) {
		return ""
	}
	out := strings.Map(func(r rune) rune {
		if to, ok := w.layout[r]; ok {
			return to
		}
		return r
	}, word)
	if out == word {
		return ""
	}
	return out
}
