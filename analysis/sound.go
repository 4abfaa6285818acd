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
			if l := len(out); l == 0 || out[l-1] != said[k] || said[k] >= utf8.RuneSelf {
				out = append(out, said[k])
			}
		}
		i = end
	}
	return string(out)
}
