package analysis

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/lookalikes.txt
var lookalikesText string

// twins are the letters that look alike.
var twins = func() (t struct{ toCyrillic, toLatin, modern map[rune]rune }) {
	t.toCyrillic, t.toLatin, t.modern = map[rune]rune{}, map[rune]rune{}, map[rune]rune{}
	for _, f := range rows(lookalikesText) {
		a, _ := utf8.DecodeRuneInString(f[1])
		b, _ := utf8.DecodeRuneInString(f[2])
		switch f[0] {
		case "cyrillic":
			t.modern[a] = b
		case "latin":
			t.toCyrillic[a], t.toLatin[b] = b, a
		case "one-way":
			t.toCyrillic[a] = b
		}
	}
	return t
}()

// plainCyrillic reports whether r is a letter of today's Kazakh or Russian alphabet, which needs no clean-up.
func plainCyrillic(r rune) bool {
	if r >= 'А' && r <= 'я' {
		return true
	}
	switch r {
	case 'ё', 'Ё', 'ә', 'Ә', 'і', 'І', 'ң', 'Ң', 'ғ', 'Ғ', 'ү', 'Ү', 'ұ', 'Ұ', 'қ', 'Қ', 'ө', 'Ө', 'һ', 'Һ':
		return true
	}
	return false
}

// maxMarks is how many combining marks a letter keeps; more are an attack, not a language.
const maxMarks = 3

// clean gives a word as it was meant: composed (NFC), without signs of no width, stress marks and letters of old
// fonts, and in one script. Case is kept.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var last class
	marks := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		c := classOf(r)
		if r == utf8.RuneError && n == 1 || c&ignore != 0 {
			continue
		}
		if c&mark != 0 {
			// U+0301 and U+0300 on a Cyrillic letter are stress marks of dictionaries.
			if marks++; marks > maxMarks || last&cyrillic != 0 && (r == 0x301 || r == 0x300) {
				continue
			}
		} else {
			last, marks = c, 0
		}
		b.WriteRune(r)
	}
	w := norm.NFC.String(b.String())
	w = strings.Map(func(r rune) rune {
		if m, ok := twins.modern[r]; ok {
			return m
		}
		return r
	}, w)
	return mend(w)
}

// mend writes a word in one script where letters of two got mixed: those that the other script has no twin of decide.
// «келiсiм» has Latin i, «АSЕМ» Cyrillic А, Е, М; where none decides, the word
// is Cyrillic. A word that both scripts need («Hubтың») stays as it is.
func mend(w string) string {
	var lat, cyr, onlyLat, onlyCyr, other, schwa int
	for _, r := range w {
		_, hasCyr := twins.toCyrillic[r]
		switch classOf(r) & letter {
		case latin:
			lat++
			if r == 'ə' || r == 'Ə' || r == 'ɵ' || r == 'Ɵ' {
				schwa++ // no Latin alphabet of Kazakh has them: they stand for ә and ө
			}
			if !hasCyr {
				onlyLat++
			}
		case cyrillic:
			cyr++
			if _, ok := twins.toLatin[r]; !ok {
				onlyCyr++
			}
		case foreign:
			if !hasCyr {
				return w
			}
			other++
		}
	}
	switch {
	case cyr > 0 && lat+cyr > 1 && onlyCyr == 0 && roman(w):
		return replace(w, twins.toLatin)
	case lat+other > 0 && cyr+schwa > 0 && onlyLat == 0:
		return replace(w, twins.toCyrillic)
	case lat > 0 && cyr > 0 && onlyCyr == 0 && other == 0:
		return replace(w, twins.toLatin)
	}
	return w
}

// roman reports whether a word is a Roman number typed with the Cyrillic Х and І: ХХІ, XХІ.
func roman(w string) bool { return strings.Trim(w, "ХІXI") == "" }

func replace(w string, m map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if c, ok := m[r]; ok {
			return c
		}
		return r
	}, w)
}

// maxForm is where a form is cut: no word is so long, and with its language's prefix a term stays under 255 bytes.
const maxForm = 240 // bytes

// fold gives the exact term of a clean word: lower case, ё as е, compatibility letters (ﬁ, Ｋ) as plain ones. It holds
// no white space and is never empty for a word that has a letter.
func fold(w string) string {
	plain := true
	for _, r := range w {
		if r >= 0x2000 || unicode.IsSpace(r) {
			plain = false
			break
		}
	}
	f := w
	if !plain {
		f = norm.NFKC.String(f)
	}
	size := 0
	f = strings.Map(func(r rune) rune {
		if size += utf8.RuneLen(r); size > maxForm || unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		if apostrophe(r) {
			return '\''
		}
		if r == 'İ' {
			return 'i'
		}
		if r = unicode.ToLower(r); r == 'ё' {
			return 'е'
		}
		return r
	}, f)
	if f == "" {
		return w
	}
	return f
}
