package forms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var kazakhLetters = strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "һ", "х", "і", "и", "ы", "и", "э", "е", "ё", "е", "ю", "у", "я", "а", "ъ", "", "нь", "н", "ль", "л", "мь", "м", "рь", "р")

// Fold writes a word small, ё as е.
func Fold(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ё", "е") }

// Capitals gives the capitals that a spelling must have in a text beyond its first: of an abbreviation.
func Capitals(name string) string {
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

// KazakhOnly reports whether a name has letters that Russian has not.
func KazakhOnly(name string) bool {
	return strings.ContainsAny(strings.ToLower(name), "әғқңөұүһі")
}

// UpperOne gives a word a capital.
func UpperOne(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// UpperFirst reports whether a word begins with a capital.
func UpperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// AllUpper reports whether a word of two letters or more has capitals only.
func AllUpper(s string) bool {
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

// Abbreviated reports whether a word has a capital behind its first letter: КазНУ, KBTU.
func Abbreviated(w string) bool {
	for i, c := range w {
		if i > 0 && unicode.IsUpper(c) {
			return true
		}
	}
	return false
}

// Plain writes a Latin form without marks: liège → liege, ı → i.
func Plain(form string) string {
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

// Latin reports whether a word is written in Latin letters.
func Latin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Latin, r)
		}
	}
	return false
}

// Cyrillic reports whether a word is written in Cyrillic letters.
func Cyrillic(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Cyrillic, r)
		}
	}
	return false
}

// WordForm folds a word for a signature: Latin without marks and apostrophes.
func WordForm(w string) string {
	w = Fold(w)
	if !Cyrillic(w) {
		return strings.ReplaceAll(Plain(w), "'", "")
	}
	return strings.ReplaceAll(w, "\u0301", "") // a stress mark
}

// KazakhSpelling writes letters that Kazakh and Russian spelling use for one another alike.
func KazakhSpelling(word string) string { return kazakhLetters.Replace(word) }
