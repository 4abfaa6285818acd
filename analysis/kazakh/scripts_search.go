package kazakh

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

const (
	beam      = 24   // spellings kept at each letter: the search is linear in the word's length
	finalists = 8    // spellings whose readings are weighed
	near      = 3.0  // natural logarithm: a spelling so much less likely than the best is dropped
	most      = 3    // spellings given back
	longestIn = 120  // bytes of a word that is worth the search
	letterly  = 0.35 // what the letters say counts this much beside what the grammar says
)

// A path is a spelling up to a place in the written word.
type path struct {
	text   string
	a, b   rune // its last two letters
	weight float64
}

// free is the harmony of scripts whose letters tell the vowels apart.
func free(string, string) float64 { return 0 }

// search spells a word by a table. harmony gives a further price of a choice. Letters decide which spellings are kept
// on the way, readings of the grammar (Weight) which of the last come first.
func search(s *script, word string, harmony func(written, text string) float64) []string {
	if word == "" || len(word) > longestIn || !utf8.ValidString(word) {
		return nil
	}
	runes := []rune(word)
	l := theLetters()
	at := make([][]path, len(runes)+1)
	at[0] = []path{{a: edge, b: edge}}
	for i := range runes {
		if len(at[i]) == 0 {
			continue
		}
		at[i] = best(at[i])
		whole := false
		for n := 1; n <= s.longest && i+n <= len(runes); n++ {
			written := string(runes[i : i+n])
			for _, x := range s.of[written] {
				whole = whole || n == 1
				price := x.price + harmony(written, x.text)
				for _, p := range at[i] {
					at[i+n] = append(at[i+n], l.extend(p, x.text, price))
				}
			}
		}
		if !whole { // not of the table: it stands for itself
			for _, p := range at[i] {
				at[i+1] = append(at[i+1], l.extend(p, string(runes[i]), 0))
			}
		}
	}
	last := at[len(runes)]
	for i, p := range last {
		last[i].weight += l.weight(p.a, p.b, edge)
	}
	return ranked(last, word)
}

// best sorts paths and drops all but the beam's, of equal texts the first.
func best(paths []path) []path {
	slices.SortFunc(paths, func(x, y path) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.text, y.text))
	})
	out := paths[:0]
	for _, p := range paths {
		if len(out) < beam && !slices.ContainsFunc(out, func(q path) bool { return q.text == p.text }) {
			out = append(out, p)
		}
	}
	return out
}

// ranked weighs the last paths' readings and gives the spellings that are near the best.
func ranked(paths []path, word string) []string {
	paths = best(paths)
	paths = paths[:min(finalists, len(paths))]
	for i, p := range paths {
		paths[i].weight = Weight(p.text) + letterly*p.weight
	}
	var out []string
	for _, p := range best(paths) {
		if p.text == "" || len(out) == most || len(out) > 0 && p.weight < paths[0].weight-near {
			break
		}
		out = append(out, p.text)
	}
	if len(out) == 1 && out[0] == word && !anyCyrillic(word) {
		return nil
	}
	return out
}

func anyCyrillic(s string) bool {
	for _, r := range s {
		if r >= 0x400 && r < 0x530 {
			return true
		}
	}
	return false
}
