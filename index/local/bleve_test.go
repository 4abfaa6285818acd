package local

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/enginetest"
)

// What bleve itself finds is what we find, one search of its own for each value of each facet.
func TestCountsAreThoseOfBleve(t *testing.T) {
	e, err := Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}()
	r := rand.New(rand.NewPCG(5, 5))
	for step := range 5 {
		b := index.Batch{Seq: uint64(step + 1)}
		for i := range 60 {
			b.Articles = append(b.Articles, someRecord(r, step*40+i)) // twenty come again
		}
		b.Removed = []string{fmt.Sprint(step*40 + 7)}
		b.Articles = slices.DeleteFunc(b.Articles, func(x *index.Record) bool { return x.Article.ID == b.Removed[0] })
		if err := e.Put(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	for range 60 {
		req := index.Request{Tab: index.Articles, Sort: index.Newest, Counts: true}
		req.Tree = index.And{
			index.AnyTerm{Terms: []string{fmt.Sprintf("w%d", r.IntN(9)), fmt.Sprintf("kk:w%d", r.IntN(9))}},
			index.Not{Of: index.Phrase{Slots: [][]string{{"w1"}, {"w2", "w3"}}}},
		}
		for facet, values := range facetValues {
			if v := values[r.IntN(len(values))]; r.IntN(2) == 0 {
				if r.IntN(3) == 0 {
					v = "-" + v
				}
				req.Selection = req.Selection.With(facet, v)
			}
		}
		res, err := e.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if n := bleveTotal(t, e, req); n != res.Total {
			t.Fatalf("%v %+v: total %d, bleve's %d", req.Tree, req.Selection, res.Total, n)
		}
		for facet, values := range facetValues {
			shown := map[string]int{}
			for _, c := range res.Counts[facet] {
				shown[c.Key] = c.Count
			}
			for _, v := range values {
				only := req
				only.Selection = req.Selection.WithoutFacet(facet).With(facet, v)
				if n := bleveTotal(t, e, only); n != shown[v] {
					t.Fatalf("%v %+v: count of %s=%s is %d, bleve's %d", req.Tree, req.Selection, facet, v, shown[v], n)
				}
			}
		}
	}
}

var facetValues = map[string][]string{
	"country": {"EE", "CN", "TH"}, "institution": {"ror:a", "ror:b"}, "lang": {"kk", "ru"}, "outlet": {"baq", "kazinform"},
}

func someRecord(r *rand.Rand, i int) *index.Record {
	words := ""
	for range 6 {
		words += fmt.Sprintf(" w%d", r.IntN(9))
	}
	rec := enginetest.NewRecord(fmt.Sprint(i), "", words)
	pick := func(facet string) string { return facetValues[facet][r.IntN(len(facetValues[facet]))] }
	rec.Lang, rec.Outlet = pick("lang"), pick("outlet")
	for range r.IntN(3) {
		rec.Mentions = append(rec.Mentions, index.Mention{Kind: names.Country, Key: pick("country")},
			index.Mention{Kind: names.Institution, Key: pick("institution"), Body: "university"})
	}
	return rec
}

func bleveTotal(t *testing.T, e *Engine, req index.Request) int {
	t.Helper()
	q := bleve.NewBooleanQuery()
	q.AddMust(term(fieldType, typeArticle), bleveQuery(req.Tree))
	for facet, values := range req.Selection.Include {
		q.AddMust(anyOf(facetField(facet), values))
	}
	for facet, values := range req.Selection.Exclude {
		q.AddMustNot(anyOf(facetField(facet), values))
	}
	res, err := e.gen.idx.SearchInContext(t.Context(), bleve.NewSearchRequestOptions(q, 0, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	return int(res.Total)
}

func bleveQuery(tree index.Tree) query.Query {
	switch tree := tree.(type) {
	case index.AnyTerm:
		return bleve.NewDisjunctionQuery(anyOf(fieldTitle, tree.Terms), anyOf(fieldBody, tree.Terms))
	case index.Phrase:
		return query.NewMultiPhraseQuery(tree.Slots, fieldBody)
	case index.And:
		q := bleve.NewBooleanQuery()
		for _, c := range tree {
			if not, ok := c.(index.Not); ok {
				q.AddMustNot(bleveQuery(not.Of))
			} else {
				q.AddMust(bleveQuery(c))
			}
		}
		return q
	}
	panic("a tree that this test does not make")
}

func term(field, v string) query.Query {
	q := bleve.NewTermQuery(v)
	q.SetField(field)
	return q
}

func anyOf(field string, values []string) query.Query {
	var of []query.Query
	for _, v := range values {
		of = append(of, term(field, v))
	}
	return bleve.NewDisjunctionQuery(of...)
}
