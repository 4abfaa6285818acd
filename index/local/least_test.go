//go:build unix

package local_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

const leastTries = 200 // of a query

// BenchmarkLeast is for a busy machine: of many tries of each query of the table the least time counts. KELISIM_BENCH_DIR keeps the
// index of KELISIM_BENCH_ARTICLES generated articles from one run to the next.
//
//	KELISIM_BENCH_DIR=/tmp/least go test -run '^$' -bench Least -benchtime 1x ./index/local
func BenchmarkLeast(b *testing.B) {
	n := tableArticles(b)
	dir := os.Getenv("KELISIM_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	dir = filepath.Join(dir, fmt.Sprint(n))
	e, err := local.Open(dir, 1)
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	for i := int(e.Seq()); i < n; i += 500 {
		batch := index.Batch{Seq: uint64(min(i+500, n))}
		for k := i; k < min(i+500, n); k++ {
			batch.Articles = append(batch.Articles, tableRecord(enginetest.Article(1, k)))
		}
		if err := e.Put(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	queries := enginetest.Pairs(n)
	for _, kind := range []struct {
		name   string
		words  int
		all    bool
		counts bool
	}{{"any", 2, false, false}, {"all", 2, true, false}, {"any+facets", 2, false, true}, {"one", 1, false, false}} {
		b.Run(kind.name, func(b *testing.B) {
			sum, hits := time.Duration(0), 0
			for range b.N {
				for _, q := range queries {
					r := index.Request{Tree: tableTree(q[:kind.words], kind.all), Tab: index.Articles, Sort: index.Relevance, Size: 10, Counts: kind.counts, MinConfidence: index.Shown}
					least := time.Duration(1 << 62)
					for range leastTries {
						began := time.Now()
						res, err := e.Search(b.Context(), r)
						if least = min(least, time.Since(began)); err != nil {
							b.Fatal(err)
						}
						hits += res.Total
					}
					sum += least
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(sum.Nanoseconds())/1e6/float64(b.N*len(queries)), "least-ms")
			b.ReportMetric(float64(hits)/float64(leastTries*b.N*len(queries)), "matches")
		})
	}
}
