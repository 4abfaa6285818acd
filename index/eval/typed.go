package eval

import (
	_ "embed"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

//go:embed typed.txt
var typedText string

// Typo is the way of typing with one mistake in a query.
const Typo = "typo"

// TypedWays are the ways that [Typed] knows.
func TypedWays() []string {
	out := []string{Typo}
	for line := range strings.Lines(typedText) {
		if f := strings.Fields(line); len(f) > 0 && f[0] != "#" {
			out = append(out, f[0])
		}
	}
	return out
}

// Typed is a query as it is typed in a way: the same text always gives the same. Nothing changes in a way that is not known.
func Typed(way, query string) string {
	if way == Typo {
		return mistyped(query)
	}
	to := map[rune]string{}
	for line := range strings.Lines(typedText) {
		if f := strings.Fields(line); len(f) > 0 && f[0] == way {
			for _, pair := range f[1:] {
				from, typed, _ := strings.Cut(pair, "=")
				to[[]rune(from)[0]] = typed
			}
		}
	}
	var b strings.Builder
	for _, r := range query {
		typed, ok := to[unicode.ToLower(r)]
		switch {
		case !ok:
			b.WriteRune(r)
		case unicode.IsUpper(r):
			// Signs of the keyboard's upper row are left: only letters are capitals.
			first := []rune(typed)
			if len(first) > 0 {
				first[0] = unicode.ToUpper(first[0])
			}
			b.WriteString(string(first))
		default:
			b.WriteString(typed)
		}
	}
	return b.String()
}

const leastMistyped = 4 // letters: shorter words are typed right

// mistyped swaps two letters, or drops, doubles or replaces one of a word of the longer half. The first letter is right.
func mistyped(query string) string {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(query))
	random := rand.New(rand.NewPCG(sum.Sum64(), 1))
	letters := []rune(query)
	type word struct{ start, end int }
	var words []word
	for i := 0; i < len(letters); i++ {
		start := i
		for i < len(letters) && unicode.IsLetter(letters[i]) {
			i++
		}
		if i-start >= leastMistyped {
			words = append(words, word{start, i})
		}
	}
	if len(words) == 0 {
		return query
	}
	slices.SortStableFunc(words, func(a, b word) int { return (b.end - b.start) - (a.end - a.start) })
	w := words[random.IntN((len(words)+1)/2)]
	at := w.start + 1 + random.IntN(w.end-w.start-1)
	switch random.IntN(4) {
	case 0:
		letters[at], letters[at-1] = letters[at-1], letters[at]
	case 1:
		letters = slices.Delete(letters, at, at+1)
	case 2:
		letters = slices.Insert(letters, at, letters[at])
	default:
		letters[at] = beside(letters[at])
	}
	return string(letters)
}

// beside is the letter of the key behind a letter's on the Russian layout, else the letter.
func beside(r rune) rune {
	const rows = "йцукенгшщзхъ фывапролджэ ячсмитьбю"
	all := []rune(rows)
	for i, k := range all[:len(all)-1] {
		if k == unicode.ToLower(r) && all[i+1] != ' ' {
			return all[i+1]
		}
	}
	return r
}
