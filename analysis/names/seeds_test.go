package names_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestSeeds holds what the five seeds name: facts.tsv has a line an article and facet with the keys.
func TestSeeds(t *testing.T) {
	want := map[string][]string{}
	f, err := os.Open("testdata/seeds.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if cells := strings.Split(sc.Text(), "\t"); len(cells) == 3 && !strings.HasPrefix(cells[0], "#") {
			keys := strings.Fields(cells[2])
			slices.Sort(keys)
			want[cells[0]+" "+cells[1]] = keys
		}
	}
	table := names.Default()
	got := map[string][]string{}
	for id, text := range seedTexts(t) {
		x := analysis.Read(text, "")
		put := func(facet, key string) {
			if k := id + " " + facet; !slices.Contains(got[k], key) {
				got[k] = append(got[k], key)
			}
		}
		for _, m := range table.Recognize(x) {
			switch {
			case m.Kind == names.Country && m.Key == names.Home:
				put("home", m.Key)
			case m.Listed():
				put(string(m.Kind), m.Key)
			}
		}
		put("outlet", table.Outlet("", "", x))
	}
	for _, keys := range got {
		slices.Sort(keys)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
