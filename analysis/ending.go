package analysis

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/endings.txt
var endingsText string

// endings are the pieces of data/endings.txt by layer.
var endings = sync.OnceValue(func() map[string][]string {
	layers := map[string][]string{}
	for _, f := range rows(endingsText) {
		layers[f[0]] = append(layers[f[0]], f[1])
	}
	return layers
})

var layersOfKazakh = []string{"derive", "plural", "possess", "case"}

const maxEnding = 32 // bytes

// kazakhEnding reports whether f is one or more pieces of the layers, in their order.
func kazakhEnding(f string) bool { return f != "" && len(f) <= maxEnding && spells(f, layersOfKazakh) }

func spells(f string, layers []string) bool {
	if f == "" {
		return true
	}
	for i, l := range layers {
		for _, e := range endings()[l] {
			if strings.HasPrefix(f, e) && spells(f[len(e):], layers[i+1:]) {
				return true
			}
		}
	}
	return false
}

// numeralEnding reports whether f is what follows a number only: «2025-ші», «5-інде», Russian «5-й».
func numeralEnding(f string) bool {
	if slices.Contains(endings()["russian"], f) {
		return true
	}
	for _, e := range endings()["number"] {
		if rest, ok := strings.CutPrefix(f, e); ok && (rest == "" || kazakhEnding(rest)) {
			return true
		}
	}
	return false
}

// suffix cuts off a Kazakh ending that follows a token behind a hyphen or a closing quotation mark.
//
// Left alone: endings behind other Cyrillic words, where a hyphen joins two words («Анн-Софи», «да-да»), but for long
// ones that nothing else is («Льеж-дегі»).
func (s *scanner) suffix(t *Token) {
	i := t.End
	quoted, hyphened := false, false
	for i < s.to {
		r, n := utf8.DecodeRuneInString(s.src[i:])
		if closing(r) && !hyphened {
			quoted = true
		} else if (hyphen(r) || quoted && r == '–') && !hyphened {
			hyphened = true
		} else {
			break
		}
		if i += n; i-t.End > 8 {
			return
		}
	}
	if !quoted && !hyphened {
		return
	}
	end := i
	for end < s.to && end-i <= maxEnding {
		r, n := utf8.DecodeRuneInString(s.src[end:])
		if c := classOf(r); c&(cyrillic|ignore|mark) == 0 && !(c&latin != 0 && twins.toCyrillic[r] != 0) || unicode.IsUpper(r) && !allUpper(t.Surface) {
			break
		}
		end += n
	}
	if end == i || s.goesOn(end) {
		return
	}
	f := fold(clean(s.src[i:end]))
	switch {
	case t.Kind == Number:
		if !numeralEnding(f) && !kazakhEnding(f) {
			return
		}
	case !kazakhEnding(f):
		return
	case !quoted && !abbreviated(t.Surface) && (utf8.RuneCountInString(f) < 4 || !strings.ContainsAny(f, "әіңғүұқөһ")):
		return
	}
	t.Suffix, t.SuffixEnd = f, end
}

// goesOn reports whether a word that ends at i is joined to more: by letters, or by a hyphen and letters.
func (s *scanner) goesOn(i int) bool {
	if i >= s.to {
		return false
	}
	r, n := utf8.DecodeRuneInString(s.src[i:])
	if classOf(r)&(letter|digit) != 0 {
		return true
	}
	return hyphen(r) && s.letterAt(i+n)
}

// abbreviated reports whether a word is foreign to Cyrillic text or an abbreviation: Hub, ULiège, ҚазҰУ, МИФИ, ХХІ.
func abbreviated(w string) bool {
	capitals := 0
	for _, r := range w {
		if classOf(r)&latin != 0 {
			return true
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals > 1
}

func allUpper(w string) bool {
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}
