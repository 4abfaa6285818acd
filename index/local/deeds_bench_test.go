package local_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"

	"kelisim/analysis/agreements/deeds"
	"kelisim/index"
	"kelisim/index/local"
)

// flow is an archive of articles that are not kept: each is made when it is asked for.
type flow int

func (n flow) Seq(context.Context) (uint64, error) { return uint64(n), nil }

func (n flow) Changes(_ context.Context, after uint64, limit int) (out []index.Change, err error) {
	for i := after + 1; i <= uint64(n) && len(out) < limit; i++ {
		out = append(out, index.Change{Seq: i, ID: fmt.Sprint("a", i), Article: &index.Article{ID: fmt.Sprint("a", i), Title: "Келісім", Lang: "kk"}})
	}
	return out, nil
}

// BenchmarkDeeds indexes articles of which each tells four deeds of a hundred and forty pairs of sides in ten years: what keeping agreements
// merged costs, and how that grows. CPU-s are of the last ten thousand articles.
func BenchmarkDeeds(b *testing.B) {
	for _, n := range []int{10_000, 40_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				e, err := local.Open(b.TempDir(), schema)
				if err != nil {
					b.Fatal(err)
				}
				began := 0.
				peak := watchMemory(b)
				k := index.Keeper{Archive: flow(n), Engine: e, Read: tellsFour, Texts: func(index.Agreement) []index.TextIn { return nil }}
				if _, err := k.CatchUp(b.Context(), func(done int) {
					if done <= n-10_000 {
						began = cpuSeconds()
					}
				}); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(cpuSeconds()-began, "CPU-s")
				b.ReportMetric(peak(), "anon-MB")
				if err := e.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func cpuSeconds() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

func tellsFour(a index.Article) *index.Record {
	var seed uint64
	_, _ = fmt.Sscanf(a.ID, "a%d", &seed)
	r := rand.New(rand.NewPCG(seed, 1))
	day := func() string { return fmt.Sprintf("20%02d-%02d-%02d", 15+r.IntN(10), 1+r.IntN(12), 1+r.IntN(28)) }
	rec := &index.Record{Article: a, Lang: a.Lang}
	reported := day()
	for range 4 {
		pair := r.IntN(140)
		ps := []index.Party{{Key: fmt.Sprint("kz-", pair%12), Name: fmt.Sprint("University ", pair%12), Country: "KZ", Text: "ҚазҰУ"}, {Key: fmt.Sprint("x-", pair/12), Name: fmt.Sprint("Université ", pair/12), Country: "FR", Text: "Льеж"}}
		date := ""
		if r.IntN(3) == 0 {
			date = day()
		}
		g := index.Agreement{Kind: []string{"memorandum", "agreement", "double-degree", "branch", "joint-lab", "exchange"}[r.IntN(6)], Status: []string{"signed", "signed", "planned", "in-force"}[r.IntN(4)],
			Date: date, Reported: reported, Parties: ps, Subject: "студенттер алмасу"}
		g.ID = deeds.Identify(g)
		g.Evidence = []index.Evidence{{ID: g.ID, Article: a.ID, Reported: reported, Lang: "kk", Kind: g.Kind, Status: g.Status, Date: date, Quote: strings.Repeat("Тараптар меморандумға қол қойды. ", 4), Start: r.IntN(900), End: 1000,
			Rule: "pair", Confidence: .9, Why: []string{"pair|told|signed|doc", "pair|topic|x", "pair|bias"}}}
		rec.Agreements = append(rec.Agreements, g)
	}
	return rec
}
