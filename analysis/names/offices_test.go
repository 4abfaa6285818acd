package names_test

import (
	"fmt"
	"slices"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestOffices holds what is no place of learning but may have an agreement with one.
func TestOffices(t *testing.T) {
	table := names.Default()
	for _, c := range readTraps(t, "testdata/offices.txt") {
		var got []string
		for _, m := range table.Recognize(analysis.Read(c.text, "")) {
			if m.Kind == names.Institution && !m.Listed() {
				got = append(got, fmt.Sprintf("%s = %s", m.Surface, m.Body))
			}
		}
		slices.Sort(got)
		slices.Sort(c.want)
		switch same := slices.Equal(got, c.want); {
		case c.fault && same:
			t.Errorf("line %d: %q is right now: remove its mark", c.line, c.text)
		case !c.fault && !same:
			t.Errorf("line %d: %s\n got %q\nwant %q", c.line, c.text, got, c.want)
		}
	}
}
