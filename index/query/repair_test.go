package query_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/local"
	"kelisim/index/query"
)

// TestRepair reads testdata/repaired.txt; a line that ends in «!» is a known fault.
func TestRepair(t *testing.T) {
	data, err := os.ReadFile("testdata/repaired.txt")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	var articles []*index.Record
	var lines []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if body, ok := strings.CutPrefix(line, "> "); ok {
			articles = append(articles, index.Read(index.Article{ID: fmt.Sprint(len(articles)), Body: body}, names.Default()))
		} else if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if err := engine.Put(t.Context(), index.Batch{Seq: 1, Articles: articles}); err != nil {
		t.Fatal(err)
	}
	s := &query.Searcher{Engine: engine}
	for _, line := range lines {
		line, fault := strings.CutSuffix(line, "!")
		cols := strings.Split(line, " |")
		q := index.Query{Text: cols[0]}
		u, err := s.Understand(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, n := range u.Notes {
			codes = append(codes, n.Code)
			if n.Undo == nil || n.Undo.NoRepair || n.Undo.Text != q.Text {
				t.Errorf("%s: the note %s is not undone by %+v", q.Text, n.Code, n.Undo)
				continue
			}
			// Undone is what it names, and nothing else: the other notes stay.
			after, err := s.Understand(t.Context(), *n.Undo)
			if err != nil {
				t.Fatal(err)
			}
			for _, left := range after.Notes {
				if slices.ContainsFunc(strings.Fields(n.Args[0]), func(w string) bool { return slices.Contains(strings.Fields(left.Args[0]), w) }) {
					t.Errorf("%s: undoing %v leaves %v", q.Text, n.Args, left.Args)
				}
			}
			if len(after.Notes) != len(u.Notes)-1 {
				t.Errorf("%s: undoing %v leaves %d notes of %d", q.Text, n.Args, len(after.Notes), len(u.Notes))
			}
		}
		got := shape(u.Tree) + " |" + strings.Join(codes, " ")
		want := strings.TrimSpace(cols[1]) + " |" + strings.TrimSpace(cols[2])
		if (got == want) == fault {
			t.Errorf("%s: got %s, want %s (fault %v)", q.Text, got, want, fault)
		}
		q.NoRepair = true
		if u, err := s.Understand(t.Context(), q); err != nil || len(u.Notes) > 0 {
			t.Errorf("%s as typed: %v, %v", q.Text, u.Notes, err)
		}
	}
}
