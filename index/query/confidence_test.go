package query_test

import (
	"context"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/local"
	"kelisim/index/query"
)

// shelf is the texts of some records.
type shelf map[string]*index.Record

func (s shelf) Articles(_ context.Context, ids []string) (map[string]index.Article, error) {
	out := map[string]index.Article{}
	for _, id := range ids {
		if r := s[id]; r != nil {
			out[id] = r.Article
		}
	}
	return out, nil
}

func (s shelf) Versions(context.Context, string) ([]index.Version, error) { return nil, nil }
func (s shelf) Version(context.Context, string, int) (a index.Article, ok bool, err error) {
	return a, false, nil
}
func (s shelf) Latest(context.Context, []string) (map[string]index.Version, error) {
	return nil, nil
}
func (s shelf) Changed(context.Context, []string, uint64) (int, error)   { return 0, nil }
func (s shelf) Updated(context.Context, uint64) (t time.Time, err error) { return t, nil }

// What is not as sure as the query asks for is not there: not in totals or notes.
func TestConfidence(t *testing.T) {
	engine, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	texts := shelf{}
	b := index.Batch{Seq: 1}
	for id, sure := range map[string][]float64{"low": {.3}, "middle": {.3, .5}, "high": {.2, .7}} {
		g := index.Agreement{ID: id, Kind: "branch", Status: "signed", Reported: "2025"}
		for i, c := range sure {
			e := index.Evidence{Article: id + string(rune('0'+i)), Quote: "филиал " + id, Lang: "ru", Confidence: c}
			g.Evidence = append(g.Evidence, e)
			r := enginetest.NewRecord(e.Article, "", e.Quote)
			own := g
			own.Evidence = []index.Evidence{e}
			r.Agreements = []index.Agreement{own}
			texts[e.Article] = r
			b.Articles = append(b.Articles, r)
		}
		b.Agreements = append(b.Agreements, index.AgreementDoc{Agreement: g, Texts: []index.TextIn{{Lang: "ru", Text: g.Evidence[0].Quote}}})
	}
	if err := engine.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	s := &query.Searcher{Engine: engine, Texts: texts, Read: func(a index.Article) *index.Record { return texts[a.ID] }}
	for _, tt := range []struct {
		least            index.Percent
		total, uncertain int
	}{{0, 2, 1}, {index.Shown, 2, 1}, {index.Any, 3, 2}, {30, 3, 2}, {31, 2, 1}, {50, 2, 1}, {51, 1, 0}, {70, 1, 0}, {71, 0, 0}} {
		for _, only := range []bool{false, true} {
			p, err := s.Search(t.Context(), index.Query{Tab: index.Agreements, MinConfidence: tt.least, TotalOnly: only})
			if err != nil {
				t.Fatal(err)
			}
			if p.Total != tt.total || p.Uncertain != tt.uncertain || !only && p.Holdings.Agreements != 2 {
				t.Errorf("from %d on: %d agreements, %d uncertain, %d held; want %d, %d, 2", tt.least, p.Total, p.Uncertain, p.Holdings.Agreements, tt.total, tt.uncertain)
			}
			if p.Query.MinConfidence != tt.least {
				t.Errorf("asked for %d, the page says %d", tt.least, p.Query.MinConfidence)
			}
		}
	}
	// A word that only unseen agreements have is a word that none has.
	p, err := s.Search(t.Context(), index.Query{Tab: index.Agreements, Text: "low"})
	if err != nil || p.Total != 0 || len(p.Notes) != 1 || p.Notes[0].Code != "absent" {
		t.Errorf("a word of what is not shown: %+v, %v", p.Notes, err)
	}
	// One that only less sure agreements have than are asked for is no unknown word.
	p, err = s.Search(t.Context(), index.Query{Tab: index.Agreements, Text: "middle", MinConfidence: 90})
	if err != nil || p.Total != 0 || len(p.Notes) != 0 {
		t.Errorf("a word of less sure agreements: %+v, %v", p.Notes, err)
	}
	// An article's agreement is as sure as the surest article that tells it.
	v, ok, err := s.View(t.Context(), "high0")
	if err != nil || !ok || v.Confidence["high"] != 70 {
		t.Errorf("view: %v, %v, %v", v.Confidence, ok, err)
	}
}
