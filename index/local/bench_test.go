package local_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/enginetest"
	"kelisim/index/local"
	"kelisim/index/query"
)

// benchArticles is how many articles BenchmarkSearch generates; KELISIM_BENCH_ARTICLES says another number.
const benchArticles = 100_000

// BenchmarkSearch generates articles, archives and indexes them, and asks for pages as the site does: found, counted
// in all facets, with texts from the archive and snippets. «anon-MB» is the peak of anonymous resident memory.
func BenchmarkSearch(b *testing.B) {
	n := benchArticles
	if s := os.Getenv("KELISIM_BENCH_ARTICLES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	var arch *archive.Archive
	var e *local.Engine
	var folder string
	b.Run("archive", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if arch != nil {
				if err := arch.Close(); err != nil {
					b.Fatal(err)
				}
			}
			arch = archived(b, filepath.Join(dir, fmt.Sprint("data", i)), n)
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
	})
	if arch == nil {
		b.Skip("pages need the archive: run BenchmarkSearch as a whole")
	}
	defer func() {
		if err := arch.Close(); err != nil {
			b.Error(err)
		}
	}()
	table := names.Default()
	read := func(a index.Article) *index.Record { return index.Read(a, table) }
	b.Run("index", func(b *testing.B) {
		peak := watchMemory(b)
		b.ResetTimer()
		for i := 0; b.Loop(); i++ {
			if e != nil {
				if err := e.Close(); err != nil {
					b.Fatal(err)
				}
			}
			folder = filepath.Join(dir, fmt.Sprint("index", i))
			var err error
			if e, err = local.Open(folder, schema); err != nil {
				b.Fatal(err)
			}
			k := index.Keeper{Archive: arch, Engine: e, Read: read,
				Texts: func(a index.Agreement) []index.TextIn { return index.AgreementTexts(a, table) }}
			if _, err := k.CatchUp(b.Context(), nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
		b.ReportMetric(peak(), "anon-MB")
		b.ReportMetric(diskMB(b, folder), "disk-MB")
	})
	if e == nil {
		b.Skip("pages need the index: run BenchmarkSearch as a whole")
	}
	defer func() {
		if err := e.Close(); err != nil {
			b.Error(err)
		}
	}()
	b.Run("reopen", func(b *testing.B) {
		for b.Loop() {
			if err := e.Close(); err != nil {
				b.Fatal(err)
			}
			var err error
			if e, err = local.Open(folder, schema); err != nil || e.Stale() {
				b.Fatal(err, e.Damage())
			}
		}
	})
	debug.FreeOSMemory() // what indexing left behind is not what pages need
	searcher := &query.Searcher{Engine: e, Texts: arch, Names: table, Lexicon: lexicon.Default(), Read: read}
	pages(b, searcher, n)
	expansion(b, searcher)
	suggests(b, searcher)
}

// expansion asks for pages as words were typed and with all that stands for them, in turn, and tells what each page costs and
// what the second costs in the first.
func expansion(b *testing.B, s *query.Searcher) {
	for _, text := range []string{
		"меморандум", "келісім жасасты", "экономика дамуы", "двойной диплом", "Таллин университеті", "КазНУ Эстония",
		"студенческий обмен с университетами Турции", "какой университет подписал меморандум с Таллином осенью",
	} {
		b.Run(text, func(b *testing.B) {
			var cpu [2]time.Duration
			pages := 0
			for b.Loop() {
				for i, q := range []index.Query{{Text: text, NoExpand: true, NoRepair: true}, {Text: text}} {
					began := spent()
					if _, err := s.Search(b.Context(), q); err != nil {
						b.Fatal(err)
					}
					cpu[i] += spent() - began
				}
				pages++
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(cpu[0].Seconds()*1000/float64(pages), "typed-cpu-ms")
			b.ReportMetric(cpu[1].Seconds()*1000/float64(pages), "cpu-ms")
			b.ReportMetric(float64(cpu[1])/float64(cpu[0]), "times")
		})
	}
}

// suggests asks for what people have typed while they type, each beginning in turn.
func suggests(b *testing.B, s *query.Searcher) {
	var typed []string
	for _, w := range []string{"университет", "меморандум", "қазақ ұлттық", "таллин ун", "memorandum", "vtvjhfylev", "эстония", "қаз", "про", "студенттер"} {
		for i := range w {
			if i > 2 {
				typed = append(typed, w[:i])
			}
		}
	}
	if _, err := s.Suggest(b.Context(), "эст", "ru", 8); err != nil { // the names are read once
		b.Fatal(err)
	}
	b.Run("suggest", func(b *testing.B) {
		var took []time.Duration
		for i := 0; b.Loop(); i++ {
			began := time.Now()
			if _, err := s.Suggest(b.Context(), typed[i%len(typed)], "ru", 8); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	})
}

// pages asks for pages of four sorts. A median is over all their queries, each asked often.
func pages(b *testing.B, s *query.Searcher, n int) {
	var few, many []index.Query
	for _, text := range []string{
		"университет", "меморандум", "студенттер", "ректор", "Таллин университеті", `"қос дипломды бағдарлама"`, "Назарбаев",
		"соглашение", "конференция", "лаборатория", "келісім жасасты", "спорт", "экономика дамуы", "Алматы қаласы", "Қазақстан",
		"студенты проекты", "президент", "медаль OR чемпионат", "мектеп -университет", `"подписали меморандум"`, "жыл", "болды",
	} {
		for _, sel := range []index.Selection{{}, index.Selection{}.With("lang", "kk").With("country", "EE")} {
			q := index.Query{Text: text, Selection: sel}
			p, err := s.Search(b.Context(), q)
			if err != nil {
				b.Fatal(err)
			}
			if p.Total <= n/5 {
				few = append(few, q)
			} else {
				many = append(many, q)
			}
			b.Logf("%q %v: %d", text, sel.Include, p.Total)
		}
	}
	for _, kind := range []struct {
		name string
		of   []index.Query
	}{
		{"page-few", few}, // matching at most a fifth
		{"page-many", many},
		{"page-empty", []index.Query{{}}},
		{"page-chosen", []index.Query{
			{Selection: index.Selection{}.With("country", "EE")}, {Selection: index.Selection{}.With("kind", "memorandum")},
			{Selection: index.Selection{}.With("lang", "-kk"), Sort: index.Oldest}, {Tab: index.Agreements},
			{Selection: index.Selection{}.WithRange(index.Date{Year: 2020}, index.Date{Year: 2021})},
		}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			peak := watchMemory(b)
			var times []time.Duration
			for b.Loop() {
				for _, q := range kind.of {
					begin := time.Now()
					if _, err := s.Search(b.Context(), q); err != nil {
						b.Fatal(err)
					}
					times = append(times, time.Since(begin))
				}
			}
			slices.Sort(times)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(peak(), "anon-MB")
		})
	}
}

func archived(b *testing.B, dir string, n int) *archive.Archive {
	b.Helper()
	arch, err := archive.OpenWriter(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	var part []index.Article
	put := func() {
		_, refused, err := arch.Put(b.Context(), part, nil)
		if err := errors.Join(err, errors.Join(refused...)); err != nil {
			b.Fatal(err)
		}
		part = part[:0]
	}
	for a := range enginetest.Articles(1, n) {
		if part = append(part, a); len(part) == 1000 {
			put()
		}
	}
	put()
	return arch
}

// watchMemory looks at this process's anonymous memory until the returned function is called, which gives the peak in
// MB, 0 where the system does not tell.
func watchMemory(b *testing.B) (peak func() float64) {
	runtime.GC()
	var top atomic.Int64
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			top.Store(max(top.Load(), anonymous()))
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return func() float64 {
		close(stop)
		<-done
		return float64(top.Load()) / 1024
	}
}

// anonymous is the anonymous resident memory of this process in kB. (smaps_rollup says the same, and walks all pages
// to say it.)
func anonymous() int64 {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			n, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64) // 0 where it is no number
			return n
		}
	}
	return 0
}

func diskMB(b *testing.B, dir string) float64 {
	b.Helper()
	var size int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return nil // a file that a merge removed meanwhile
	})
	if err != nil {
		b.Fatal(err)
	}
	return float64(size) / 1e6
}
