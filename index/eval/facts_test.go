package eval_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index/eval"
)

// The tables beside the predictions were written by the reference scorer, gold/score_facts.py.
func TestFactsEqualsReference(t *testing.T) {
	table, err := os.Open("../../analysis/names/data/institutions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	gold, err := eval.LoadGold(os.DirFS("testdata"), table)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"naive", "mixed"} {
		f, err := os.Open("testdata/" + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		predictions, err := eval.ReadPredictions(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile("testdata/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := eval.Write(&got, gold.Facts(predictions), 0); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got.String()); d != "" {
			t.Errorf("%s (-reference +got):\n%s", name, d)
		}
	}
}
