package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

// What a hit shows is the same whether its text is read or the engine tells where its words stand: the title and what is marked
// of it, and in each snippet the same words. Where a text has more paragraphs with matches than are read, a snippet may come
// from another.
func TestSketchShowsWhatReadingDoes(t *testing.T) {
	e, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	b := index.Batch{Seq: 1}
	articles := map[string]index.Article{}
	for i := range 120 {
		a := enginetest.Article(3, i)
		switch i % 4 {
		case 0:
			a.Title = ""
		case 1:
			a.Body = "\n \n" + strings.ReplaceAll(a.Body, "\n", "\n\n***\n")
		case 2:
			a.Body += "\nТаллиннде Tallinn Tech-тің ректоры, сондай-ақ «Hub»-тың өкілдері болды\nQazaq tili men ádebıeti"
		}
		articles[a.ID] = a
		r := &index.Record{Article: a, Text: analysis.Read(a.Text(), analysis.Lang(a.Lang))}
		if at := strings.Index(a.Text(), "университет"); at >= 0 {
			r.Mentions = append(r.Mentions, index.MentionAt("country", "EE", at, at+len("университет")))
		}
		b.Articles = append(b.Articles, r)
	}
	if err := e.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	shown, same := 0, 0
	for _, tree := range []index.Tree{
		nil, word("болды"), word("жыл"), word("меморандум"), word("Tech"), word("ádebıeti"),
		index.Enough{Of: []index.Tree{word("университет"), word("болды"), word("Hub")}},
		index.Or{word("президент"), index.Phrase{Slots: [][]string{analysis.QueryTerms(analysis.Split("деп")[0]), analysis.QueryTerms(analysis.Split("хабарлайды")[0])}, Slop: 2}},
		index.Name{Words: []index.Tree{word("ректор")}, Keys: []index.Value{{Facet: "country", Key: "EE"}}},
	} {
		res, err := e.Search(t.Context(), index.Request{Tree: tree, Tab: index.Articles, Sort: index.Newest, Size: 100, Places: true})
		if err != nil || len(res.Hits) == 0 {
			t.Fatalf("%v: %d hits, %v", tree, len(res.Hits), err)
		}
		for _, h := range res.Hits {
			a := articles[h.ID]
			x, marks, ok := index.NewSketcher(tree).Sketch(a.Text(), index.Lang(a.Lang), h.Places)
			if !ok {
				t.Fatalf("%v: %s has no sketch", tree, h.ID)
			}
			full := analysis.Read(a.Text(), analysis.Lang(a.Lang))
			all := index.Marks(tree, full, h.Places.Mentions)
			for _, m := range marks {
				if !slices.Contains(all, m) {
					t.Errorf("%v: %s has a mark at %q that reading does not make", tree, h.ID, a.Text()[m.Start:m.End])
				}
			}
			got, untitled := index.Headline(x, marks)
			want, wantUntitled := index.Headline(full, all)
			if fmt.Sprint(got) != fmt.Sprint(want) || untitled != wantUntitled {
				t.Errorf("%v: %s is headed %v, want %v", tree, h.ID, got, want)
			}
			shown++
			if fmt.Sprint(index.Snippets(x, marks, 2)) == fmt.Sprint(index.Snippets(full, all, 2)) {
				same++
			}
			if (len(index.Snippets(x, marks, 2)) == 0) != (len(index.Snippets(full, all, 2)) == 0) {
				t.Errorf("%v: %s shows nothing", tree, h.ID)
			}
			if tree != nil {
				read := func() (*analysis.Text, []index.Mention) { return full, h.Places.Mentions }
				told := index.Lines(tree, a.Text(), index.Lang(a.Lang), h.Places, 40, func() (*analysis.Text, []index.Mention) {
					t.Errorf("%v: %s is read whole though the engine knows its places", tree, h.ID)
					return read()
				})
				if want := index.Lines(tree, a.Text(), index.Lang(a.Lang), nil, 40, read); !slices.Equal(told, want) || len(told) == 0 {
					t.Errorf("%v: %s has the lines %v, want %v", tree, h.ID, told, want)
				}
			}
			if _, _, ok := index.NewSketcher(tree).Sketch(a.Text()+" ", index.Lang(a.Lang), h.Places); ok && tree != nil {
				t.Errorf("%v: places of another version are believed", tree)
			}
		}
	}
	t.Logf("%d of %d hits have the same snippets", same, shown)
	if same < shown*9/10 {
		t.Errorf("only %d of %d hits have the same snippets", same, shown)
	}
}
