package eval

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	wordRun   = regexp.MustCompile(`[\p{L}\p{N}_]+`)
	emptyWord = regexp.MustCompile(`^(?:(?:университет|universit|unıversıtet)[\p{L}\p{N}_]*|атындағы|имени|им|the|of|named|after|[\p{L}\p{N}_])$`)
	cyrillic  = regexp.MustCompile(`[а-яәғқңөұүһі]`)
	notDigit  = regexp.MustCompile(`\D`)
	lookAlike = strings.NewReplacer("a", "а", "e", "е", "o", "о", "p", "р", "c", "с", "y", "у", "x", "х", "i", "і", "k", "к")
)

// clean makes texts comparable: NFC, no soft hyphens or stress marks, one kind of white space.
func clean(s string) string {
	s = nfc(s)
	s = strings.NewReplacer("\u00ad", "", "\u0301", "").Replace(s)
	return strings.Join(strings.Fields(s), " ")
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
func likeness(a, b string) float64 {
	x, y := stems(a), stems(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	return float64(common) / float64(len(x)+len(y)-common)
}

func stems(name string) map[string]bool {
	out := map[string]bool{}
	for _, w := range wordRun.FindAllString(strings.ReplaceAll(strings.ToLower(clean(name)), "ё", "е"), -1) {
		if cyrillic.MatchString(w) {
			w = lookAlike.Replace(w)
		}
		if emptyWord.MatchString(w) {
			continue
		}
		if r := []rune(w); len(r) > 6 {
			w = string(r[:6])
		}
		out[w] = true
	}
	return out
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
