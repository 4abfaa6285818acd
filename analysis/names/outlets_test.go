package names_test

import (
	"os"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestSources reads the sources that texts name.
func TestSources(t *testing.T) {
	data, err := os.ReadFile("testdata/outlets.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		line, fault := strings.CutPrefix(line, "!")
		want, text, _ := strings.Cut(line, " ")
		if want == "-" {
			want = ""
		}
		switch got := names.Default().Outlet("", "", analysis.Read(text, "")); {
		case fault && got == want:
			t.Errorf("%q is right now: remove its mark", text)
		case !fault && got != want:
			t.Errorf("%s\ngot %q, want %q", text, got, want)
		}
	}
}
