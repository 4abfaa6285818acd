package query_test

import (
	"errors"
	"slices"
	"testing"

	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/local"
	"kelisim/index/query"
)

// TestTranslationIsTheWord: an article with all words by translation has all words, with match=all too; x=0 takes it away.
func TestTranslationIsTheWord(t *testing.T) {
	engine, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	folder := t.TempDir()
	arch, err := archive.OpenWriter(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer arch.Close()
	articles := []index.Article{
		{ID: "kk", Body: "Университеттер қос диплом туралы келісім жасады."},
		{ID: "ru", Body: "Вузы заключили соглашение о двойном дипломе."},
		{ID: "half", Body: "Вузы обсудили двойной диплом."},
		{ID: "none", Body: "Бүгін күн суық болады."},
	}
	if _, refused, err := arch.Put(t.Context(), articles, nil); errors.Join(append(refused, err)...) != nil {
		t.Fatal(err, refused)
	}
	b := index.Batch{Seq: 1}
	for _, a := range articles {
		b.Articles = append(b.Articles, index.Read(a, names.Default()))
	}
	if err := engine.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	s := &query.Searcher{Engine: engine, Texts: arch, Lexicon: lexicon.Default()}
	for _, c := range []struct {
		match    string
		noExpand bool
		want     []string
	}{
		{"all", false, []string{"kk", "ru"}}, {"", false, []string{"kk", "ru"}}, {"all", true, []string{"kk"}}, {"", true, []string{"kk"}},
	} {
		p, err := s.Search(t.Context(), index.Query{Text: "қос диплом келісім", Match: c.match, NoExpand: c.noExpand})
		if err != nil {
			t.Fatal(err)
		}
		var full []string
		for _, h := range p.Hits {
			if !h.Rest {
				full = append(full, h.ID)
			}
		}
		slices.Sort(full)
		if !slices.Equal(full, c.want) || p.Total != len(c.want) {
			t.Errorf("match %q, expanded %v: %v have all words, total %d; want %v", c.match, !c.noExpand, full, p.Total, c.want)
		}
		if told := slices.ContainsFunc(p.Notes, func(n index.Note) bool { return n.Code == "translated" }); told == c.noExpand {
			t.Errorf("match %q, expanded %v: a note tells of translations: %v", c.match, !c.noExpand, told)
		}
	}
	// Operators mean the word; a minus says nothing of the others.
	for text, want := range map[string]int{"диплом AND келісім": 1, "қос диплом келісім -суық": 2, "қос диплом келісім -вузы": 1, `қос диплом "келісім"`: 1} {
		if p, err := s.Search(t.Context(), index.Query{Text: text}); err != nil || p.Total != want {
			t.Errorf("%s: total %d, want %d; %v", text, p.Total, want, err)
		}
	}
}
