package claims_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/agreements/claims"
)

// testdata/kk.txt begins with its form; the file's name is the language of its sentences.
func TestClaims(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) != 3 {
		t.Fatalf("testdata: %v %v", files, err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lang := strings.TrimSuffix(filepath.Base(path), ".txt")
		for n, line := range strings.Split(string(raw), "\n") {
			if line == "" || strings.HasPrefix(line, "//") {
				continue
			}
			where := fmt.Sprintf("%s:%d", filepath.Base(path), n+1)
			line, fault := strings.CutPrefix(line, "! ")
			list, sentence, ok := strings.Cut(line, "\t")
			if !ok {
				t.Fatalf("%s: no tab", where)
			}
			want := strings.Split(list, "; ")
			if list == "-" {
				want = nil
			}
			x := analysis.Read("\n"+sentence, analysis.Lang(lang))
			cs := claims.Find(x)
			var got []string
			for _, c := range cs {
				got = append(got, c.Number+" "+c.Kind)
			}
			switch same := slices.Equal(got, want); {
			case fault && same:
				t.Errorf("%s: mended; take the ! away", where)
			case !fault && !same:
				t.Errorf("%s: %s: got %q, want %q", where, sentence, got, want)
			}
		}
	}
}
