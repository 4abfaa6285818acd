package main_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden asks for recorded files to be written anew (make golden).
var golden = os.Getenv("KELISIM_GOLDEN") != ""

func TestRanking(t *testing.T) {
	const file = "testdata/ranking.txt"
	recorded, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	s := serve(t, data)
	var out strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(string(recorded)), "\n\n") {
		if strings.HasPrefix(block, "#") {
			out.WriteString(block + "\n")
			continue
		}
		params, _, _ := strings.Cut(block, "\n")
		v, err := url.ParseQuery(params)
		if err != nil {
			t.Fatalf("%s: %v", params, err)
		}
		out.WriteString("\n" + params + "\n")
		for i, id := range s.search(v).ids() {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(id[:3])
		}
		out.WriteByte('\n')
	}
	if golden {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(recorded), out.String()); diff != "" {
		t.Error(diff)
	}
}
