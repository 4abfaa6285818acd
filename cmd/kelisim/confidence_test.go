package main_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Extract prints what is as sure as it is asked for, and no less.
func TestExtractConfidence(t *testing.T) {
	type fact struct {
		ID         string
		Confidence *float64
		Why        *[]string
	}
	read := func(args ...string) (out []fact) {
		for line := range strings.Lines(must(t, t.TempDir(), append([]string{"extract", seedsFolder}, args...)...)) {
			var f struct{ Agreements []fact }
			if err := json.Unmarshal([]byte(line), &f); err != nil {
				t.Fatal(err)
			}
			out = append(out, f.Agreements...)
		}
		return out
	}
	all := read("--min-confidence", "0")
	for _, f := range all {
		if f.Confidence == nil || *f.Confidence < .25 || *f.Confidence > 1 || f.Why == nil {
			t.Fatalf("%s: confidence %v, why %v", f.ID, f.Confidence, f.Why)
		}
	}
	for _, least := range []float64{.45, .7, .9} {
		args := []string{"--min-confidence", fmt.Sprint(least)}
		if least == .45 {
			args = nil // the default
		}
		want := len(all) - len(slices.DeleteFunc(slices.Clone(all), func(f fact) bool { return *f.Confidence >= least }))
		if got := read(args...); len(got) != want {
			t.Errorf("from %v on: %d agreements, want %d of %d", least, len(got), want, len(all))
		}
	}
}

// Agreements prints how sure each is; what is less sure than asked for is not there.
func TestAgreementsConfidence(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	last := -1
	for _, least := range []string{"1", "0.9", ".7", "", "0"} {
		args := []string{"agreements", "--size", "100"}
		if least != "" {
			args = append(args, "--min-confidence", least)
		}
		var a struct {
			Total, Uncertain int
			Hits             []struct{ Confidence float64 }
		}
		if err := json.Unmarshal([]byte(must(t, data, append(args, "--json")...)), &a); err != nil {
			t.Fatal(err)
		}
		uncertain := 0
		for _, h := range a.Hits {
			if h.Confidence < .7 {
				uncertain++
			}
		}
		whole := a.Total <= 100 // else the page has not all
		if a.Total < last || whole && (a.Uncertain != uncertain || a.Total != len(a.Hits)) {
			t.Errorf("from %q on: total %d after %d, %d uncertain of %d hits, it says %d", least, a.Total, last, uncertain, len(a.Hits), a.Uncertain)
		}
		last = a.Total
		table := must(t, data, args...)
		if n := strings.Count(table, "%, uncertain  "); n != uncertain {
			t.Errorf("from %q on: %d agreements are marked, want %d", least, n, uncertain)
		}
		if said := fmt.Sprintf(", %d of them uncertain\n", a.Uncertain); strings.Contains(table, said) != (a.Uncertain > 0) {
			t.Errorf("from %q on: %.60s", least, table)
		}
	}
}

// What a person corrected is certain, however unsure the program was.
func TestCorrectedIsCertain(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	type hit struct {
		ID         string
		Confidence float64
	}
	hits := func(least string) (out struct{ Hits []hit }) {
		if err := json.Unmarshal([]byte(must(t, data, "agreements", "--size", "100", "--min-confidence", least, "--json")), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	all := hits("0").Hits
	if len(all) == 0 {
		t.Fatal("nothing is read of the seeds")
	}
	least := slices.MinFunc(all, func(a, b hit) int { return cmp.Compare(a.Confidence, b.Confidence) })
	line := "id\tfield\tvalue\twho\twhy\n" + least.ID + "\tstatus\tplanned\tA\tseen\n"
	if err := os.WriteFile(filepath.Join(data, "corrections.tsv"), []byte(line), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := hits("1").Hits; !slices.Contains(got, hit{least.ID, 1}) {
		t.Errorf("%s, corrected, is not among %v", least.ID, got)
	}
	if table := must(t, data, "agreements", "--min-confidence", "1"); !strings.Contains(table, "planned, corrected  "+least.ID) {
		t.Errorf("it is not told as corrected: %s", table)
	}
}
