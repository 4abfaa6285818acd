package eval_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index/eval"
)

// What stands beside the fixed predictions was written by the reference scorer, score_facts.py: the counts of every
// figure, and the tables and lines that it prints (testdata/fixed/README.md).
func TestFactsEqualsReference(t *testing.T) {
	table, err := os.Open("testdata/fixed/institutions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	gold, err := eval.LoadGold("testdata", []string{"testdata/seeds.json", "testdata/articles-dev", "testdata/articles2-dev", "testdata/items-dev"}, table)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"naive", "mixed"} {
		scores := gold.Facts(predictions(t, name))
		var counts map[string]map[string]eval.Figure
		if err := json.Unmarshal(read(t, name+".json"), &counts); err != nil {
			t.Fatal(err)
		}
		if len(scores) != len(counts) {
			t.Errorf("%s: %d scores, the reference has %d", name, len(scores), len(counts))
		}
		for _, s := range scores {
			for figure, want := range counts[s.Name] {
				if got := s.Figures[figure]; got != want {
					t.Errorf("%s, %s, %s: %+v, the reference counts %+v", name, s.Name, figure, got, want)
				}
			}
		}
		var tables, lines strings.Builder
		if err := eval.Write(&tables, scores, 0); err != nil {
			t.Fatal(err)
		}
		if err := eval.WriteLines(&lines, scores); err != nil {
			t.Fatal(err)
		}
		want := string(read(t, name+".txt"))
		ours := strings.Count(tables.String(), "\n") - strings.Count(want, "\n") + strings.Count(lines.String(), "\n")
		if ours != len(scores)+1 {
			t.Errorf("%s: %d lines of figures that the reference lacks", name, ours)
		}
		rows := strings.SplitAfter(tables.String(), "\n")
		if d := cmp.Diff(want, strings.Join(rows[:len(rows)-1-ours], "")+lines.String()); d != "" {
			t.Errorf("%s (-reference +got):\n%s", name, d)
		}
	}
}

func predictions(t *testing.T, name string) map[string]eval.Prediction {
	t.Helper()
	out, err := eval.ReadPredictions(strings.NewReader(string(read(t, name+".jsonl"))))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/fixed/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
