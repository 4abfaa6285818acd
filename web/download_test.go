package web_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// A file has exactly the rows that its page counts, each once, with what a researcher needs.
func TestDownload(t *testing.T) {
	s := seedSite(t)
	for _, tt := range []struct{ state, page string }{
		{"tab=agreements&country=CN&status=signed", "/api/v1/agreements?country=CN&status=signed&size=100"},
		{"tab=agreements&min_confidence=0.9", "/api/v1/agreements?min_confidence=0.9&size=100"},
		{"q=келісім", "/api/v1/search?q=келісім&size=100"},
		{"", "/api/v1/search?size=100"},
	} {
		want := s.search(t, tt.page)
		w := s.get(t, "/export.csv?hl=en&"+tt.state)
		if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment; filename=\"kelisim-") {
			t.Fatalf("%s: status %d, %s", tt.state, w.Code, w.Header())
		}
		lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(w.Body.Bytes(), []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, l := range lines[1:] {
			seen[l[0]] = true
		}
		if len(lines)-1 != want.Total || len(seen) != want.Total {
			t.Errorf("%s: %d rows, %d ids, the page counts %d", tt.state, len(lines)-1, len(seen), want.Total)
		}
		if i := slices.Index(lines[0], "sha256"); len(lines[1][i]) != 64 {
			t.Errorf("%s: sha256 %q", tt.state, lines[1][i])
		}
		var m struct {
			Index, Total int
			Address      string
			Columns      []string
			Filters      map[string][]string
		}
		if err := json.Unmarshal(s.get(t, "/export.manifest.json?"+tt.state).Body.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		if m.Total != want.Total || m.Index != 5 || !slices.Equal(m.Columns, lines[0]) {
			t.Errorf("%s: manifest %+v", tt.state, m)
		}
		// Who opens the manifest's address gets the same rows.
		if again := s.search(t, "/api/v1/search"+strings.TrimPrefix(m.Address, "/")); again.Total != want.Total {
			t.Errorf("%s: %s gives %d", tt.state, m.Address, again.Total)
		}
	}
	page := says(t, "/agreements?country=CN&hl=ru", "Скачать", `href="/export.csv?tab=agreements&amp;country=CN&amp;hl=ru"`, "паспорт данных")
	if !strings.Contains(words(page), "соглашений, в CSV около") {
		t.Error("the size is not told before")
	}
	for _, ext := range []string{"xlsx", "jsonl", "ris", "bib", "csl.json"} {
		if w := s.get(t, "/export."+ext+"?tab=agreements"); w.Code != 200 || w.Body.Len() < 1000 {
			t.Errorf("%s: status %d, %d bytes", ext, w.Code, w.Body.Len())
		}
	}
	if w := s.get(t, "/export.doc"); w.Code != 404 {
		t.Errorf("no such format: status %d", w.Code)
	}
	if w := s.get(t, "/export.csv?kind=memorandums"); w.Code != 400 {
		t.Errorf("a wrong value: status %d", w.Code)
	}
	if w := s.ask(t, "HEAD", "/export.csv"); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: status %d, %d bytes", w.Code, w.Body.Len())
	}
}
