package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var kazakhLetters = strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "һ", "х", "і", "и", "ы", "и", "э", "е", "ё", "е", "ю", "у", "я", "а", "ъ", "", "нь", "н", "ль", "л", "мь", "м", "рь", "р")

func fold(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ё", "е") }

// capitals gives the capitals that a spelling must have in a text beyond its first: of an abbreviation.
func capitals(name string) string {
	n, letters := 0, 0
	for _, r := range name {
		if unicode.IsSpace(r) || r == '-' {
			return ""
		}
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				n++
			}
		}
	}
	if n >= 2 && letters <= 8 {
		return name
	}
	return ""
}

// kazakhOnly reports whether a name has letters that Russian has not.
func kazakhOnly(name string) bool {
	return strings.ContainsAny(strings.ToLower(name), "әғқңөұүһі")
}

func upperOne(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// allUpper reports whether a word of two letters or more has capitals only.
func allUpper(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			if !unicode.IsUpper(r) {
				return false
			}
			n++
		}
	}
	return n > 1
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

// plain writes a Latin form without marks: liège → liege, ı → i.
func plain(form string) string {
	ascii := true
	for i := 0; i < len(form); i++ {
		if form[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return form
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(form) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ı':
			b.WriteByte('i')
		case r == 'ø':
			b.WriteByte('o')
		case r == 'ł':
			b.WriteByte('l')
		case r == 'ß':
			b.WriteString("ss")
		case r == '’' || r == 'ʼ' || r == '‘':
			b.WriteByte('\'')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// latin reports whether a word is written in Latin letters.
func latin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Latin, r)
		}
	}
	return false
}

func cyrillic(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Cyrillic, r)
		}
	}
	return false
}

// wordForm folds a word for a signature: Latin without marks and apostrophes.
func wordForm(w string) string {
	w = fold(w)
	if !cyrillic(w) {
		return strings.ReplaceAll(plain(w), "'", "")
	}
	return strings.ReplaceAll(w, "\u0301", "") // a stress mark
}

// kazakhSpelling writes letters that Kazakh and Russian spelling use for one another alike.
func kazakhSpelling(word string) string { return kazakhLetters.Replace(word) }

