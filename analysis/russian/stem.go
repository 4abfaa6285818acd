// Package russian answers: what is the stem of a Russian word?
package russian

import (
	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/russian"
)

// Stems gives the stems of a folded word (lower case, NFC, ё as е), the likeliest first: one, or two where it is
// close. It returns word itself where nothing is known of it, and is never empty.
func Stems(word string) []string {
	env := snowballstem.NewEnv(word)
	snowball.Stem(env)
	if s := env.Current(); s != "" {
		return []string{s}
	}
	return []string{word}
}
