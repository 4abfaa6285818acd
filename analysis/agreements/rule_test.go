package agreements_test

import (
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/agreements"
)

// Each rule reads its own examples, and nothing else out of them.
func TestRules(t *testing.T) {
	for _, r := range agreements.Rules {
		if len(r.Examples) == 0 {
			t.Errorf("rule %s has no example", r.Name)
		}
		for _, e := range r.Examples {
			want := strings.Split(e.Want, "; ")
			for i, w := range want {
				head, tail, _ := strings.Cut(w, ": ")
				ps := strings.Split(head, " + ")
				slices.Sort(ps)
				want[i] = strings.Join(ps, " + ") + ": " + tail
			}
			slices.Sort(want)
			if got := read("", e.Text, e.Lang, "2025-05-14"); !slices.Equal(got, want) {
				t.Errorf("rule %s: %s\n got %s\nwant %s", r.Name, e.Text, strings.Join(got, "; "), strings.Join(want, "; "))
			}
		}
	}
}
