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

// layouts are the ways from one layout to another that writers mix up.
type layouts struct {
	latin    []layout // struck on the American layout, meant on the Russian or Kazakh
	cyrillic []layout // the reverse
	digits   layout   // the Kazakh letters of the row of digits, struck on the Russian layout
}

var keyboards = sync.OnceValue(func() layouts {
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
	out := layouts{
		latin:    []layout{from("us", "ru"), from("us", "kk")},
		cyrillic: []layout{from("ru", "us"), from("kk", "us")},
		digits:   from("ru", "kk"),
	}
	return out
})

func (l layout) read(s string) string {
	return strings.Map(func(r rune) rune {
		if to, ok := l[r]; ok {
			return to
		}
		return r
	}, s)
}

// otherwise gives what a word may be on another layout, without itself: Latin keys for Cyrillic letters, the reverse, digits
// for the letters of Kazakh.
func otherwise(word string) (out []string) {
	has := func(table *unicode.RangeTable) bool {
		return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(table, r) })
	}
	k := keyboards()
	var ways []layout
	switch latin, cyrillic := has(unicode.Latin), has(unicode.Cyrillic); {
	case cyrillic && !latin:
		ways = append(append(ways, k.digits), k.cyrillic...)
	case !cyrillic:
		ways = k.latin
	}
	for _, l := range ways {
		if s := l.read(word); s != word {
			out = append(out, s)
		}
	}
	return out
}
