package analysis

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/abbreviations.txt
var abbreviationsText string

// abbreviations are the classes of data/abbreviations.txt.
var abbreviations = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, f := range rows(abbreviationsText) {
		m[f[1]] = f[0]
	}
	return m
})

// sentences cuts src[from:to], a paragraph, into sentences without the white space around them, and appends them to out.
//
// A sentence ends with . ! ? … and any closing marks, where white space and a capital, a digit, an opening mark or a dash before
// a capital follow. Left alone: initials, abbreviations (data/abbreviations.txt), a paragraph's own number («1. …»), what is
// said before a dash and a small letter («Келдіңіз бе? – деді ол»).
func sentences(src string, from, to int, out []Span) []Span {
	start := skipSpace(src, from, to)
	for i := start; i < to; {
		if i = fullStop(src, i, to); i == to {
			break
		}
		stop := i
		end := stops(src, i, to)
		i = end
		next := skipSpace(src, end, to)
		switch {
		case next == to:
		case next == end:
			if !unspaced(src, start, stop, end, to) {
				continue
			}
		case !begins(src, next, to) || !ends(src, start, stop, end, next, to):
			continue
		}
		out = append(out, Span{start, end})
		start, i = next, next
	}
	if end := len(strings.TrimRightFunc(src[:to], space)); end > start {
		out = append(out, Span{start, end})
	}
	return out
}

// fullStop finds the next mark that may end a sentence, byte by byte, as most bytes are letters; to where there is none.
func fullStop(s string, i, to int) int {
	for ; i < to; i++ {
		switch s[i] {
		case '.', '!', '?':
			return i
		case 0xE2, 0xD8, 0xE3: // first bytes of … ؟ 。
			if rest := s[i:to]; strings.HasPrefix(rest, "…") || strings.HasPrefix(rest, "؟") || strings.HasPrefix(rest, "。") {
				return i
			}
		}
	}
	return to
}

func space(r rune) bool { return unicode.IsSpace(r) || classOf(r)&ignore != 0 }

func skipSpace(s string, i, to int) int {
	for i < to {
		r, n := utf8.DecodeRuneInString(s[i:to])
		if !space(r) {
			return i
		}
		i += n
	}
	return to
}

// stops returns where the marks that end a sentence end: «?!», «…», «.»», «!)».
func stops(s string, i, to int) int {
	for i < to {
		r, n := utf8.DecodeRuneInString(s[i:to])
		if !strings.ContainsRune(".!?…؟。»”\"’')]", r) {
			break
		}
		i += n
	}
	return i
}

// begins reports whether a sentence may begin at i.
func begins(s string, i, to int) bool {
	r, n := utf8.DecodeRuneInString(s[i:to])
	switch {
	case strings.ContainsRune("–—-−", r): // a dash: of a dialogue if a capital follows
		i = skipSpace(s, i+n, to)
	case opening(r):
		if i += n; i < to && s[i] == ' ' {
			i++
		}
	default:
		return startsSentence(r)
	}
	r, _ = utf8.DecodeRuneInString(s[i:to])
	return opening(r) || startsSentence(r)
}

func opening(r rune) bool { return strings.ContainsRune("«“„\"‘'([", r) }

// startsSentence reports whether r is a capital, a digit, or a letter of a script without capitals.
func startsSentence(r rune) bool {
	return unicode.IsUpper(r) || unicode.IsTitle(r) || classOf(r)&digit != 0 || classOf(r)&(arabic|foreign) != 0 && !unicode.IsLower(r)
}

// ends reports whether the mark at stop, up to end, ends the sentence that begins at start; next is what follows.
func ends(s string, start, stop, end, next, to int) bool {
	if s[stop] != '.' || end-stop > 1 {
		return true // «!», «?», «…», «.»», «...»
	}
	word := lastWord(s[start:stop])
	first, _ := utf8.DecodeRuneInString(s[next:to])
	if word == "" {
		return false
	}
	r, n := utf8.DecodeRuneInString(word)
	if n == len(word) && unicode.IsUpper(r) && classOf(r)&letter != 0 {
		return false // an initial
	}
	number := strings.Trim(word, "0123456789") == ""
	if number && skipSpace(s, start, to)+len(word) == stop {
		return false // a paragraph's own number
	}
	f := fold(word)
	class, known := abbreviations()[f]
	if !known {
		if k := strings.LastIndexByte(f, '.'); k >= 0 && !number {
			class = abbreviations()[f[k+1:]]
			// «Л.Н.», «Б.Ғ.К.»: an initial behind others
			if r, n := utf8.DecodeLastRuneInString(word); n == len(word)-k-1 && unicode.IsUpper(r) {
				return false
			}
		}
	}
	switch class {
	case "name":
		return false
	case "end":
		return classOf(first)&digit == 0
	case "year":
		before := lastWord(strings.TrimRightFunc(s[start:stop-len(word)], space))
		if before == "" || strings.Trim(before, "0123456789-–IVXХІ") != "" {
			return false // «г. Алматы», «Астана қ.»
		}
		// «В 2024 г. Казахский университет …»: a sentence is longer than its date.
		const longDate = 80 // bytes
		return (stop-start > longDate || len(strings.Fields(s[start:stop])) > 4) && classOf(first)&digit == 0
	}
	return true
}

// longestAbbreviated is how far back a word is looked for, so that a text without white space costs no more.
const longestAbbreviated = 64 // bytes

// lastWord is what stands at the end of s behind white space, a bracket or an opening mark.
func lastWord(s string) string {
	if cut := len(s) - longestAbbreviated; cut > 0 {
		for !utf8.RuneStart(s[cut]) && cut < len(s)-1 {
			cut++
		}
		s = s[cut:]
	}
	i := strings.LastIndexFunc(s, func(r rune) bool { return space(r) || opening(r) || r == '/' || r == '№' })
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

// unspaced reports whether a sentence ends without white space behind it («өтті.Бұл»): a whole word in small letters
// before the mark, a capital and a small letter behind it, all Cyrillic, so that addresses and initials stay whole.
func unspaced(s string, start, stop, end, to int) bool {
	const least = 4 // letters: shorter ones are abbreviations (им.Абая)
	word := lastWord(s[start:stop])
	if utf8.RuneCountInString(word) < least || abbreviations()[fold(word)] != "" {
		return false
	}
	for _, r := range word {
		if classOf(r)&cyrillic == 0 || !unicode.IsLower(r) {
			return false
		}
	}
	r, n := utf8.DecodeRuneInString(s[end:to])
	q, _ := utf8.DecodeRuneInString(s[end+n : to])
	return classOf(r)&cyrillic != 0 && unicode.IsUpper(r) && classOf(q)&cyrillic != 0 && unicode.IsLower(q)
}
