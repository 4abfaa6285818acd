package main_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kelisim/index/enginetest"
)

// BenchmarkServed is `make bench-served`: what pages cost a server over HTTP, the real binary beside this process: processor's time
// a page, the slowest at 50 a second, as many as it can, and how soon articles are shown while 32 clients ask. KELISIM_BENCH_DATA names a
// data folder (what is added stays there); without, KELISIM_BENCH_ARTICLES invented articles (1,000) are indexed first.
func BenchmarkServed(b *testing.B) {
	data := os.Getenv("KELISIM_BENCH_DATA")
	if data == "" {
		n := 1000
		if v, err := strconv.Atoi(os.Getenv("KELISIM_BENCH_ARTICLES")); err == nil {
			n = v
		}
		data = b.TempDir()
		must(b, data, "index", writeFile(b, b.TempDir(), "articles.jsonl", generatedLines(0, n)))
	}
	s := serveProcess(b, data, "--metrics-addr", "127.0.0.1:0")
	ask := func(path string) int {
		req, err := http.NewRequest(http.MethodGet, s.base+path, nil)
		if err != nil {
			b.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", "gzip") // as a browser, which unpacks
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			b.Error(err)
			return 0
		}
		defer res.Body.Close()
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			b.Error(err)
		}
		return res.StatusCode
	}
	get := func(path string) time.Duration {
		began := time.Now()
		if status := ask(path); status != http.StatusOK {
			b.Errorf("%s: status %d", path, status)
		}
		return time.Since(began)
	}
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = 64
	b.Run("first", func(b *testing.B) {
		for range min(b.N, 1) {
			get(servedPath(0))
		}
	})
	for _, kind := range servedKinds {
		for i := range len(kind.of) {
			get(kind.of[i])
		}
		b.Run(kind.name, func(b *testing.B) {
			began := cpuOf(b, s.pid)
			for i := 0; b.Loop(); i++ {
				get(kind.of[i%len(kind.of)])
			}
			b.ReportMetric(float64((cpuOf(b, s.pid)-began).Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
	b.Run("50-a-second", func(b *testing.B) {
		var mu sync.Mutex
		var took []time.Duration
		var all sync.WaitGroup
		began, n := time.Now(), max(b.N, 500)
		for i := range n {
			time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / 50)))
			all.Go(func() {
				d := get(servedPath(i))
				mu.Lock()
				defer mu.Unlock()
				took = append(took, d)
			})
		}
		all.Wait()
		slices.Sort(took)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	})
	b.Run("most", func(b *testing.B) {
		began, cpu := time.Now(), cpuOf(b, s.pid)
		var asked atomic.Int64
		n := int64(max(b.N, 500))
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for i := asked.Add(1); i <= n; i = asked.Add(1) {
					get(servedPath(int(i)))
				}
			})
		}
		all.Wait()
		used := (cpuOf(b, s.pid) - cpu).Seconds()
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(n)/time.Since(began).Seconds(), "pages/s")
		b.ReportMetric(used*1000/float64(n), "cpu-ms/page")
		b.ReportMetric(2*float64(n)/used, "pages/s-of-2-cores")
	})
	b.Run("fresh", func(b *testing.B) { servedFresh(b, s, data, ask) })
}

// servedFresh has 32 clients ask while 200 articles come every six seconds, five times. An article is late from when it is in the archive.
func servedFresh(b *testing.B, s *server, data string, ask func(string) int) {
	metrics := regexp.MustCompile(`http://[^" ]+/metrics`).FindString(s.log.String())
	var asked, busy atomic.Int64
	stop := make(chan struct{})
	var all sync.WaitGroup
	each := func(pause time.Duration, do func()) {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(pause):
					do()
				}
			}
		})
	}
	for range 32 {
		each(0, func() {
			if ask(servedPath(int(asked.Add(1)))) == http.StatusServiceUnavailable {
				busy.Add(1)
			}
		})
	}
	time.Sleep(3 * time.Second)
	before, most := anonymous(b, s.pid), int64(0)
	var lags []time.Duration
	var since time.Time
	each(50*time.Millisecond, func() {
		most = max(most, anonymous(b, s.pid))
		switch lag := lagOf(metrics); {
		case lag > 0 && since.IsZero():
			since = time.Now()
		case lag == 0 && !since.IsZero():
			lags, since = append(lags, time.Since(since)), time.Time{}
		}
	})
	files, from := b.TempDir(), 10_000_000+int(time.Now().Unix()%1_000_000)*1000
	for round := range 5 {
		next := time.Now().Add(6 * time.Second)
		must(b, data, "index", writeFile(b, files, fmt.Sprint(round, ".jsonl"), generatedLines(from+round*200, 200)))
		time.Sleep(time.Until(next))
	}
	close(stop)
	all.Wait()
	slices.Sort(lags)
	b.ReportMetric(0, "ns/op")
	if len(lags) > 0 {
		b.ReportMetric(lags[len(lags)/2].Seconds(), "shown-s")
		b.ReportMetric(lags[len(lags)-1].Seconds(), "latest-s")
	}
	b.ReportMetric(float64(asked.Load()), "asked")
	b.ReportMetric(float64(busy.Load()), "told-busy")
	b.ReportMetric(float64(before)/1e6, "anon-MB-before")
	b.ReportMetric(float64(most)/1e6, "anon-MB-most")
}

// servedKinds are pages by what they ask for.
var servedKinds = []struct {
	name string
	of   []string
}{
	{"words", typed("hl=ru", "университет меморандум", "студенттер алмасу", "ректор", "Таллин университеті", "соглашение", "конференция", "лаборатория", "келісім жасасты",
		"Назарбаев университеті", "қос диплом", "экономика дамуы", "студенты проекты", "мектеп мұғалім", "agreement university")},
	{"chosen", typed("hl=kk&country=EE&lang=kk", "университет", "меморандум", "студенттер", "келісім")},
	{"phrase", typed("hl=ru", `"қос дипломды бағдарлама"`, `"подписали меморандум"`)},
	{"all", typed("match=all&hl=ru", "университет меморандум", "студенттер алмасу", "келісім жасасты")},
	{"empty", []string{"/?hl=ru", "/?hl=ru&country=EE", "/?hl=kk&from=2020&to=2021"}},
	{"agreements", []string{"/agreements?hl=ru", "/?tab=agreements&country=EE&hl=ru", "/?tab=agreements&hl=kk&q=" + url.QueryEscape("меморандум")}},
}

func typed(with string, texts ...string) (out []string) {
	for _, t := range texts {
		out = append(out, "/?"+with+"&q="+url.QueryEscape(t))
	}
	return out
}

// servedPath is the i-th page of a mixture: two thirds are searches of words.
func servedPath(i int) string {
	of := servedKinds[0].of
	if i%3 == 2 {
		of = servedKinds[1+i/3%(len(servedKinds)-1)].of
	}
	return of[i/3%len(of)]
}

// cpuOf is what a process has taken of the processors.
func cpuOf(b *testing.B, pid int) time.Duration {
	b.Helper()
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		b.Skip("there is no /proc: ", err)
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	of := strings.Fields(rest)
	user, err1 := strconv.Atoi(of[11])
	system, err2 := strconv.Atoi(of[12])
	if err := cmp.Or(err1, err2); err != nil {
		b.Fatal(err)
	}
	return time.Duration(user+system) * 10 * time.Millisecond // a tick
}

// generatedLines are n invented articles as JSON lines, from a number on.
func generatedLines(from, n int) string {
	var out strings.Builder
	lines := json.NewEncoder(&out)
	for i := from; i < from+n; i++ {
		a := enginetest.Article(1, i)
		_ = lines.Encode(map[string]string{"id": a.ID, "title": a.Title, "body": a.Body, "outlet": a.Outlet, "lang": a.Lang, "date": a.Published.String(), "url": a.URL}) // to memory
	}
	return out.String()
}
