package typed

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// Search looks for names that begin with or hold what is being typed.
type Search struct {
	Want []string // the sounds of the typed words
	hits []hit
}

type hit struct {
	key  string
	rank int
}

// Searching begins a search, nil where nothing is typed.
func Searching(text string) *Search {
	s := &Search{}
	for _, w := range analysis.Split(text) {
		s.Want = append(s.Want, forms.Sound(w.Form))
	}
	if len(s.Want) == 0 {
		return nil
	}
	return s
}

// Try looks at a thing's names.
func (s *Search) Try(key string, names []string) {
	best := 0
	for _, n := range names {
		best = max(best, fits(s.Want, n))
	}
	if best > 0 {
		s.hits = append(s.hits, hit{key, best})
	}
}

// Best gives the keys of what was found, best first.
func (s *Search) Best(limit int) (keys []string) {
	slices.SortStableFunc(s.hits, func(a, b hit) int { return cmp.Compare(b.rank, a.rank) })
	for _, h := range s.hits[:min(len(s.hits), limit)] {
		keys = append(keys, h.key)
	}
	return keys
}

// fits tells how well typed words fit a name: 3 the whole name, 2 its beginning, 1 words of it in any order, 0 not.
// The last typed word may be unfinished.
func fits(want []string, name string) int {
	var have []string
	for _, w := range analysis.Split(name) {
		have = append(have, forms.Sound(w.Form))
	}
	for i, w := range want {
		last := i == len(want)-1
		if !slices.ContainsFunc(have, func(h string) bool { return h == w || last && strings.HasPrefix(h, w) }) {
			return 0
		}
	}
	typed, whole := strings.Join(want, " "), strings.Join(have, " ")
	switch {
	case typed == whole:
		return 3
	case strings.HasPrefix(whole, typed):
		return 2
	}
	return 1
}
