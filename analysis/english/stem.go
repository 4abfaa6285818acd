// Package english answers: what is the stem of an English word?
//
// News in Kazakh and Russian writes names of universities in English; what matters is that «universities» finds
// University and that names stay apart. The stemmer is Snowball's English one; keep.txt lists what it joins wrongly.
package english

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

//go:embed keep.txt
var keepText string

// keep gives the stems of words that Snowball's rules join with others.
var keep = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for l := range strings.Lines(keepText) {
		if f := strings.Fields(l); len(f) >= 2 && f[0] != "#" {
			m[f[0]] = f[1]
		}
	}
	return m
})

// longest is the most bytes of a word that is stemmed; a longer one stands for itself.
const longest = 48

// Stems gives the stem of a folded word (lower case, without accents: see Unaccent). It returns word itself where
// nothing is known of it, and is never empty.
func Stems(word string) []string {
	w := strings.TrimSuffix(word, "'s")
	if w == "" || len(w) > longest {
		return []string{word}
	}
	if s, ok := keep()[w]; ok {
		return []string{s}
	}
	for i := range len(w) {
		if c := w[i]; (c < 'a' || c > 'z') && c != '\'' {
			return []string{w} // digits and letters of other alphabets are not English morphology
		}
	}
	env := snowballstem.NewEnv(w)
	snowball.Stem(env)
	if s := env.Current(); s != "" {
		return []string{s}
	}
	return []string{w}
}

// Unaccent gives a folded word without the accents of other languages: liège → liege, strauß → strauss.
func Unaccent(word string) string {
	plain := true
	for i := range len(word) {
		plain = plain && word[i] < 0x80
	}
	if plain {
		return word
	}
	out := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
	if out = letters.Replace(out); out == "" {
		return word
	}
	return out
}

// letters that Unicode does not decompose.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i", "ħ", "h")
