package russian

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed latin.txt
var latinText string

// latinTable maps what is written in Latin letters to spelt Russian letters.
var latinTable = sync.OnceValue(func() map[string][][]byte {
	m := map[string][][]byte{}
	for l := range strings.Lines(latinText) {
		f := strings.Fields(l)
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		for _, x := range f[1:] {
			var buf [longest]byte
			b, _ := spell(x, &buf)
			if x == "-" {
				b = nil
			}
			m[f[0]] = append(m[f[0]], slices.Clone(b))
		}
	}
	return m
})

const (
	latinSteps  = 4000 // steps of a search: enough for any word, and a bound for what is none
	longestUnit = 4    // runes of the longest spelling in latin.txt
	fewestLatin = 4    // letters: shorter words of other languages are Russian words by chance («on», «to»)
)

// soft is ь as spelt; Latin spellings leave it out (shkolnyy: школьный).
const soft = 'ь' - 'а' + 1

// FromLatin gives at most two words of the dictionary that a folded word in Latin letters spells: soglashenie →
// соглашение. Those that need the fewest signs put in come first; nil where there are none.
func FromLatin(word string) []string {
	if n := utf8.RuneCountInString(word); n < fewestLatin || n > longest {
		return nil
	}
	s := latinSearch{d: theData(), in: []rune(word)}
	s.walk(0, s.d.words.start(), 0)
	slices.SortFunc(s.found, func(a, b latinFound) int {
		return cmp.Or(cmp.Compare(a.signs, b.signs), strings.Compare(a.word, b.word))
	})
	var out []string
	for _, f := range s.found {
		if f.signs == s.found[0].signs && len(out) < 2 && !slices.Contains(out, f.word) {
			out = append(out, f.word)
		}
	}
	return out
}

type latinFound struct {
	word  string
	signs int
}

// A latinSearch follows the dictionary's automaton by all that the Latin letters may stand for, so that only words are found.
type latinSearch struct {
	d     *data
	in    []rune
	path  []byte
	steps int
	found []latinFound
}

func (s *latinSearch) walk(i int, state uint32, signs int) {
	if s.steps++; s.steps > latinSteps {
		return
	}
	if i == len(s.in) {
		if _, ok := s.d.words.step(state, 0); ok {
			var b strings.Builder
			for _, l := range s.path {
				b.WriteString(letter(l))
			}
			s.found = append(s.found, latinFound{b.String(), signs})
		}
	}
	for n := 1; n <= longestUnit && i+n <= len(s.in); n++ {
		for _, x := range latinTable()[string(s.in[i:i+n])] {
			s.follow(i+n, state, x, signs)
		}
	}
	if n := len(s.path); n > 0 && s.path[n-1] != soft && consonant(s.path[n-1]) {
		s.follow(i, state, []byte{soft}, signs+1)
	}
}

func (s *latinSearch) follow(i int, state uint32, x []byte, signs int) {
	for _, l := range x {
		to, ok := s.d.words.step(state, l)
		if !ok {
			return
		}
		state = to
	}
	n := len(s.path)
	s.path = append(s.path, x...)
	s.walk(i, state, signs)
	s.path = s.path[:n]
}

// consonant reports whether ь may follow a spelt letter.
func consonant(l byte) bool {
	return l <= 32 && !strings.ContainsRune("аеиоуыэюяйъь", 'а'+rune(l)-1)
}
