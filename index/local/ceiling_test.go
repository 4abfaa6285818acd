package local

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"kelisim/index"
)

// The first of a page are the first of all, whatever was left out without a score: words, near words, names, wishes.
func TestFirstHitsAreTheFirstOfAll(t *testing.T) {
	e, err := Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	r := rand.New(rand.NewPCG(7, 7))
	for step := range 3 {
		b := index.Batch{Seq: uint64(step + 1)}
		for i := range 150 {
			b.Articles = append(b.Articles, someRecord(r, step*150+i))
		}
		if err := e.Put(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	word := func() index.AnyTerm {
		w := index.AnyTerm{Terms: []string{fmt.Sprintf("w%d", r.IntN(9))}}
		for range r.IntN(3) {
			w.Near = append(w.Near, index.Near{Term: fmt.Sprintf("w%d", r.IntN(9)), Weight: 1.5 * r.Float64(), Likeness: float64(r.IntN(2)), Whole: r.IntN(3) == 0})
		}
		return w
	}
	fewer := 0
	for range 300 {
		tree := index.Enough{Share: r.Float64() / 2, Loose: r.IntN(2) == 0, Mixed: r.IntN(2) == 0}
		for range 1 + r.IntN(4) {
			switch r.IntN(4) {
			case 0:
				tree.Of = append(tree.Of, index.Name{Words: []index.Tree{word(), word()}, Weight: r.Float64(), Keyed: r.IntN(2) == 0,
					Keys: []index.Value{{Facet: "country", Key: facetValues["country"][r.IntN(3)]}}})
			case 1:
				tree.Of = append(tree.Of, index.Should{Of: word(), Weight: r.Float64()})
			default:
				tree.Of = append(tree.Of, word())
			}
		}
		e.Weights.FreshnessWeight = float64(r.IntN(2)) * r.Float64()
		req := index.Request{Tree: tree, Tab: index.Articles, Sort: index.Relevance, Size: 1000}
		all, err := e.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		req.Size = 1 + r.IntN(12)
		some, err := e.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if some.Total != all.Total || some.More != all.More || len(some.Hits) != min(req.Size, len(all.Hits)) {
			t.Fatalf("%v: %d and %d, want %d and %d; %d hits", tree, some.Total, some.More, all.Total, all.More, len(some.Hits))
		}
		for i, h := range some.Hits {
			if w := all.Hits[i]; h.ID != w.ID || h.Score != w.Score || h.Rest != w.Rest {
				t.Fatalf("%v: hit %d is %s %v, want %s %v", tree, i, h.ID, h.Score, w.ID, w.Score)
			}
		}
		if len(some.Hits) < len(all.Hits) {
			fewer++
		}
	}
	if fewer < 100 {
		t.Errorf("only %d of the pages have less than all", fewer)
	}
}
