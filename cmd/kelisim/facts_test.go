package main_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Spans of extract point into the text that it prints.
func TestExtract(t *testing.T) {
	out := must(t, t.TempDir(), "extract", "--text", seedsFolder)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 5 {
		t.Fatalf("%d lines for 5 articles", len(lines))
	}
	for _, line := range lines {
		var f struct {
			ID, Title, Date, Lang, Outlet, Text string
			Home                                bool
			Countries                           []struct {
				ISO2  string
				Spans [][2]int
			}
			Institutions []struct {
				Key, Name, Kind string
				Surfaces        []string
				Spans           [][2]int
			}
			Agreements []struct {
				Quote string
				Span  [2]int
			}
			Claims []struct{ Number, Text string }
		}
		d := json.NewDecoder(strings.NewReader(line))
		if err := d.Decode(&f); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(f.Text, f.Title+"\n") || !f.Home || f.Date == "" || f.Lang == "" {
			t.Errorf("%s: title %q, home %v, date %q, language %q", f.ID, f.Title, f.Home, f.Date, f.Lang)
		}
		for _, c := range f.Countries {
			if c.ISO2 == "KZ" || len(c.Spans) == 0 {
				t.Errorf("%s: country %s with %d spans", f.ID, c.ISO2, len(c.Spans))
			}
		}
		for _, in := range f.Institutions {
			for i, s := range in.Spans {
				if got := f.Text[s[0]:s[1]]; got != in.Surfaces[i] {
					t.Errorf("%s: %s: the span holds %q, the surface is %q", f.ID, in.Key, got, in.Surfaces[i])
				}
			}
		}
		for _, a := range f.Agreements {
			if got := f.Text[a.Span[0]:a.Span[1]]; got != a.Quote {
				t.Errorf("%s: the span holds %q, the quote is %q", f.ID, got, a.Quote)
			}
		}
		for _, key := range []string{`"claims":[`, `"agreements":[`, `"institutions":[`, `"countries":[`} {
			if !strings.Contains(line, key) {
				t.Errorf("%s: no list %s", f.ID, key)
			}
		}
	}
}

// What is read out of the gold's articles is not worse than testdata/facts.tsv says.
func TestEvalFacts(t *testing.T) {
	if testing.Short() {
		t.Skip("short: an evaluation")
	}
	floors, err := os.ReadFile("testdata/facts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var scores map[string]map[string]struct{ Told, Right, Wanted, Found int }
	out := must(t, t.TempDir(), "eval", "facts", "--json", "--gold", gold)
	if err := json.Unmarshal([]byte(out), &scores); err != nil {
		t.Fatal(err)
	}
	var columns []string
	asked := map[string]bool{}
	for line := range strings.Lines(string(floors)) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if columns == nil {
			columns = row
			continue
		}
		var sets []string
		for set := range scores {
			if ok, _ := path.Match(row[0], set); ok {
				sets = append(sets, set)
				asked[set] = true
			}
		}
		if sets == nil {
			t.Errorf("no set is called %s", row[0])
		}
		for i, cell := range row[1:] {
			if cell == "–" {
				continue
			}
			bound, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatalf("%s, %s: %v", row[0], columns[i+1], err)
			}
			figure, most := strings.CutPrefix(columns[i+1], "≤ ")
			var told, right, wanted, found int
			for _, set := range sets {
				f, ok := scores[set][figure]
				if !ok {
					t.Errorf("%s has no figure «%s»", set, figure)
				}
				told, right, wanted, found = told+f.Told, right+f.Right, wanted+f.Wanted, found+f.Found
			}
			got := float64(right) / float64(max(1, told))
			switch {
			case figure == "ror other":
				got = float64(right)
			case most:
				got = float64(told - right)
			case wanted > 0:
				recall := float64(found) / float64(wanted)
				got = 2 * got * recall / max(1e-9, got+recall)
			}
			if most && got > bound || !most && got < bound {
				t.Errorf("%s, %s: %.3f, the bound is %s", row[0], figure, got, cell)
			}
		}
	}
	for set := range scores {
		if !asked[set] {
			t.Errorf("no bounds for %s", set)
		}
	}
}

func TestEvalFactsPrints(t *testing.T) {
	if testing.Short() {
		t.Skip("short: an evaluation")
	}
	data := t.TempDir()
	out := must(t, data, "eval", "facts", "--errors", "2", "--gold", gold, gold+"/seeds.json")
	for _, want := range []string{"institutions", "pairs", "one key", "seeds.json", "total", "== "} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	out = must(t, data, "eval", "facts", "--lines", "--gold", gold, gold+"/items-dev")
	if n := strings.Count(out, "\n"); n != 4 { // a head, two files, the total
		t.Errorf("%d lines:\n%s", n, out)
	}
	if code, _, _ := kelisim(t, data, "eval", "facts", "--gold", gold, data); code != 1 {
		t.Errorf("a folder without gold: exit code %d", code)
	}
}

// ownHeader begins a data folder's institutions.tsv.
const ownHeader = "id\tcountry\tkind\tname_kk\tname_ru\tname_en\taliases\taliases_weak\tlat\tlon\tcity\tror\twikidata\twebsite\tnote\n"

const gold = "../../index/eval/testdata"

func TestNames(t *testing.T) {
	data := t.TempDir()
	if out := must(t, data, "names", "check"); !strings.Contains(out, "no fault") {
		t.Errorf("check says %q", out)
	}
	if out := must(t, data, "names", "show", "КазНУ"); !strings.Contains(out, "ror:03q0vrn42") {
		t.Errorf("show says %q", out)
	}
	if code, _, _ := kelisim(t, data, "names", "show", "жоқмұндай"); code != 1 {
		t.Errorf("an unknown name: exit code %d", code)
	}
	writeFile(t, data, "institutions.tsv", ownHeader+"own:x\tKZ\tuniversity\tМысал Ойдан университеті\t\tMysal Oidan University\t\t\t\t\t\t\t\t\t\n")
	if out := must(t, data, "names", "check"); !strings.Contains(out, "institutions.tsv") {
		t.Errorf("check with own rows says %q", out)
	}
	if out := must(t, data, "names", "show", "own:x"); !strings.Contains(out, "Mysal Oidan University") {
		t.Errorf("show of an own row says %q", out)
	}
	writeFile(t, data, "institutions.tsv", ownHeader+"own:x\tXX\tuniversity\tМысал\t\t\t\t\t\t\t\t\t\t\t\n")
	if code, out, _ := kelisim(t, data, "names", "check"); code != 1 || !strings.Contains(out, "XX") {
		t.Errorf("check of a bad row: exit code %d, %q", code, out)
	}
}

func TestCorrections(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	list := func() (total int, first string) {
		var f struct {
			Total int
			Hits  []struct{ ID string }
		}
		if err := json.Unmarshal([]byte(must(t, data, "agreements", "--json", "--size", "100")), &f); err != nil {
			t.Fatal(err)
		}
		if f.Total == 0 {
			t.Fatal("the seeds tell no agreement")
		}
		return f.Total, f.Hits[0].ID
	}
	before, id := list()
	line := must(t, data, "agreements", "--wrong", id)
	writeFile(t, data, "corrections.tsv", line)
	if after, first := list(); after != before-1 || first == id {
		t.Errorf("%d agreements, and %d after %s was taken out, the first of them %s", before, after, id, first)
	}
	must(t, data, "reindex")
	if after, _ := list(); after != before-1 {
		t.Errorf("%d agreements after reindex", after)
	}
	// A server reads the data folder's files when it is asked to build the index anew, and what opens it next need not.
	s := serve(t, data)
	writeFile(t, data, "corrections.tsv", "no header\n")
	if code, _, errOut := kelisim(t, data, "reindex"); code != 1 || !strings.Contains(errOut, "line 1") {
		t.Errorf("a mistake in corrections.tsv: exit code %d, %q", code, errOut)
	}
	writeFile(t, data, "corrections.tsv", "")
	writeFile(t, data, "institutions.tsv", ownHeader+"own:mine\tFR\tuniversity\tМысал Ойдан университеті\t\tMysal Oidan University\t\t\t\t\t\t\t\t\t\n")
	must(t, data, "reindex")
	if after, _ := list(); after != before {
		t.Errorf("%d agreements after the correction is gone", after)
	}
	if status, body := s.get("/institution/own:mine?hl=en"); status != http.StatusOK || !strings.Contains(string(body), "Mysal Oidan University") {
		t.Errorf("an institution of the folder's own: %d", status)
	}
	current, _ := os.ReadFile(filepath.Join(data, "index", "CURRENT"))
	s.stop()
	must(t, data, "search", "келісім")
	if now, err := os.ReadFile(filepath.Join(data, "index", "CURRENT")); err != nil || string(now) != string(current) {
		t.Errorf("the index was built once more: %s, before %s", now, current)
	}
}
