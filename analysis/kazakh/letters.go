package kazakh

import "strings"

func split(s string) []string { return strings.Fields(s) }

const backV, frontV, neutV = "аоұыэ", "әеөүі", "иуюяёЁ"

func isV(r rune) bool { return strings.ContainsRune("аәеёиоөуұүыіэюя", r) }
func hasVowel(b []rune) bool {
	for _, r := range b {
		if isV(r) {
			return true
		}
	}
	return false
}

// 1 back, -1 front, 0 either
func class(b []rune) int {
	for i := len(b) - 1; i >= 0; i-- {
		r := b[i]
		if strings.ContainsRune("аоұыэ", r) {
			return 1
		}
		if strings.ContainsRune("әеөүі", r) {
			return -1
		}
		if strings.ContainsRune("яё", r) {
			return 0
		}
		// и у ю: look further left
	}
	return 0
}
func harmony(base, suf []rune) bool {
	c := 0
	for _, r := range suf {
		if strings.ContainsRune("аоұы", r) {
			c = 1
			break
		}
		if strings.ContainsRune("әеөүі", r) {
			c = -1
			break
		}
	}
	s := string(suf)
	if s == "мен" || s == "бен" || s == "пен" || c == 0 {
		return true
	}
	k := class(base)
	return k == 0 || k == c
}
