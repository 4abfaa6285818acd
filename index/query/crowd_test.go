package query_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/local"
	"kelisim/index/query"
)

// Where more articles tell an agreement than it keeps evidence of, each shows it with its own quote, as a hit and on its page.
func TestCrowdTellsAgreement(t *testing.T) {
	engine, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	arch, err := archive.OpenWriter(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer arch.Close()
	const quote = "Назарбаев Университет подписал меморандум о сотрудничестве с Университетом Льежа 17 ноября 2025 года."
	n := deeds.MostAlike + 4
	var all []index.Article
	for i := range n {
		body := strings.Repeat("Сегодня в столице было ветрено. ", i) + quote
		if i == n-1 {
			body = strings.ReplaceAll(body, "подписал", "уже подписал") // in other words
		}
		a := index.Article{ID: fmt.Sprintf("a%02d", i), Title: fmt.Sprint("Меморандум ", i), Body: body, Lang: "ru"}
		a.Published, _ = index.ParseDate("2025-11-18")
		all = append(all, a)
	}
	if _, _, err := arch.Put(t.Context(), all, nil); err != nil {
		t.Fatal(err)
	}
	read := func(a index.Article) *index.Record { return index.Read(a, names.Default()) }
	k := index.Keeper{Archive: arch, Engine: engine, Read: read, Articles: arch.Articles, Texts: func(g index.Agreement) []index.TextIn { return index.AgreementTexts(g, names.Default()) }}
	if _, err := k.CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s := &query.Searcher{Engine: engine, Texts: arch, Names: names.Default(), Read: read, Told: func(ctx context.Context, id string) ([]index.Agreement, error) {
		return engine.Stored(ctx, index.Lookup{Articles: []string{id}})
	}}
	stored, err := s.Search(t.Context(), index.Query{Tab: index.Agreements, Text: "меморандум"})
	if err != nil || stored.Total != 1 || len(stored.Hits[0].Agreement.Evidence) != deeds.MostAlike || !stored.Hits[0].Agreement.Crowd {
		t.Fatalf("%d agreements: %+v, %v", stored.Total, stored.Hits, err)
	}
	id := stored.Hits[0].Agreement.ID
	p, err := s.Search(t.Context(), index.Query{Text: "меморандум", Size: 50, Selection: index.Selection{}.With("kind", "memorandum")})
	if err != nil || len(p.Hits) != n {
		t.Fatalf("%d hits, want %d: %v", len(p.Hits), n, err)
	}
	for _, h := range p.Hits {
		if len(h.Told) != 1 || h.Told[0].ID != id || len(h.Statuses) != 1 {
			t.Errorf("%s tells %+v", h.ID, h.Told)
		}
	}
	for _, kept := range []bool{false, true} {
		if s.Mentioned = nil; kept {
			s.Mentioned = engine.Mentioned
		}
		for _, a := range all {
			v, ok, err := s.View(t.Context(), a.ID)
			if err != nil || !ok || len(v.Record.Agreements) != 1 || v.Record.Agreements[0].ID != id {
				t.Fatalf("%s: %+v, %v", a.ID, v.Record.Agreements, err)
			}
			e := v.Record.Agreements[0].Evidence[0]
			if e.Article != a.ID || e.Start < 0 || a.Text()[e.Start:e.End] != e.Quote || !strings.Contains(e.Quote, "меморандум") {
				t.Errorf("%s is quoted %+v", a.ID, e)
			}
		}
	}
	// When the first goes, another tells it in its place.
	if _, err := arch.Remove(t.Context(), []string{"a00"}); err != nil {
		t.Fatal(err)
	}
	if _, err := k.CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if left, err := engine.Stored(t.Context(), index.Lookup{Articles: []string{"a05"}}); err != nil || len(left) != 1 || len(left[0].Evidence) != deeds.MostAlike || left[0].Evidence[deeds.MostAlike-1].Article != fmt.Sprintf("a%02d", deeds.MostAlike) {
		t.Errorf("left are %+v, %v", left, err)
	}
}
