package kazakh

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed scripts.txt
var scriptsText string

// A spelled is Cyrillic that something written may stand for, with the price of choosing it.
type spelled struct {
	text  string
	price float64
}

// A script maps what is written to what it may stand for.
type script struct {
	of      map[string][]spelled
	longest int // runes of the longest key
}

// scripts are the tables of scripts.txt: latin, arabic, plain.
var scripts = sync.OnceValue(func() map[string]*script {
	all := map[string]*script{}
	for l := range strings.Lines(scriptsText) {
		f := strings.Fields(l)
		if len(f) < 3 || f[0][0] == '#' {
			continue
		}
		s := all[f[0]]
		if s == nil {
			s = &script{of: map[string][]spelled{}}
			all[f[0]] = s
		}
		s.longest = max(s.longest, utf8.RuneCountInString(f[1]))
		for _, x := range f[2:] {
			text, price, _ := strings.Cut(x, "/")
			tenths, _ := strconv.Atoi(price)
			if text == "-" {
				text = ""
			}
			s.of[f[1]] = append(s.of[f[1]], spelled{text, float64(tenths) / 10})
		}
	}
	return all
})

// FromLatin spells a folded word of any Latin alphabet for Kazakh in Cyrillic: kelisim, kelısım → келісім. The likeliest
// comes first, others only where they are close; nil where the word holds no Latin letter that Kazakh is written in.
func FromLatin(word string) []string { return search(scripts()["latin"], word, free) }

// Unfold gives Kazakh words that a word typed on a Russian keyboard may stand for: казакстан → қазақстан. The word itself
// is among them where it is likely. The likeliest comes first.
func Unfold(word string) []string { return search(scripts()["plain"], word, free) }

// Fold gives the word as a Russian keyboard can type it: қазақстан → казакстан.
func Fold(word string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'ә':
			return 'а'
		case 'ғ':
			return 'г'
		case 'қ':
			return 'к'
		case 'ң':
			return 'н'
		case 'ө':
			return 'о'
		case 'ұ', 'ү':
			return 'у'
		case 'һ':
			return 'х'
		case 'і':
			return 'и'
		}
		return r
	}, word)
}
