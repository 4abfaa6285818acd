package names_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// trap is a text with the mentions that it should give.
type trap struct {
	line  int
	fault bool // known: expected to fail
	text  string
	want  []string
}

func readTraps(t *testing.T, name string) []trap {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []trap
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "\t"):
			last := &out[len(out)-1]
			last.want = append(last.want, strings.TrimSpace(line))
		default:
			text, fault := strings.CutPrefix(line, "!")
			out = append(out, trap{line: n, fault: fault, text: strings.ReplaceAll(text, "⏎", "\n")})
		}
	}
	return out
}

func TestTraps(t *testing.T) {
	table := names.Default()
	for _, c := range readTraps(t, "testdata/traps.txt") {
		x := analysis.Read(c.text, "")
		got := []string{}
		for _, m := range table.Recognize(x) {
			if x.Source[m.Start:m.End] != m.Surface {
				t.Errorf("line %d: surface %q is not what stands at %d–%d", c.line, m.Surface, m.Start, m.End)
			}
			got = append(got, fmt.Sprintf("%s %s %s", m.Kind, m.Key, m.Surface))
		}
		want := slices.Clone(c.want)
		slices.Sort(got)
		slices.Sort(want)
		diff := cmp.Diff(want, got)
		if len(want) == 0 && len(got) == 0 {
			diff = ""
		}
		switch {
		case c.fault && diff == "":
			t.Errorf("line %d: %q is right now: remove its mark", c.line, c.text)
		case !c.fault && diff != "":
			t.Errorf("line %d: %s\n%s", c.line, c.text, diff)
		}
	}
}
