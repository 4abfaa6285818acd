package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kelisim/index"
	"kelisim/web/export"
)

var manifest = export.Manifest{
	Program: "Kelisim", Version: "v1", Exported: "2026-11-22T10:00:00Z", Index: 7, Address: "/?q=a", Rows: "agreements", Query: `{"@evil`,
	Filters: map[string][]string{"country": {"CN"}}, Total: 2, Columns: []string{"id", "parties", "confidence", "n"},
}

// rows have what hurts: formulas, quotes, line ends, TeX, letters that only Kazakh has.
var rows = []export.Row{
	{
		Cells:  []any{"a1", "=HYPERLINK(\"http://evil\")", 0.95, 3},
		Object: map[string]any{"id": "a1", "name": "Қ & ә"},
		Reference: export.Reference{
			ID: "a1", Title: "100 % \"Әл-Фараби\" {атындағы} _x_ & \\y\nекінші жол", Lang: "kk", Outlet: "Kazinform and Post, Ltd", URL: "https://kaz.example/a?b=1&c={2}",
			Issued: index.Date{Year: 2025, Month: 11, Day: 17}, Accessed: "2026-11-22", Abstract: "TY  - NEWS\nER  - ", Keywords: []string{"ҚазҰУ", "Таллин, Эстония"}, Note: "n",
		},
	},
	{
		Cells: []any{"-2", "@x", 1.0, 0}, Object: map[string]any{"id": "-2"},
		Reference: export.Reference{ID: "-2/ә", Title: "Б{ — }}{{ \\{ «A & B» #1 $5 ~^", Outlet: "О{", Issued: index.Date{Year: 2025}, Note: "\\"},
	},
}

func written(t *testing.T, ext string) []byte {
	t.Helper()
	for _, f := range export.Formats {
		if f.Ext != ext {
			continue
		}
		var b bytes.Buffer
		w, err := f.Open(&b, manifest)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if err := w.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	t.Fatalf("no format %s", ext)
	return nil
}

func TestCSV(t *testing.T) {
	data, ok := bytes.CutPrefix(written(t, "csv"), []byte("\ufeff"))
	if !ok {
		t.Error("no byte order mark")
	}
	got, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"id", "parties", "confidence", "n"}, {"a1", "'=HYPERLINK(\"http://evil\")", "0.95", "3"}, {"'-2", "'@x", "1", "0"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Ids that a spreadsheet would read as another number are marked, numbers and dates that it reads as they are are not.
func TestCSVNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"12345678e123": "'12345678e123", "1E5": "'1E5", "2.5e-3": "'2.5e-3", "0042": "'0042", "123456789012": "'123456789012",
		"2025": "2025", "0": "0", "0.5": "0.5", "2025-11-17": "2025-11-17", "12345678f123": "12345678f123", "e123": "e123", "1e": "1e", "-1": "'-1", "": "",
	} {
		var b bytes.Buffer
		w, err := export.Formats[0].Open(&b, export.Manifest{Columns: []string{"id", "n"}})
		if err == nil {
			err = errors.Join(w.Write(export.Row{Cells: []any{text, 3}}), w.Close())
		}
		if got := "\ufeffid,n\r\n" + want + ",3\r\n"; err != nil || strings.ReplaceAll(b.String(), `"`, "") != got {
			t.Errorf("%q is written as %q, not %q, %v", text, b.String(), got, err)
		}
	}
}

func TestXLSX(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("Kelisim")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"id", "parties", "confidence", "n"}, {"a1", "=HYPERLINK(\"http://evil\")", "0.95", "3"}, {"-2", "@x", "1", "0"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if formula, _ := f.GetCellFormula("Kelisim", "B2"); formula != "" {
		t.Errorf("a text became the formula %s", formula)
	}
	if v, _ := f.GetCellValue("manifest", "A3"); v != "index" {
		t.Errorf("the manifest's third line is %q", v)
	}
}

func TestJSONL(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(string(written(t, "jsonl"))), "\n")
	if len(lines) != 2 || lines[0] != `{"id":"a1","name":"Қ & ә"}` {
		t.Error(lines)
	}
}

func TestCSL(t *testing.T) {
	var items []struct {
		ID, Type, Title string
		Issued          struct {
			Parts [][]int `json:"date-parts"`
		}
	}
	if err := json.Unmarshal(written(t, "csl.json"), &items); err != nil {
		t.Fatal(err)
	}
	if len(items) != 2 || items[0].Type != "article-newspaper" || fmt.Sprint(items[0].Issued.Parts) != "[[2025 11 17]]" || fmt.Sprint(items[1].Issued.Parts) != "[[2025]]" {
		t.Errorf("%+v", items)
	}
}

// A hundred thousand rows take no more memory than a few.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("short: a million rows")
	}
	const most = 30 << 20 // bytes
	for _, f := range export.Formats {
		var before, now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		w, err := f.Open(io.Discard, manifest)
		if err != nil {
			t.Fatal(err)
		}
		peak := uint64(0)
		for i := range 100_000 {
			if err := w.Write(rows[i%2]); err != nil {
				t.Fatal(err)
			}
			if i%20_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if peak > before.HeapAlloc+most {
			t.Errorf("%s: %d MB more", f.Name, (peak-before.HeapAlloc)>>20)
		}
	}
}
