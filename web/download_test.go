package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
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

// Who has nothing but a manifest gets the same rows, to the byte; and so does who asks with its query, filters and confidence.
func TestManifestGivesTheSameRows(t *testing.T) {
	s := seedSite(t)
	for _, state := range []string{
		"tab=agreements&country=CN&status=-planned&from=2025-08&hl=kk", "tab=agreements&min_confidence=0.25&hl=ru&sort=oldest", "q=келісім&lang=kk", "q=двойной+диплом&match=most",
		"q=меморандум&country=-CN&country=EE&tab=agreements", "tab=table&rows=kind&cols=year&hl=en", "tab=trend&by=month&split=country", "tab=network", "tab=map&hl=ru",
		"tab=concordance&q=келісім&order=left", "q=нетаких",
	} {
		page := s.get(t, "/?"+strings.ReplaceAll(state, "келісім", url.QueryEscape("келісім")))
		if page.Code != 200 {
			t.Fatalf("%s: status %d", state, page.Code)
		}
		w := s.get(t, "/export.manifest.json?"+state)
		var m struct {
			Address, File, Lang, Rows, View, Query, SHA256 string
			Confidence                                     string `json:"min_confidence"`
			Filters                                        map[string][]string
			Columns                                        []string
			Lines, Total                                   int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &m); err != nil {
			t.Fatalf("%s: %v in %s", state, err, w.Body)
		}
		file := s.get(t, m.File).Body.Bytes()
		lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(file); hex.EncodeToString(sum[:]) != m.SHA256 || len(lines)-1 != m.Lines || !slices.Equal(lines[0], m.Columns) {
			t.Errorf("%s: %s gives %d rows of %q, %x; the manifest says %d of %q, %s", state, m.File, len(lines)-1, lines[0], sum, m.Lines, m.Columns, m.SHA256)
		}
		if m.View == "" && m.Lines != m.Total {
			t.Errorf("%s: %d rows of %d", state, m.Lines, m.Total)
		}
		if strings.Contains(state, "match=") {
			continue // is in the address only
		}
		asked := url.Values{"q": {m.Query}, "min_confidence": {m.Confidence}}
		for name, values := range m.Filters {
			asked[name] = values
		}
		if m.Query == "" {
			asked.Del("q")
		}
		if got := s.search(t, "/api/v1/"+map[string]string{"agreements": "agreements", "articles": "search"}[m.Rows]+"?"+asked.Encode()); got.Total != m.Total {
			t.Errorf("%s: asked again as %s: %s rows, the manifest says %d", state, asked.Encode(), strconv.Itoa(got.Total), m.Total)
		}
	}
}
