package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

type deal struct {
	ID       string
	Status   string
	Evidence []struct{ ID, Article, Status, Corrected string }
}

func deals(t *testing.T, data string) map[string]deal {
	t.Helper()
	var f struct{ Hits []deal }
	if err := json.Unmarshal([]byte(must(t, data, "agreements", "--json", "--size", "100")), &f); err != nil {
		t.Fatal(err)
	}
	out := map[string]deal{}
	for _, h := range f.Hits {
		out[h.ID] = h
	}
	return out
}

// own are the agreements that extract reads out of an article by itself.
func own(t *testing.T, data, file string) (ids []string) {
	t.Helper()
	var f struct{ Agreements []struct{ ID string } }
	if err := json.Unmarshal([]byte(must(t, data, "extract", file)), &f); err != nil {
		t.Fatal(err)
	}
	for _, a := range f.Agreements {
		if !slices.Contains(ids, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// A deed that two articles tell is one agreement with the evidence of both; a correction may name what either told.
func TestToldTwice(t *testing.T) {
	const (
		kk = "Назарбаев Университеті мен Тарту университеті 2025 жылғы 12 мамырда меморандумға қол қойды."
		ru = "Назарбаев Университет и Тартуский университет 12 мая 2025 года подписали меморандум."
	)
	data, files := t.TempDir(), t.TempDir()
	a := writeFile(t, files, "a.txt", " date 2025-05-13 Келісім\n"+kk)
	must(t, data, "index", files)
	alone := deals(t, data)
	if len(alone) == 0 {
		t.Fatal("nothing is read out of " + kk)
	}
	b := writeFile(t, files, "b.txt", " date 2025-05-14 Келісім туралы\n"+kk)
	writeFile(t, files, "c.txt", " date 2025-05-12 Договор\n"+ru)
	must(t, data, "index", files)
	both := deals(t, data)
	twice := ""
	for id := range alone {
		if len(both[id].Evidence) >= 2 {
			twice = id
		}
	}
	seen := map[string]int{}
	for _, d := range both {
		for _, e := range d.Evidence {
			if e.Article == "a" || e.Article == "b" {
				seen[e.ID]++
			}
		}
	}
	for id, n := range seen {
		if n%2 != 0 {
			t.Errorf("%s is told %d times by two articles that say the same", id, n)
		}
	}
	if twice == "" {
		for _, d := range both { // an earlier article gave it its ID
			if len(d.Evidence) >= 2 {
				twice = d.ID
			}
		}
	}
	if twice == "" {
		t.Fatalf("alone %+v, together %+v", alone, both)
	}
	from := ""
	for _, e := range both[twice].Evidence {
		if e.Article == "b" {
			from = e.ID
		}
	}
	if !slices.Contains(own(t, data, b), from) || !slices.Contains(own(t, data, a), from) {
		t.Errorf("%s, which %s has from b, is not what extract gives", from, twice)
	}
	writeFile(t, data, "corrections.tsv", "id\tfield\tvalue\twho\twhy\n"+from+"\tstatus\tdiscussed\tA. Kim\tI was there\n")
	d := deals(t, data)[twice]
	if d.Status != "discussed" || len(d.Evidence) != len(both[twice].Evidence) || slices.ContainsFunc(d.Evidence, func(e struct{ ID, Article, Status, Corrected string }) bool {
		return e.Status != "discussed" || !strings.Contains(e.Corrected, "A. Kim")
	}) {
		t.Errorf("corrected: %+v", d)
	}
	if err := os.Remove(filepath.Join(data, "corrections.tsv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(b); err != nil {
		t.Fatal(err)
	}
	must(t, data, "index", "--prune", files)
	for id, d := range deals(t, data) {
		for _, e := range d.Evidence {
			if e.Article == "b" {
				t.Errorf("%s keeps evidence of a removed article", id)
			}
		}
	}
}
