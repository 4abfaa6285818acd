package eval

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	emptyWords = setOf("атындағы", "имени", "им", "the", "of", "named", "after")
	emptyStems = []string{"университет", "universit", "unıversıtet"}
	unmarked   = strings.NewReplacer("\u00ad", "", "\u0301", "")
	notDigit   = regexp.MustCompile(`\D`)
	lookAlike  = strings.NewReplacer("a", "а", "e", "е", "o", "о", "p", "р", "c", "с", "y", "у", "x", "х", "i", "і", "k", "к")
)

// clean makes texts comparable: NFC, no soft hyphens or stress marks, one kind of white space.
func clean(s string) string {
	return strings.Join(strings.Fields(unmarked.Replace(nfc(s))), " ")
}

// overlap reports whether one text is the other or holds it; scraps of less than 20 letters hold nothing.
func overlap(a, b string) bool {
	a, b = clean(a), clean(b)
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	return a == b && a != "" || utf8.RuneCountInString(a) >= 20 && strings.Contains(b, a)
}

// likeness is how much of two names is common, by the first letters of their words.
func likeness(a, b string) float64 { return jaccard(stems(a), stems(b)) }

// stems are the first letters of a name's words, Latin look-alikes in Cyrillic words made Cyrillic.
func stems(name string) set {
	out := set{}
	for _, w := range strings.FieldsFunc(strings.ReplaceAll(strings.ToLower(clean(name)), "ё", "е"), notOfWord) {
		if strings.ContainsFunc(w, cyrillic) {
			w = lookAlike.Replace(w)
		}
		r := []rune(w)
		if len(r) == 1 || emptyWords[w] || slices.ContainsFunc(emptyStems, func(s string) bool { return strings.HasPrefix(w, s) }) {
			continue
		}
		out[string(r[:min(6, len(r))])] = true
	}
	return out
}

func notOfWord(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) }

func cyrillic(r rune) bool {
	return 'а' <= r && r <= 'я' || strings.ContainsRune("әғқңөұүһі", r)
}

// number reads «1 453», «30+», «~140», «31 тыс.» as 1453, 30, 140, 31000.
func number(s string) int {
	n := 0
	for _, d := range notDigit.ReplaceAllString(s, "") {
		n = n*10 + int(d-'0')
	}
	if strings.Contains(s, "тыс") || strings.Contains(s, "мың") {
		n *= 1000
	}
	return n
}
