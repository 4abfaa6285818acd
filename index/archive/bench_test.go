package archive_test

import (
	"fmt"
	"strings"
	"testing"

	"kelisim/index"
)

// A batch of 500 articles of 3 KB, as `kelisim index` writes them: new ones, and the same once more.
func BenchmarkPut(b *testing.B) {
	a := writer(b, b.TempDir())
	body := strings.Repeat("Келісімге қол қойылды. ", 75)
	n := 0
	next := func() (out []index.Article) {
		for range 500 {
			out = append(out, article(fmt.Sprint("id", n), body, "/a.jsonl"))
			n++
		}
		return out
	}
	b.Run("added", func(b *testing.B) {
		for b.Loop() {
			put(b, a, nil, next()...)
		}
		b.ReportMetric(float64(b.N)*500/b.Elapsed().Seconds(), "articles/s")
	})
	n = 0
	same := next()
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			put(b, a, nil, same...)
		}
		b.ReportMetric(float64(b.N)*500/b.Elapsed().Seconds(), "articles/s")
	})
}
