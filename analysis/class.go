package analysis

import "unicode"

// class is what a rune does in a text, as bits.
type class uint16

const (
	latin class = 1 << iota
	cyrillic
	arabic
	foreign // letters of all other scripts
	digit
	mark   // combining: belongs to the letter before
	ignore // has no width and no meaning: soft hyphen, joiners, direction marks, kashida
	alone  // ideographs: each is a word, as no space parts them
	upper  // capitals

	letter = latin | cyrillic | arabic | foreign
)

// classes hold the runes that Kazakh, Russian and English texts consist of; the rest is looked up in Unicode's tables.
var classes = func() (t [0x700]class) {
	for r := range t {
		t[r] = lookup(rune(r))
	}
	return t
}()

func classOf(r rune) class {
	if r >= 0 && int(r) < len(classes) {
		return classes[r]
	}
	return lookup(r)
}

func lookup(r rune) class {
	if unicode.IsUpper(r) {
		return kind(r) | upper
	}
	return kind(r)
}

func kind(r rune) class {
	switch {
	case r == 0x640 || r == 0xFEFF || unicode.Is(unicode.Cf, r) || r >= 0xFE00 && r <= 0xFE0F:
		return ignore
	case apostrophe(r): // U+02BC is a letter to Unicode
		return 0
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Cyrillic, r) && unicode.IsLetter(r):
		return cyrillic
	case r == 0x674 || unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
		return arabic
	case unicode.IsMark(r):
		return mark
	case unicode.Is(unicode.Nd, r):
		return digit
	case unicode.IsOneOf(ideographs, r):
		return foreign | alone
	case unicode.IsLetter(r):
		return foreign
	}
	return 0
}

var ideographs = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// apostrophe reports whether r is one of the signs that stand for the apostrophe inside a word: O’Brien, об’єкт, n'.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', 'ʼ', 'ʻ', '‘', '`', '´', '′', '＇':
		return true
	}
	return false
}

func hyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

func closing(r rune) bool {
	return r == '»' || r == '”' || r == '"' || r == '“' || r == '’' || r == ')'
}

// gap reports whether r may stand between the thousands of a number: «1 453».
func gap(r rune) bool { return r == ' ' || r == 0xA0 || r == 0x2009 || r == 0x202F || r == 0x2007 }
