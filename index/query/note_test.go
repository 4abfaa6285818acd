package query_test

import (
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/local"
	"kelisim/index/query"
)

// noted gives a note of a page by its code.
func noted(p index.Page, code string) (index.Note, bool) {
	i := slices.IndexFunc(p.Notes, func(n index.Note) bool { return n.Code == code })
	if i < 0 {
		return index.Note{}, false
	}
	return p.Notes[i], true
}

// TestNotesOfAnswers: what an answer's notes say is so, and none denies another.
func TestNotesOfAnswers(t *testing.T) {
	engine, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	var begun []string // more words than a prefix stands for
	for _, a := range "абвгдежзиклмнопр" {
		for _, b := range "абвгдежзиклмнопр" {
			begun = append(begun, "техн"+string(a)+string(b))
		}
	}
	texts := shelf{}
	put := func(seq uint64, id, body string) {
		t.Helper()
		texts[id] = index.Read(index.Article{ID: id, Body: body}, names.Default())
		if err := engine.Put(t.Context(), index.Batch{Seq: seq, Articles: []*index.Record{texts[id]}}); err != nil {
			t.Fatal(err)
		}
	}
	put(1, "all", "Консорциум создан в Таллине.")
	put(2, "like", "Консорциумдар көп, Таллин алыс, Көкшетау жақын.")
	put(3, "begun", strings.Join(begun, " "))
	put(4, "other", "Город Кокшетау растёт.")
	put(5, "few", "Таллин принял консорциумы, договор подписан.")
	s := &query.Searcher{Engine: engine, Texts: texts, Lexicon: lexicon.Default(), Read: func(a index.Article) *index.Record { return texts[a.ID] }}
	ask := func(q index.Query) index.Page {
		t.Helper()
		p, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		text, code, says string // says: a part of its arguments; "": there is no such note
	}{
		{"Көкшетау Таллин", "spelled", "кокшетау"},
		{"Көкшетау Таллин", "translated", ""}, // it is the same name
		{"консорциум", "similar", ""},         // nothing stands behind
		{"техн*", "prefix.most", "256"},
		{"техна*", "prefix.most", ""},
		{"шарт", "translated", "договор"},
		{"казна", "translated", ""}, // the index has none
		{"казна Таллин", "absent", "казна"},
	} {
		p := ask(index.Query{Text: c.text})
		n, ok := noted(p, c.code)
		if ok != (c.says != "") || !strings.Contains(strings.Join(n.Args, " "), c.says) {
			t.Errorf("%s: the note %s says %q, want %q; all: %+v", c.text, c.code, n.Args, c.says, p.Notes)
			continue
		}
		if !ok || n.Undo == nil {
			continue
		}
		if undone, again := noted(ask(*n.Undo), c.code); again {
			t.Errorf("%s: undone, and %+v stands there again", c.text, undone)
		}
	}
	// The next page of a list by relevance means nothing once articles came.
	first := ask(index.Query{Text: "Таллин", Size: 1})
	next := index.Query{Text: "Таллин", Size: 1, Cursor: first.Next}
	if p := ask(next); len(p.Notes) > 0 || p.Hits[0].ID == first.Hits[0].ID {
		t.Errorf("the second page begins with %s again, or has notes: %+v", p.Hits[0].ID, p.Notes)
	}
	put(6, "new", "Таллин, Таллин, Таллин.")
	p := ask(next)
	if _, ok := noted(p, "renewed"); !ok || p.Hits[0].ID != "new" {
		t.Errorf("after a change the list goes on with %s and says %+v", p.Hits[0].ID, p.Notes)
	}
	next.Sort = index.Newest
	next.Cursor = ask(index.Query{Text: "Таллин", Size: 1, Sort: index.Newest}).Next
	put(7, "newer", "Таллин.")
	if _, ok := noted(ask(next), "renewed"); ok {
		t.Error("a list by date is renewed")
	}
}
