package export_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nickng/bibtex"
)

// tex undoes what TeX is told of a text.
var tex = strings.NewReplacer(
	`\textbackslash{}`, `\`, `\textbraceleft{}`, "{", `\textbraceright{}`, "}", `\textasciitilde{}`, "~", `\textasciicircum{}`, "^",
	`\%`, "%", `\&`, "&", `\#`, "#", `\$`, "$", `\_`, "_", "{", "", "}", "",
)

// A parser that is not ours finds in BibTeX the entries that were written, each with its own texts.
func TestBibTeX(t *testing.T) {
	file, err := bibtex.Parse(bytes.NewReader(written(t, "bib")))
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Entries) != len(rows) {
		t.Fatalf("%d entries", len(file.Entries))
	}
	for i, e := range file.Entries {
		r := rows[i].Reference
		if e.Type != "online" || !strings.HasPrefix(e.CiteName, "kelisim:") {
			t.Errorf("entry %d is a %s called %s", i, e.Type, e.CiteName)
		}
		for name, want := range map[string]string{
			"title": r.Title, "organization": r.Outlet, "date": r.Issued.String(), "urldate": r.Accessed, "abstract": r.Abstract, "keywords": strings.Join(r.Keywords, ", "), "note": r.Note,
		} {
			got := ""
			if f, ok := e.Fields[name]; ok {
				got = tex.Replace(f.String())
			}
			if got != strings.Join(strings.Fields(want), " ") {
				t.Errorf("%s of entry %d is %q, want %q", name, i, got, want)
			}
		}
	}
	// Names with «and» are one name, keywords with commas one keyword; braces of an address are escaped as addresses do.
	for name, want := range map[string]string{"organization": "{Kazinform and Post, Ltd}", "keywords": "ҚазҰУ, {Таллин, Эстония}", "url": "https://kaz.example/a?b=1&c=%7B2%7D", "langid": "kazakh"} {
		if got := file.Entries[0].Fields[name].String(); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if s := string(written(t, "bib")); !strings.Contains(s, "index: 7") {
		t.Error("the manifest is not in the file")
	}
}

// A parser that is not ours finds in RIS the records that were written, each with its own texts: no line of a text is a tag.
func TestRIS(t *testing.T) {
	wheels, err := filepath.Glob("../../node_modules/rispy/rispy-*.whl")
	if err != nil || len(wheels) == 0 {
		t.Skip("no rispy: get it with make rispy")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	file := filepath.Join(t.TempDir(), "kelisim.ris")
	if err := os.WriteFile(file, written(t, "ris"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-I", "-c", `import sys; sys.path.insert(0, sys.argv[1]); import json, rispy
print(json.dumps(rispy.load(open(sys.argv[2], encoding="utf-8"))))`, wheels[len(wheels)-1], file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var records []struct {
		Type     string   `json:"type_of_reference"`
		ID       string   `json:"id"`
		Title    string   `json:"title"`
		Outlet   string   `json:"secondary_title"`
		Year     string   `json:"year"`
		Date     string   `json:"date"`
		Language string   `json:"language"`
		URLs     []string `json:"urls"`
		Abstract string   `json:"abstract"`
		Keywords []string `json:"keywords"`
		Notes    []string `json:"notes"`
		Unknown  any      `json:"unknown_tag"`
	}
	if err := json.Unmarshal(out, &records); err != nil {
		t.Fatal(err)
	}
	if len(records) != len(rows) {
		t.Fatalf("%d records", len(records))
	}
	for i, got := range records {
		r := rows[i].Reference
		for _, x := range [][2]string{
			{got.Type, "NEWS"}, {got.ID, r.ID}, {got.Title, r.Title}, {got.Outlet, r.Outlet}, {got.Year, "2025"}, {got.Language, r.Lang}, {got.Abstract, r.Abstract},
			{strings.Join(got.URLs, " "), r.URL}, {strings.Join(got.Notes, " "), r.Note},
		} {
			if x[0] != strings.Join(strings.Fields(x[1]), " ") {
				t.Errorf("record %d: %q, want %q", i, x[0], x[1])
			}
		}
		if !slices.Equal(got.Keywords, r.Keywords) || got.Unknown != nil {
			t.Errorf("record %d: keywords %q, unknown %v", i, got.Keywords, got.Unknown)
		}
	}
	if records[0].Date != "2025/11/17/" || records[1].Date != "2025///" {
		t.Errorf("dates %q and %q", records[0].Date, records[1].Date)
	}
}
