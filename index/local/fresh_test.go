package local_test

import (
	"math"
	"slices"
	"testing"

	"kelisim/index"
	"kelisim/index/enginetest"
)

// TestFreshness: off, age changes no score; on, an article of the newest month gains the weight, one that is older by
// freshness-months half of it, and one without a date nothing.
func TestFreshness(t *testing.T) {
	for _, c := range []struct {
		weight float64
		want   []string
		gains  map[string]float64
	}{
		{0, []string{"a-undated", "b-old", "c-new"}, map[string]float64{"a-undated": 1, "b-old": 1, "c-new": 1}},
		{.1, []string{"c-new", "b-old", "a-undated"}, map[string]float64{"a-undated": 1, "b-old": 1.05, "c-new": 1.1}},
	} {
		e := open(t, t.TempDir())
		e.Weights.FreshnessWeight, e.Weights.FreshnessMonths = c.weight, 12
		b := index.Batch{Seq: 1}
		for id, date := range map[string]string{"a-undated": "", "b-old": "2024-05-30", "c-new": "2025-05-01"} {
			rec := enginetest.NewRecord(id, "", "сөз мәтін")
			var err error
			if rec.Article.Published, err = index.ParseDate(date); err != nil {
				t.Fatal(err)
			}
			b.Articles = append(b.Articles, rec)
		}
		if err := e.Put(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		var got []string
		plain := 0.0
		res, err := e.Search(t.Context(), index.Request{Tree: anyOf("сөз"), Size: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			got = append(got, h.ID)
			if h.ID == "a-undated" {
				plain = h.Score
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("with %v: %v, want %v", c.weight, got, c.want)
		}
		for _, h := range res.Hits {
			if math.Abs(h.Score/plain-c.gains[h.ID]) > 1e-9 {
				t.Errorf("with %v: %s scores %v times the undated, want %v", c.weight, h.ID, h.Score/plain, c.gains[h.ID])
			}
		}
	}
}
