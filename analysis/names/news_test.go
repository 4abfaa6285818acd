package names_test

import (
	"bufio"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestNews holds the names of invented news. See the head of testdata/news.txt for its form.
func TestNews(t *testing.T) {
	table, keys := names.Default(), keysByName(t)
	all, right := 0, 0
	for _, c := range readTraps(t, "testdata/news.txt") {
		var want, got []string
		countries := map[string]bool{}
		for _, line := range c.want {
			if list, ok := strings.CutPrefix(line, "country"); ok {
				for _, iso2 := range strings.Fields(list) {
					want = append(want, "country "+iso2)
				}
				continue
			}
			surface, name, _ := strings.Cut(line, " = ")
			want = append(want, fmt.Sprintf("%s = %s", surface, keys[name]))
		}
		x := analysis.Read(c.text, "")
		for _, m := range table.Recognize(x) {
			switch {
			case m.Kind == names.Country && m.Listed() && !countries[m.Key]:
				countries[m.Key] = true
				got = append(got, "country "+m.Key)
			case m.Kind == names.Institution && m.Listed():
				key := m.Key
				if !m.Known {
					key = ""
				}
				got = append(got, fmt.Sprintf("%s = %s", m.Surface, key))
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		for _, w := range want {
			all++
			if slices.Contains(got, w) {
				right++
			}
		}
		diff := cmp.Diff(want, got)
		switch {
		case c.fault && diff == "":
			t.Errorf("line %d: %q is right now: remove its mark", c.line, c.text)
		case !c.fault && diff != "":
			t.Errorf("line %d: %s\n%s", c.line, c.text, diff)
		}
	}
	t.Logf("%d of %d lines are right", right, all)
}

// keysByName gives the table's keys by its English names and aliases, exactly as written.
func keysByName(t *testing.T) map[string]string {
	t.Helper()
	data, err := fs.ReadFile(names.Builtin(), "institutions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	sc := bufio.NewScanner(strings.NewReader(string(data)))
	sc.Scan()
	for sc.Scan() {
		cells := strings.Split(sc.Text(), "\t")
		for _, name := range append([]string{cells[5]}, strings.Split(cells[6], "|")...) {
			keys[name] = cells[0]
		}
		keys[cells[5]] = cells[0]
	}
	return keys
}
