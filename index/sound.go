package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// Run is a run of letters of a sound: words that share many are like each other.
type Run uint32

const (
	runSize    = 3  // letters
	startSize  = 5  // letters that two words with a common stem share at least
	leastSound = 4  // letters: shorter words are like too many
	mostSound  = 40 // letters: longer ones are no words
	leastOne   = 4  // letters of what two languages have in common, without the vowels it ends in
)

// Runs are the different runs of a sound, one of them for its beginning.
func Runs(sound string) []Run {
	var out []Run
	letters := []rune("^" + sound)
	for i := 0; i+runSize <= len(letters); i++ {
		var g Run
		for _, r := range letters[i : i+runSize] {
			g = g<<10 | Run(r)&(1<<10-1)
		}
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

// SoundStart are the first letters of a sound, "" where it has no more.
func SoundStart(sound string) string {
	n := 0
	for i := range sound {
		if n == startSize {
			return sound[:i]
		}
		n++
	}
	return ""
}

// SoundOf is the sound of a stem term; "" for other terms, and for those that are too short or too long.
func SoundOf(term string) string {
	lang, stem, ok := strings.Cut(term, ":")
	if !ok || lang != "kk" && lang != "ru" && lang != "en" {
		return ""
	}
	s := analysis.Sound(stem)
	if n := utf8.RuneCountInString(s); n < leastSound || n > mostSound {
		return ""
	}
	return s
}

// OneWord reports whether a stem term and another are one word in two languages, as names and loans are: they sound alike but for the
// vowels that they end in (варшава, ru:варшав). Two in Cyrillic letters must be spelled alike, too: a doubled letter is a slip.
func OneWord(a, b string) bool {
	if len(a) <= 3 || len(b) <= 3 || a[:3] == b[:3] {
		return false
	}
	x, y := strings.TrimRight(SoundOf(a), vowels), strings.TrimRight(SoundOf(b), vowels)
	if x != y || len(x) < leastOne {
		return false
	}
	if a[3] < utf8.RuneSelf || b[3] < utf8.RuneSelf {
		return true
	}
	return analysis.Struck(strings.TrimRight(a[3:], written)) == analysis.Struck(strings.TrimRight(b[3:], written))
}

const written = "аәоөуұүыіиеэёюя" // vowels

const vowels = "aeiou"

// Twin is the term that is spelled as a Kazakh or Russian stem in the other language, where its sound is too short to tell: ru:льеж of
// kk:льеж. It is "" of other terms.
func Twin(term string) string {
	lang, stem, _ := strings.Cut(term, ":")
	if n := utf8.RuneCountInString(analysis.Sound(stem)); n != leastSound-1 {
		return ""
	}
	switch lang {
	case "kk":
		return "ru:" + stem
	case "ru":
		return "kk:" + stem
	}
	return ""
}
