package forms

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pieces are the capitals of an abbreviation, each with the small letters behind it, folded: с пб г у.
func Pieces(abbr string) []string {
	var pieces []string
	for _, c := range abbr {
		if unicode.IsUpper(c) || len(pieces) == 0 {
			pieces = append(pieces, "")
		}
		pieces[len(pieces)-1] += Fold(string(c))
	}
	return pieces
}

// Acronym reports whether each piece of an abbreviation begins a word of a name, in order, and only short words, a person's name at
// the end, or so many words more are passed over.
func Acronym(pieces, words []string, most int) bool {
	if len(pieces) < 2 || len(words) < 2 || !strings.HasPrefix(words[0], pieces[0]) && !strings.HasPrefix(words[len(words)-1], pieces[len(pieces)-1]) {
		return false
	}
	passed, at := 0, 0
	for i, w := range words {
		switch {
		case at < len(pieces) && strings.HasPrefix(w, pieces[at]):
			at++
		case NamedForms[w]:
			if at == len(pieces) {
				return passed <= most
			}
			passed -= i // «… атындағы»: what stands before is a person
			passed = max(passed, 0)
		case utf8.RuneCountInString(w) > 3:
			passed++
		}
	}
	return at == len(pieces) && passed <= most
}

// NamedForms are the words beside which names of people stand.
var NamedForms = map[string]bool{"атындағы": true, "атында": true, "имени": true, "им": true, "named": true}

// Eponym makes «им.» and «имени» one word.
func Eponym(form string) string {
	if form == "им" {
		return "имени"
	}
	return form
}
