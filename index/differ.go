package index

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Differ says what a second answer to one request has otherwise than the first: totals, counts, and, where ranked, which hits stand in
// which order. It is "" where it has nothing.
func Differ(a, b Result, ranked bool) string {
	if a.Total != b.Total || a.More != b.More {
		return fmt.Sprintf("%d and %d more, not %d and %d", b.Total, b.More, a.Total, a.More)
	}
	for _, facet := range slices.Sorted(maps.Keys(a.Counts)) {
		if x, y := countsSay(a.Counts[facet]), countsSay(b.Counts[facet]); !slices.Equal(x, y) {
			for i := range max(len(x), len(y)) {
				if i >= len(x) || i >= len(y) || x[i] != y[i] {
					return fmt.Sprintf("%s counts %s, not %s", facet, nth(y, i), nth(x, i))
				}
			}
		}
	}
	if x, y := hitsSay(a), hitsSay(b); ranked && x != y {
		return fmt.Sprintf("first come %s, not %s", y, x)
	}
	return ""
}

func nth(values []string, i int) string {
	if i < len(values) {
		return values[i]
	}
	return "nothing"
}

func countsSay(counts []Count) (out []string) {
	counts = slices.SortedFunc(slices.Values(counts), func(a, b Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key, b.Key)) })
	for _, c := range counts {
		out = append(out, fmt.Sprintf("%s %d", c.Key, c.Count))
	}
	return out
}

func hitsSay(r Result) string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.ID)
	}
	return strings.Join(out, ", ")
}
