package main_test

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// What the page «About» says of the program's quality is what is measured, within five hundredths.
func TestMeasuredFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("short: an evaluation")
	}
	data, err := os.ReadFile("../../web/measured.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var scores map[string]map[string]struct{ Told, Right, Wanted, Found int }
	if err := json.Unmarshal([]byte(must(t, t.TempDir(), "eval", "facts", "--json", "--gold", gold, gold+"/unseen")), &scores); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if line[0] == '#' || f[0] == "texts" {
			continue
		}
		var told, right, wanted, found int
		for set, of := range scores {
			if x, ok := of[f[0]]; ok && set != "total" {
				told, right, wanted, found = told+x.Told, right+x.Right, wanted+x.Wanted, found+x.Found
			}
		}
		for i, got := range []float64{float64(right) / float64(max(1, told)), float64(found) / float64(max(1, wanted))} {
			if f[i+1] == "–" {
				continue
			}
			said, err := strconv.ParseFloat(f[i+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(said/100-got) > .05 {
				t.Errorf("%s: web/measured.tsv says %s, measured %.3f", f[0], f[i+1], got)
			}
		}
	}
}
