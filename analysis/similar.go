package analysis

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"kelisim/analysis/english"
)

//go:embed data/sounds.txt
var soundsText string

// sounds are the lines of data/sounds.txt.
var sounds = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, f := range rows(soundsText) {
		m[f[0]] = strings.TrimPrefix(f[1], "-")
	}
	return m
})

const longestSound = 4 // runes of the longest key of data/sounds.txt

// Sound writes a folded word of Kazakh, Russian or English in Latin letters, so that words which sound alike look alike:
// «инновация» is innovatsi, «innovation» too. A doubled letter is one; what is no letter of these languages stays.
func Sound(word string) string {
	table := sounds()
	out := make([]byte, 0, len(word)+4)
	for i := 0; i < len(word); {
		var ends [longestSound]int
		n := 0
		for e := i; n < longestSound && e < len(word); n++ {
			_, size := utf8.DecodeRuneInString(word[e:])
			e += size
			ends[n] = e
		}
		said, end := english.Unaccent(word[i:ends[0]]), ends[0]
		if s, ok := table[said]; ok {
			said = s
		}
		for n--; n >= 0; n-- {
			if s, ok := table[word[i:ends[n]]]; ok {
				said, end = s, ends[n]
				break
			}
		}
		for k := range len(said) {
			if l := len(out); l == 0 || out[l-1] != said[k] {
				out = append(out, said[k])
			}
		}
		i = end
	}
	return string(out)
}

// Similarity tells how much two folded words are alike in sound, whatever alphabet they are written in; see Alike.
func Similarity(a, b string) float64 { return Alike(Sound(a), Sound(b)) }

// Alike is Similarity of what Sound gave for two words: 1 for the same, 0 where nothing is common. It is the share of pairs of
// letters that both have (Dice), the words' edges being letters. It allocates nothing, so that one word can be compared
// with a vocabulary.
func Alike(a, b string) float64 {
	if a == b {
		return 1
	}
	if a == "" || b == "" {
		return 0
	}
	var seen [1 << 10]uint8
	for i := 0; i <= len(a); i++ {
		seen[pairAt(a, i)]++
	}
	both := 0
	for i := 0; i <= len(b); i++ {
		if p := pairAt(b, i); seen[p] > 0 {
			seen[p]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b)+2)
}

// pairAt is a number of the two letters around a place; an edge is letter 0.
func pairAt(s string, i int) int {
	var before, after int
	if i > 0 {
		before = int(s[i-1]) & 31
	}
	if i < len(s) {
		after = int(s[i]) & 31
	}
	return before<<5 | after
}
