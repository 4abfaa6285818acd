package query_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/eval"
	"kelisim/index/local"
	"kelisim/index/query"
)

// TestTyped reads testdata/typed.txt: however a query is typed, its article stands first for as many of the ten as a way's line says.
func TestTyped(t *testing.T) {
	data, err := os.ReadFile("testdata/typed.txt")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	texts := shelf{}
	var articles []*index.Record
	asked := map[string][][2]string{} // language → id and query
	least := map[string]int{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if article, ok := strings.CutPrefix(line, "> "); ok {
			text, q, _ := strings.Cut(article, " | ")
			lang, body, _ := strings.Cut(text, " ")
			r := index.Read(index.Article{ID: strconv.Itoa(len(articles) + 1), Lang: lang, Body: body}, names.Default())
			articles, texts[r.Article.ID] = append(articles, r), r
			asked[lang] = append(asked[lang], [2]string{r.Article.ID, q})
		} else if way, n, ok := strings.Cut(line, " | "); ok && !strings.HasPrefix(line, "#") {
			if least[way], err = strconv.Atoi(n); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := engine.Put(t.Context(), index.Batch{Seq: 1, Articles: articles}); err != nil {
		t.Fatal(err)
	}
	s := &query.Searcher{Engine: engine, Texts: texts, Lexicon: lexicon.Default(), Names: names.Default()}
	const cyrillicKeys, together = "cyrillic-keys", "run-together"
	struck := map[string]string{} // Latin key → the Russian letter on it
	for _, r := range "йцукенгшщзфывапролдячсмить" {
		struck[eval.Typed("latin-keys", string(r))] = string(r)
	}
	for _, way := range append(eval.TypedWays(), "as written", cyrillicKeys, together) {
		lang := "kk"
		typed := func(q string) string { return eval.Typed(way, q) }
		switch way {
		case cyrillicKeys:
			lang = "en"
			typed = func(q string) string {
				for key, letter := range struck {
					q = strings.ReplaceAll(q, key, letter)
				}
				return q
			}
		case together:
			typed = func(q string) string { return strings.Replace(q, " ", "", 1) }
		}
		first := 0
		var missed []string
		for _, a := range asked[lang] {
			p, err := s.Search(t.Context(), index.Query{Text: typed(a[1])})
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Hits) > 0 && p.Hits[0].ID == a[0] {
				first++
			} else {
				missed = append(missed, typed(a[1]))
			}
		}
		if n, ok := least[way]; !ok || first != n {
			t.Errorf("%s | %d: testdata/typed.txt says %d (there: %v); missed %q", way, first, n, ok, missed)
		}
	}
}
