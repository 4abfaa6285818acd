package analysis_test

import (
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
)

// TestQueryTerms is about readings that must be there, and those that would be noise.
func TestQueryTerms(t *testing.T) {
	table(t, "queries.txt", func(line string) (string, string) {
		typed, rest, _ := strings.Cut(line, "|")
		toks := analysis.Split(strings.TrimSpace(typed))
		if len(toks) != 1 {
			return "several words", "one"
		}
		got := analysis.QueryTerms(toks[0])
		for _, w := range strings.Fields(rest) {
			if term, not := strings.CutPrefix(w, "-"); not == slices.Contains(got, term) {
				return strings.Join(got, " "), w
			}
		}
		return "", ""
	})
}
