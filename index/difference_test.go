package index_test

import (
	"fmt"
	"strings"
	"testing"

	"kelisim/index"
)

// What the articles of a story tell otherwise is found by what each of them says of one deed; what one leaves open is no difference.
func TestDifferences(t *testing.T) {
	// kind status date, and keys of the sides
	tells := func(id, line string) index.Agreement {
		f := strings.Fields(line)
		e := index.Evidence{ID: id, Article: "", Kind: f[1], Status: f[2], Date: strings.Trim(f[3], "-")}
		for _, key := range f[4:] {
			e.Parties = append(e.Parties, index.Party{Key: key})
		}
		return index.Agreement{ID: f[0], Kind: f[1], Status: f[2], Date: e.Date, Parties: e.Parties, Evidence: []index.Evidence{e}}
	}
	for _, c := range []struct{ one, other, want string }{
		{"g1 memorandum signed 2025-11-17 A B", "g1 memorandum signed 2025-11-17 A B", ""},
		{"g1 memorandum signed 2025-11-17 A B", "g1 memorandum signed 2025-11 A B", ""},
		{"g1 memorandum signed 2025-11-17 A B", "g1 memorandum signed - A B", ""},
		{"g1 memorandum signed 2025-11-17 A B", "g2 memorandum signed 2025-11-18 A B", "date 2025-11-17:a 2025-11-18:b"},
		{"g1 memorandum signed - A B", "g1 memorandum planned - A B", "status signed:a planned:b"},
		{"g1 memorandum signed - A B", "g1 agreement signed - A B", "kind memorandum:a agreement:b"},
		{"g1 memorandum signed - A B", "g1 memorandum signed - A B C", "parties A B:a A B C:b"},
		{"g1 memorandum signed - A B", "g1 memorandum signed - B A", ""},
		{"g1 memorandum signed - A B", "g2 memorandum signed - C D", ""},
		{"g1 memorandum signed - A B; g2 alliance signed - C D", "g1 memorandum signed - A B", "count 2:a 1:b"},
		{"g1 memorandum signed - A B", "", "count 1:a 0:b"},
	} {
		told := map[string][]index.Agreement{}
		for id, lines := range map[string]string{"a": c.one, "b": c.other} {
			for line := range strings.SplitSeq(lines, "; ") {
				if line != "" {
					g := tells(id, line)
					g.Evidence[0].Article = id
					told[id] = append(told[id], g)
				}
			}
		}
		// An agreement that several tell has the evidence of each.
		for _, x := range told["a"] {
			for i, y := range told["b"] {
				if x.ID == y.ID {
					both := append(append([]index.Evidence{}, x.Evidence...), y.Evidence...)
					told["a"][0].Evidence, told["b"][i].Evidence = both, both
				}
			}
		}
		var got []string
		for _, d := range index.Differences([]string{"a", "b"}, told) {
			line := d.What
			for _, s := range d.Says {
				line += fmt.Sprintf(" %s:%s", s.Value, strings.Join(s.Articles, "+"))
			}
			got = append(got, line)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s | %s: %q, want %q", c.one, c.other, got, c.want)
		}
	}
}
