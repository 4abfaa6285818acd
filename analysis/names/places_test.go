package names_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestPlaces reads the places of sentences, and the countries of the institutions that a line tells of.
func TestPlaces(t *testing.T) {
	table := names.Default()
	for _, c := range readTraps(t, "testdata/places.txt") {
		var got, want []string
		found := table.Recognize(analysis.Read(c.text, ""))
		for _, m := range found {
			if m.Kind == names.Country {
				got = append(got, fmt.Sprintf("country %s %s", m.Key, m.Surface))
			}
		}
		for _, w := range c.want {
			if f := strings.SplitN(w, " ", 3); f[0] == "body" {
				i := slices.IndexFunc(found, func(m names.Mention) bool { return m.Kind == names.Institution && strings.Contains(m.Surface, f[2]) })
				country := "?"
				if i >= 0 {
					country = found[i].Country
				}
				got = append(got, strings.TrimSpace("body "+country+" "+f[2]))
				if f[1] == "-" {
					f[1] = ""
				}
				w = strings.Join(f, " ")
			}
			want = append(want, w)
		}
		slices.Sort(got)
		slices.Sort(want)
		diff := cmp.Diff(want, got)
		switch {
		case c.fault && diff == "":
			t.Errorf("line %d: %q is right now: remove its mark", c.line, c.text)
		case !c.fault && diff != "":
			t.Errorf("line %d: %s\n%s", c.line, c.text, diff)
		}
	}
}
