package query_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/local"
	"kelisim/index/query"
)

// TestAcross reads testdata/across.txt. What notes say of other words are words of the articles, no stems.
func TestAcross(t *testing.T) {
	data, err := os.ReadFile("testdata/across.txt")
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
	var lines []string
	written := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if article, ok := strings.CutPrefix(line, "> "); ok {
			lang, body, _ := strings.Cut(article, " ")
			r := index.Read(index.Article{ID: strconv.Itoa(len(articles) + 1), Lang: lang, Body: body}, names.Default())
			articles, texts[r.Article.ID] = append(articles, r), r
			for _, tok := range analysis.Split(body) {
				written[tok.Form] = true
			}
		} else if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if err := engine.Put(t.Context(), index.Batch{Seq: 1, Articles: articles}); err != nil {
		t.Fatal(err)
	}
	s := &query.Searcher{Engine: engine, Texts: texts, Lexicon: lexicon.Default(), Names: names.Default()}
	for _, line := range lines {
		line, fault := strings.CutSuffix(line, "!")
		cols := strings.Split(line, " |")
		p, err := s.Search(t.Context(), index.Query{Text: cols[0], Match: "all"})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range p.Hits {
			ids = append(ids, h.ID)
		}
		slices.Sort(ids)
		got, want := strings.Join(ids, " "), strings.TrimSpace(cols[1])
		if p, err = s.Search(t.Context(), index.Query{Text: cols[0]}); err != nil {
			t.Fatal(err)
		}
		if got += fmt.Sprint(" ", p.Total); (got == want+fmt.Sprint(" ", len(strings.Fields(want)))) == fault {
			t.Errorf("%s: %s, want %s (fault %v); notes %+v", cols[0], got, want, fault, p.Notes)
		}
	}
	said := map[string]bool{}
	for _, typed := range []string{"делегацея Гент", "варшавалық встретили", "униветситет Гент", "университетский диплом", "қарқаралылық келу", "университет открыл"} {
		p, err := s.Search(t.Context(), index.Query{Text: typed})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range p.Notes {
			if n.Code != "similar" && n.Code != "repair" && n.Code != "spelled" {
				continue
			}
			words := n.Args[0]
			if n.Code == "repair" {
				words = n.Args[1]
			}
			for _, tok := range analysis.Split(words) {
				said[n.Code] = true
				if !written[tok.Form] {
					t.Errorf("%s: the note %s names %q, which is no word of any text", typed, n.Code, tok.Surface)
				}
			}
		}
	}
	for _, slip := range []string{"университтет", "диппломы"} {
		p, err := s.Search(t.Context(), index.Query{Text: slip})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := noted(p, "repair"); !ok {
			t.Errorf("%s: no note tells that it was mended: %+v", slip, p.Notes)
		}
	}
	if len(said) < 3 {
		t.Errorf("only %v name words", said)
	}
}
