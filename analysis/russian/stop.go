package russian

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed stop.txt
var stopText string

// stops reads the list's lines «word | gloss»; # begins a remark.
var stops = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for l := range strings.Lines(stopText) {
		word, _, listed := strings.Cut(l, " | ")
		if listed && word[0] != '#' {
			m[word] = true
		}
	}
	return m
})

// IsStop reports whether a folded word is a stop word.
func IsStop(word string) bool { return stops()[word] }
