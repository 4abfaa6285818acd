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

// TestNews holds the names of invented news. See the head of testdata/news.txt for its form.
func TestNews(t *testing.T) { checkNews(t, "testdata/news.txt", true) }

// TestKinds holds ten texts of each kind of name that was once read wrongly, written by somebody who had not seen the code.
func TestKinds(t *testing.T) { checkNews(t, "testdata/kinds.txt", true) }

// TestUnseen scores news items that nobody reads or learns from: what is told here is told of any news.
func TestUnseen(t *testing.T) {
	right, told, wanted := checkNews(t, "testdata/unseen.txt", false)
	p, r := float64(right)/float64(told), float64(right)/float64(wanted)
	if f := 2 * p * r / (p + r); f < 0.88 {
		t.Errorf("lines: F1 %.3f", f)
	}
}

// checkNews compares what is found in texts with what stands below them; with strict each text that differs is an error. It
// counts lines of institutions: right, told and wanted.
func checkNews(t *testing.T, file string, strict bool) (right, told, wanted int) {
	t.Helper()
	table := names.Default()
	key := map[string]string{}
	spans := 0
	for _, c := range readTraps(t, file) {
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
			if _, ok := key[name]; !ok {
				key[name] = strings.Join(table.KeysOf(name), " ")
			}
			want = append(want, fmt.Sprintf("%s = %s", surface, key[name]))
		}
		x := analysis.Read(c.text, "")
		for _, m := range table.Recognize(x) {
			switch {
			case m.Kind == names.Country && m.Listed() && !countries[m.Key]:
				countries[m.Key] = true
				got = append(got, "country "+m.Key)
			case m.Kind == names.Institution && m.Listed():
				line := fmt.Sprintf("%s = ", m.Surface)
				if m.Known {
					line += m.Key
				}
				// A body may stand twice in the table of the world.
				if i := slices.IndexFunc(want, func(w string) bool {
					return m.Known && strings.HasPrefix(w, m.Surface+" = ") && slices.Contains(strings.Fields(w[len(m.Surface)+3:]), m.Key)
				}); i >= 0 {
					line = want[i]
				}
				if strings.HasPrefix(file, "testdata/news") || !slices.Contains(got, line) {
					got = append(got, line)
				}
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		for _, w := range want {
			if strings.HasPrefix(w, "country ") {
				continue
			}
			wanted++
			if slices.Contains(got, w) {
				right++
			}
			surface, _, _ := strings.Cut(w, " = ")
			if slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, surface+" = ") }) {
				spans++
			}
		}
		for _, g := range got {
			if !strings.HasPrefix(g, "country ") {
				told++
			}
		}
		if !strict {
			continue
		}
		diff := cmp.Diff(want, got)
		switch {
		case c.fault && diff == "":
			t.Errorf("line %d: %q is right now: remove its mark", c.line, c.text)
		case !c.fault && diff != "":
			t.Errorf("line %d: %s\n%s", c.line, c.text, diff)
		}
	}
	t.Logf("%d lines of institutions, %d told, %d right; %d spans", wanted, told, right, spans)
	return right, told, wanted
}
