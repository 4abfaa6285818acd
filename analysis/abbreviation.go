package analysis

import (
	"unicode"
	"unicode/utf8"
)

// An abbreviation is no word of the grammar: ҚазҰУ is not a form of «қазұ», КазНУ none of «казна».
//
// initials cuts one: ҚазҰУ-, АҚШ-, БҰҰ- with the ending behind it in small letters, if any («ҚазҰУда» → ҚазҰУ, да). certain is
// false for capitals only, which may be a headline's plain word.
func initials(surface string) (head string, certain, ok bool) {
	capitals, last, runes := 0, 0, 0
	for i, r := range surface {
		runes++
		if unicode.IsUpper(r) {
			capitals++
			last = i + utf8.RuneLen(r)
		}
	}
	switch {
	case capitals < 2:
		return "", false, false
	case capitals == runes:
		return surface, false, runes <= longestCapitals
	case last == len(surface):
		return surface, true, true
	}
	tail := fold(surface[last:])
	if kazakhEnding(tail) {
		return surface[:last], true, true
	}
	return surface, true, true
}

// longestCapitals is the most letters of an abbreviation in capitals: ЮНЕСКО, ҚазҰТЗУ.
const longestCapitals = 6

// abbreviation lets an abbreviation stand for itself. What may be a headline's word is stemmed too.
func abbreviation(prefix string) step {
	return func(e *entry) {
		head, certain, ok := initials(e.surface)
		if !ok || scriptOf(head) != cyrillic {
			return
		}
		f := fold(head)
		e.terms = append(e.terms, prefix+f)
		if certain {
			e.words, e.whole = []string{f}, true
		}
	}
}
