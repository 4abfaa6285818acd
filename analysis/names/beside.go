package names

import (
	"unicode"

	"kelisim/analysis"
)

// besideKnown cuts a known abbreviation off the left edge of a name that a pattern found: they are two bodies side by side.
// «ҚазҰУ Болон университетімен» → «Болон университетімен»; «KBTU and Purdue University» → «Purdue University».
// Left alone: units of a body (AlmaU Business School), and a head with nothing else before it (AITU University).
func (r *reader) besideKnown(f found, at []*claim) found {
	c := at[f.first]
	if f.words != nil || c == nil || c.body == nil || c.first != f.first || c.last != f.first+1 || c.last >= f.last || !abbreviated(r.words[f.first].Surface) {
		return f
	}
	next := c.last
	joined := r.joins(next)
	if joined {
		next++
	}
	if f.last-next < 2 || !r.words[next].upper || !joined && (f.lang == analysis.EN || f.kind.kind != "university") {
		return f
	}
	f.first, f.from, f.core = next, next, max(f.core, next)
	return f
}

// joins reports whether a word is «and» between two names.
func (r *reader) joins(i int) bool {
	switch r.words[i].form {
	case "and", "және", "мен", "и":
		return true
	}
	return false
}

// abbreviated reports whether a word has a capital behind its first letter: КазНУ, KBTU.
func abbreviated(w string) bool {
	for i, c := range w {
		if i > 0 && unicode.IsUpper(c) {
			return true
		}
	}
	return false
}
