//go:build unix

package local_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	blevequery "github.com/blevesearch/bleve/v2/search/query"

	"kelisim/analysis"
	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/local"
	"kelisim/index/query"
)

// BenchmarkTable prints the table of the README: stock bleve and Kelisim over the same generated articles in one run, with the
// real analyzers, CPU time of this process. KELISIM_BENCH_ARTICLES says how many articles; 10,000 unless it does.
//
//	go test -run '^$' -bench Table -benchtime 1x ./index/local
func BenchmarkTable(b *testing.B) {
	n := tableArticles(b)
	for b.Loop() {
		fmt.Printf("\n%d articles, %d cores, %s\n\n", n, runtime.NumCPU(), runtime.Version())
		fmt.Println("| | CPU ms: top 10 of any word | of all words | any + facets | + snippets | p50 / p99 ms of that | kB allocated of that | index CPU s | MB |")
		fmt.Println("|---|---|---|---|---|---|---|---|---|")
		for _, p := range []peer{&stock{}, &ours{}} {
			p.run(b, n)
		}
	}
}

// tableArticles are how many articles the table is of.
func tableArticles(b *testing.B) int {
	b.Helper()
	s := os.Getenv("KELISIM_BENCH_ARTICLES")
	if s == "" {
		return 10_000
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// peer is an engine in the table.
type peer interface {
	run(b *testing.B, n int)
}

// spent is the CPU time of this process so far.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// cost is what an operation costs.
type cost struct {
	cpu      time.Duration
	p50, p99 time.Duration
	bytes    uint64
}

// measure does something with each query, often enough to count on.
func measure(b *testing.B, queries [][]string, do func(words []string) int) (c cost, hits int) {
	b.Helper()
	for _, q := range queries {
		hits += do(q) // warm
	}
	var times []time.Duration
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin, cpu := time.Now(), spent()
	for len(times) < 2000 && (time.Since(begin) < 3*time.Second || len(times) < len(queries)) {
		for _, q := range queries {
			t := time.Now()
			do(q)
			times = append(times, time.Since(t))
		}
	}
	c.cpu = (spent() - cpu) / time.Duration(len(times))
	runtime.ReadMemStats(&after)
	c.bytes = (after.TotalAlloc - before.TotalAlloc) / uint64(len(times))
	slices.Sort(times)
	c.p50, c.p99 = times[len(times)/2], times[len(times)*99/100]
	return c, hits / len(queries)
}

func line(name string, any, all, facets, snippets cost, indexing time.Duration, mb float64) {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.3f", float64(d.Microseconds())/1000) }
	fmt.Printf("| %s | %s | %s | %s | %s | %s / %s | %d | %.1f | %.0f |\n", name, ms(any.cpu), ms(all.cpu), ms(facets.cpu), ms(snippets.cpu),
		ms(snippets.p50), ms(snippets.p99), snippets.bytes>>10, indexing.Seconds(), mb)
}

// tableRecord reads an article without names and agreements, with a country and an institution to count.
func tableRecord(a index.Article) *index.Record {
	r := &index.Record{Article: a, Text: analysis.Read(a.Text(), analysis.Lang(a.Lang))}
	r.Lang, r.Outlet = string(r.Text.Lang), strings.ToLower(a.Outlet)
	h := len(a.Body)
	r.Mentions = []index.Mention{{Kind: "country", Key: fmt.Sprintf("%c%c", 'A'+h%7, 'A'+h%11)}, {Kind: "institution", Key: fmt.Sprint("ror:", h%1500), Body: "university"}}
	return r
}

// stock is bleve as its documentation tells to use it, with our analyzer for Kazakh.
type stock struct{}

func (*stock) run(b *testing.B, n int) {
	dir := filepath.Join(b.TempDir(), "bleve")
	m := bleve.NewIndexMapping()
	d := bleve.NewDocumentStaticMapping()
	for field, store := range map[string]bool{"title": true, "body": true} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.DocValues = "kelisim.kk", store, false, false
		d.AddFieldMappingsAt(field, f)
	}
	for _, field := range []string{"country", "institution", "lang", "outlet"} {
		f := mapping.NewKeywordFieldMapping()
		f.Store, f.IncludeInAll = false, false
		d.AddFieldMappingsAt(field, f)
	}
	m.DefaultMapping = d
	idx, err := bleve.New(dir, m)
	if err != nil {
		b.Fatal(err)
	}
	defer idx.Close()
	cpu := spent()
	batch := idx.NewBatch()
	for i := range n {
		a := enginetest.Article(1, i)
		r := tableRecord(index.Article{ID: a.ID, Title: a.Title, Outlet: a.Outlet, Body: ""})
		if err := batch.Index(a.ID, map[string]any{
			"title": a.Title, "body": a.Body, "lang": r.Lang, "outlet": r.Outlet,
			"country": fmt.Sprintf("%c%c", 'A'+len(a.Body)%7, 'A'+len(a.Body)%11), "institution": fmt.Sprint("ror:", len(a.Body)%1500),
		}); err != nil {
			b.Fatal(err)
		}
		if batch.Size() == 500 || i == n-1 {
			if err := idx.Batch(batch); err != nil {
				b.Fatal(err)
			}
			batch.Reset()
		}
	}
	indexing := spent() - cpu
	time.Sleep(2 * time.Second) // merges
	ask := func(words []string, all bool, more func(*bleve.SearchRequest)) int {
		var of []blevequery.Query
		for _, w := range words {
			var either []blevequery.Query
			for _, field := range []string{"title", "body"} {
				q := bleve.NewTermQuery(w)
				q.SetField(field)
				either = append(either, q)
			}
			of = append(of, bleve.NewDisjunctionQuery(either...))
		}
		q := blevequery.Query(bleve.NewDisjunctionQuery(of...))
		if all {
			q = bleve.NewConjunctionQuery(of...)
		}
		r := bleve.NewSearchRequestOptions(q, 10, 0, false)
		if more != nil {
			more(r)
		}
		res, err := idx.Search(r)
		if err != nil {
			b.Fatal(err)
		}
		return int(res.Total)
	}
	facets := func(r *bleve.SearchRequest) {
		for _, f := range []string{"country", "institution", "lang", "outlet"} {
			r.AddFacet(f, bleve.NewFacetRequest(f, 10))
		}
	}
	qs := enginetest.Pairs(n)
	anyOf, _ := measure(b, qs, func(w []string) int { return ask(w, false, nil) })
	allOf, _ := measure(b, qs, func(w []string) int { return ask(w, true, nil) })
	counted, _ := measure(b, qs, func(w []string) int { return ask(w, false, facets) })
	shown, hits := measure(b, qs, func(w []string) int {
		return ask(w, false, func(r *bleve.SearchRequest) {
			facets(r)
			r.Highlight = bleve.NewHighlight()
			r.Highlight.AddField("body")
		})
	})
	line(fmt.Sprintf("stock bleve 2.6.3 (%d matches)", hits), anyOf, allOf, counted, shown, indexing, diskMB(b, dir))
}

// tableTree asks for any or for all of some forms.
func tableTree(words []string, all bool) index.Tree {
	var of []index.Tree
	for _, w := range words {
		of = append(of, index.AnyTerm{Word: w, Terms: []string{w}})
	}
	if all {
		return index.And(of)
	}
	return index.Enough{Of: of, Loose: true}
}

type ours struct{}

// texts are generated anew, as an archive would read them.
type texts struct{}

func (texts) Articles(_ context.Context, ids []string) (map[string]index.Article, error) {
	out := map[string]index.Article{}
	for _, id := range ids {
		i, err := strconv.Atoi(strings.TrimPrefix(id, "gen-"))
		if err != nil {
			return nil, err
		}
		out[id] = kept[i]
	}
	return out, nil
}

func (texts) Versions(context.Context, string) ([]index.Version, error) { return nil, nil }
func (texts) Version(context.Context, string, int) (a index.Article, ok bool, err error) {
	return a, false, nil
}
func (texts) Latest(context.Context, []string) (map[string]index.Version, error) {
	return nil, nil
}
func (texts) Changed(context.Context, []string, uint64) (int, error)   { return 0, nil }
func (texts) Updated(context.Context, uint64) (t time.Time, err error) { return t, nil }

// kept are the articles; the archive's cost is measured apart.
var kept []index.Article

func (*ours) run(b *testing.B, n int) {
	kept = nil
	for i := range n {
		kept = append(kept, enginetest.Article(1, i))
	}
	dir := filepath.Join(b.TempDir(), "kelisim")
	e, err := local.Open(dir, 1)
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	cpu := spent()
	for i := 0; i < n; i += 500 {
		batch := index.Batch{Seq: uint64(i + 1)}
		for _, a := range kept[i:min(i+500, n)] {
			batch.Articles = append(batch.Articles, tableRecord(a))
		}
		if err := e.Put(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	indexing := spent() - cpu
	time.Sleep(2 * time.Second) // merges
	ask := func(t index.Tree, counts bool) index.Result {
		res, err := e.Search(b.Context(), index.Request{Tree: t, Tab: index.Articles, Sort: index.Relevance, Size: 10, Counts: counts, MinConfidence: index.Shown})
		if err != nil {
			b.Fatal(err)
		}
		return res
	}
	s := &query.Searcher{Engine: e, Texts: texts{}}
	qs := enginetest.Pairs(n)
	anyOf, _ := measure(b, qs, func(w []string) int { return ask(tableTree(w, false), false).Total })
	allOf, _ := measure(b, qs, func(w []string) int { return ask(tableTree(w, true), false).Total })
	counted, _ := measure(b, qs, func(w []string) int { return ask(tableTree(w, false), true).Total })
	shown, hits := measure(b, qs, func(w []string) int {
		p, err := s.Search(b.Context(), index.Query{Text: w[0] + " " + w[1], Match: "most", Size: 10, NoExpand: true, NoRepair: true})
		if err != nil {
			b.Fatal(err)
		}
		return p.Total
	})
	line(fmt.Sprintf("Kelisim (%d matches)", hits), anyOf, allOf, counted, shown, indexing, diskMB(b, dir))
}
