package local

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"
	bleveanalysis "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/enginetest"
)

// spoken gives the words of a paragraph to bleve.
type spoken []occurrence

func (s spoken) Analyze([]byte) (out bleveanalysis.TokenStream) {
	for _, o := range s {
		out = append(out, &bleveanalysis.Token{Term: []byte(o.term), Position: int(o.place - index.Place(index.ParagraphOf(o.place), 0))})
	}
	return out
}

// stockDocument is the document of an article with its words and values in fields of bleve's own.
func stockDocument(t *testing.T, r *index.Record) *document.Document {
	t.Helper()
	d, err := articleDocument(r)
	if err != nil {
		t.Fatal(err)
	}
	ours := d.Fields
	d.Fields = nil
	for _, f := range ours {
		if v, ok := f.(*values); ok {
			for x := range v.of {
				d.AddField(document.NewTextFieldCustom(v.name, nil, []byte(x), valueOptions, nil))
			}
			continue
		}
		d.AddField(f)
		w, ok := f.(*words)
		if !ok {
			continue
		}
		for field, name := range [...]string{"title", "body"} {
			for all := w.of[field]; len(all) > 0; {
				k := slices.IndexFunc(all, func(o occurrence) bool { return index.ParagraphOf(o.place) != index.ParagraphOf(all[0].place) })
				if k < 0 {
					k = len(all)
				}
				d.AddField(document.NewTextFieldCustom(name, []uint64{uint64(index.ParagraphOf(all[0].place))}, nil, bleveindex.IndexField|bleveindex.IncludeTermVectors, spoken(all[:k])))
				all = all[k:]
			}
		}
		d.AddField(document.NewTextFieldCustom("lead", nil, nil, valueOptions, spoken(w.of[leadList])))
	}
	return d
}

// An index of an older program, with its words in bleve, has the same lists.
func TestListsOfAnOldIndex(t *testing.T) {
	for i := range 3 {
		a := enginetest.Article(3, i)
		d := stockDocument(t, &index.Record{Article: a, Text: analysis.Read(a.Text(), analysis.Lang(a.Lang))})
		want, err := gather([]bleveindex.Document{d})
		if err != nil {
			t.Fatal(err)
		}
		stock, err := bleve.NewUsing(t.TempDir(), mappingOf(), scorch.Name, scorch.Name, nil)
		if err != nil {
			t.Fatal(err)
		}
		b := stock.NewBatch()
		if err := errors.Join(b.IndexAdvanced(d), stock.Batch(b)); err != nil {
			t.Fatal(err)
		}
		core, err := stock.Advanced()
		if err != nil {
			t.Fatal(err)
		}
		r, err := core.Reader()
		if err != nil {
			t.Fatal(err)
		}
		got, err := listsOf(r.(*scorch.IndexSnapshot).Segments()[0])
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.data, want[:len(got.data)]) {
			t.Errorf("lists of %s are others", a.ID)
		}
		if err := errors.Join(r.Close(), stock.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

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
	stock, err := bleve.NewMemOnly(mappingOf())
	if err != nil {
		t.Fatal(err)
	}
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
		same := stock.NewBatch()
		for _, x := range b.Articles {
			if err := same.IndexAdvanced(stockDocument(t, x)); err != nil {
				t.Fatal(err)
			}
		}
		same.Delete(articlePrefix + b.Removed[0])
		if err := stock.Batch(same); err != nil {
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
		if n := bleveTotal(t, stock, req); n != res.Total {
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
				if n := bleveTotal(t, stock, only); n != shown[v] {
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

func bleveTotal(t *testing.T, stock bleve.Index, req index.Request) int {
	t.Helper()
	q := bleve.NewBooleanQuery()
	q.AddMust(term(fieldType, typeArticle), bleveQuery(req.Tree))
	for facet, values := range req.Selection.Include {
		q.AddMust(anyOf(facetField(facet), values))
	}
	for facet, values := range req.Selection.Exclude {
		q.AddMustNot(anyOf(facetField(facet), values))
	}
	res, err := stock.SearchInContext(t.Context(), bleve.NewSearchRequestOptions(q, 0, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	return int(res.Total)
}

func bleveQuery(tree index.Tree) query.Query {
	switch tree := tree.(type) {
	case index.AnyTerm:
		return bleve.NewDisjunctionQuery(anyOf("title", tree.Terms), anyOf("body", tree.Terms))
	case index.Phrase:
		return query.NewMultiPhraseQuery(tree.Slots, "body")
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
