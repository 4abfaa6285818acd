package local_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"

	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/names"
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
		b.Run(fmt.Sprint(n), func(b *testing.B) { growing(b, n, tellsFour) })
	}
}

// growing indexes n articles.
func growing(b *testing.B, n int, read func(index.Article) *index.Record) {
	for b.Loop() {
		e, err := local.Open(b.TempDir(), schema)
		if err != nil {
			b.Fatal(err)
		}
		began := 0.
		peak := watchMemory(b)
		k := index.Keeper{Archive: flow(n), Engine: e, Read: read, Texts: func(a index.Agreement) []index.TextIn { return index.AgreementTexts(a, names.Default()) }}
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
}

// BenchmarkCrowd indexes articles that each tell the same four deeds, on any day of six years: what an agreement costs that is told by tens of
// thousands. CPU-s are of the last ten thousand articles.
func BenchmarkCrowd(b *testing.B) {
	for _, n := range []int{20_000, 80_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { growing(b, n, tellsSame) })
	}
}

func tellsSame(a index.Article) *index.Record {
	var seed uint64
	_, _ = fmt.Sscanf(a.ID, "a%d", &seed)
	r := rand.New(rand.NewPCG(seed, 2))
	a.Published = index.Day(18_000 + r.IntN(6*365))
	rec := &index.Record{Article: a, Lang: a.Lang}
	for i := range 4 {
		g := index.Agreement{Kind: []string{"memorandum", "branch", "double-degree", "exchange"}[i], Status: "signed", Reported: a.Published.String(), Subject: "студенттер алмасу", Parties: pairOf(i)}
		if i == 3 {
			g.Date = "2025-11-17"
		}
		rec.Agreements = append(rec.Agreements, of(a, g, strings.Repeat("Тараптар меморандумға қол қойды. ", 4), 10*i))
	}
	return rec
}

// of is an agreement with its evidence in an article.
func of(a index.Article, g index.Agreement, quote string, start int) index.Agreement {
	g.ID = deeds.Identify(g)
	g.Evidence = []index.Evidence{{ID: g.ID, Article: a.ID, Reported: g.Reported, Lang: a.Lang, Kind: g.Kind, Status: g.Status, Date: g.Date, Quote: quote, Start: start, End: start + len(quote),
		Rule: "pair", Confidence: .9, Why: []string{"pair|told|signed|doc", "pair|topic|x", "pair|bias"}}}
	return g
}

func pairOf(n int) []index.Party {
	return []index.Party{{Key: fmt.Sprint("kz-", n%12), Name: fmt.Sprint("University ", n%12), Country: "KZ", Text: "ҚазҰУ"}, {Key: fmt.Sprint("x-", n/12), Name: fmt.Sprint("Université ", n/12), Country: "FR", Text: "Льеж"}}
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
		date := ""
		if r.IntN(3) == 0 {
			date = day()
		}
		g := index.Agreement{Kind: []string{"memorandum", "agreement", "double-degree", "branch", "joint-lab", "exchange"}[r.IntN(6)], Status: []string{"signed", "signed", "planned", "in-force"}[r.IntN(4)],
			Date: date, Reported: reported, Parties: pairOf(pair), Subject: "студенттер алмасу"}
		rec.Agreements = append(rec.Agreements, of(a, g, strings.Repeat("Тараптар меморандумға қол қойды. ", 4), r.IntN(900)))
	}
	return rec
}
