package cluster_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/cluster"
	"kelisim/index/enginetest"
	"kelisim/index/local"
	"kelisim/index/query"
	"kelisim/web"
)

// BenchmarkBeside is `make bench-cluster`: the cluster of three nodes beside the engine in a folder, over the same articles without names and the
// same questions as index/local's BenchmarkTable: processor's time of this process and of the nodes, how long pages take, and what lies on
// the disk. KELISIM_BENCH_ENGINE=folder or =cluster measures one of them.
func BenchmarkBeside(b *testing.B) {
	n := 10_000
	if s := os.Getenv("KELISIM_BENCH_ARTICLES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	only := os.Getenv("KELISIM_BENCH_ENGINE")
	for b.Loop() {
		fmt.Printf("\n%d articles, %d cores, %s, load %s\n\n", n, runtime.NumCPU(), runtime.Version(), loadavg())
		fmt.Println("| CPU ms, here + nodes | top 10 of any of two words | of all | any + facets | a page over HTTP | p50 / p99 ms of pages, 50 a second, refused | index CPU s | articles a second | MB on disk | memory MB |")
		fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
		opened := ""
		if only != "cluster" {
			opened = besideFolder(b, n)
		}
		if only != "folder" {
			besideCluster(b, n)
		}
		fmt.Println("\n" + opened)
	}
}

// besideFolder prints the line of the engine in a folder, and tells what it costs to open that again.
func besideFolder(b *testing.B, n int) (opened string) {
	folder := b.TempDir()
	e, err := local.Open(folder, 1)
	if err != nil {
		b.Fatal(err)
	}
	p := peer{name: "folder", n: n, e: e, nodes: func() time.Duration { return 0 }, size: func() float64 { return folderMB(b, folder) }, memory: resident(os.Getpid())}
	p.run(b)
	if err := e.Close(); err != nil {
		b.Fatal(err)
	}
	at, since := own(), time.Now()
	if e, err = local.Open(folder, 1); err != nil {
		b.Fatal(err)
	}
	if _, err := e.Search(b.Context(), searchFor(enginetest.Pairs(n)[0], true, true)); err != nil {
		b.Fatal(err)
	}
	opened = fmt.Sprintf("folder opened and asked for the first time: %s s of CPU, %.2f s; most memory of this process till then %.0f MB",
		millis((own()-at)/1000), time.Since(since).Seconds(), peak())
	if err := e.Close(); err != nil {
		b.Fatal(err)
	}
	return opened
}

// besideCluster prints the line of three nodes.
func besideCluster(b *testing.B, n int) {
	c := nodes(b)
	o := cluster.Options{URLs: c.URLs(), Prefix: "bench", Shards: 3, Replicas: 1}
	x, err := cluster.Open(b.Context(), o, 1)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	p := peer{name: "cluster, 3 shards and a copy of each", n: n, e: x, size: func() float64 { return storedMB(b, c.URL(1), "bench-*") }}
	p.nodes = func() (sum time.Duration) {
		for _, pid := range c.PIDs() {
			sum += processorTime(b, pid)
		}
		return sum
	}
	p.memory = func() (sum float64) {
		for _, pid := range c.PIDs() {
			sum += resident(pid)()
		}
		return sum
	}
	p.run(b)
	if err := x.Remove(b.Context()); err != nil {
		b.Error(err)
	}
}

// batchSize is how many articles are put at once: of a million more, since each batch is shown in all copies of all shards.
func batchSize(n int) int {
	if n >= 500_000 {
		return 2000
	}
	return 500
}

// peer is an engine in the table.
type peer struct {
	name         string
	n            int // articles
	e            engine
	nodes        func() time.Duration // processor's time of other processes
	size, memory func() float64       // MB
}

type engine interface {
	enginetest.Engine
	query.Engine
}

// spent is processor's time.
type spent struct{ here, nodes time.Duration }

func (p *peer) spent() spent { return spent{own(), p.nodes()} }

func (s spent) since(o spent, by int) string {
	here, nodes := (s.here-o.here)/time.Duration(by), (s.nodes-o.nodes)/time.Duration(by)
	if nodes == 0 {
		return millis(here)
	}
	return millis(here) + " + " + millis(nodes)
}

func millis(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000) }

// run indexes articles, asks, and prints a line of the table.
func (p *peer) run(b *testing.B) {
	texts, err := archive.OpenWriter(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer texts.Close()
	before, began, aside, asideTook := p.spent(), time.Now(), time.Duration(0), time.Duration(0)
	for i, step := 0, batchSize(p.n); i < p.n; i += step {
		if i%100_000 == 0 && i > 0 {
			b.Logf("%s: %d articles after %s", p.name, i, time.Since(began).Round(time.Second))
		}
		batch := index.Batch{Seq: uint64(i + 1)}
		at, since := own(), time.Now()
		var articles []index.Article
		for k := i; k < min(i+step, p.n); k++ {
			articles = append(articles, enginetest.Article(1, k))
			batch.Articles = append(batch.Articles, plainRecord(articles[k-i]))
		}
		if _, refused, err := texts.Put(b.Context(), articles, nil); errors.Join(append(refused, err)...) != nil {
			b.Fatal(err, refused)
		}
		aside += own() - at
		asideTook += time.Since(since)
		if err := p.e.Put(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	indexing, took := p.spent(), time.Since(began)-asideTook
	indexing.here -= aside
	time.Sleep(3 * time.Second) // merges
	qs := enginetest.Pairs(p.n)
	ask := func(all, counts bool) string {
		return p.cost(qs, func(w []string) {
			if _, err := p.e.Search(b.Context(), searchFor(w, all, counts)); err != nil {
				b.Fatal(err)
			}
		})
	}
	some, all, counted := ask(false, false), ask(true, false), ask(false, true)
	get, done := p.served(b, texts)
	defer done()
	page := p.cost(qs, func(w []string) {
		if status := get(w); status != http.StatusOK {
			b.Errorf("a page of %q has status %d", w, status)
		}
	})
	fmt.Printf("| %s | %s | %s | %s | %s | %s | %s | %.0f | %.0f | %.0f |\n", p.name, some, all, counted, page, offered(qs, get),
		indexing.since(before, 1000), float64(p.n)/took.Seconds(), p.size(), p.memory())
}

// cost is the processor's time that a question takes, in ms.
func (p *peer) cost(qs [][]string, do func(words []string)) string {
	const warm, longest = 5, time.Minute // times each: the cluster's programs are compiled as they run
	for began, i := time.Now(), 0; i < warm*len(qs) && (i < len(qs) || time.Since(began) < longest); i++ {
		do(qs[i%len(qs)])
	}
	n, before, began := 0, p.spent(), time.Now()
	for n < 1000 && (time.Since(began) < 20*time.Second || n < len(qs)) {
		for _, q := range qs {
			do(q)
		}
		n += len(qs)
	}
	return p.spent().since(before, n)
}

// served has the engine behind the real pages, on a real port; get asks for the page of two words.
func (p *peer) served(b *testing.B, texts query.Texts) (get func(words []string) int, done func()) {
	w := index.DefaultWeights()
	searcher := &query.Searcher{Engine: p.e, Texts: texts, Names: names.Default(), Lexicon: lexicon.Default(), Weights: &w,
		Read: func(a index.Article) *index.Record { return index.Read(a, names.Default()) }}
	s := httptest.NewServer(web.New(web.Config{Searcher: searcher, Labels: names.Default(), AnswerTime: time.Minute, Rate: 1_000_000, Log: slog.New(slog.DiscardHandler)}))
	c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	return func(words []string) int {
		res, err := c.Get(s.URL + "/?hl=ru&q=" + url.QueryEscape(strings.Join(words, " ")))
		if err != nil {
			b.Error(err)
			return 0
		}
		defer res.Body.Close()
		_, _ = io.Copy(io.Discard, res.Body)
		return res.StatusCode
	}, s.Close
}

// offered asks for fifty pages a second for twenty seconds, whether they are answered or not.
func offered(qs [][]string, get func([]string) int) string {
	var mu sync.Mutex
	var took []time.Duration
	refused := 0
	var all sync.WaitGroup
	const n = 1000
	for began, i := time.Now(), 0; i < n; i++ {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / 50)))
		all.Go(func() {
			at := time.Now()
			status := get(qs[i%len(qs)])
			mu.Lock()
			defer mu.Unlock()
			if took = append(took, time.Since(at)); status != http.StatusOK {
				refused++
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	return fmt.Sprintf("%d / %d, %d", took[n/2].Milliseconds(), took[n*99/100].Milliseconds(), refused)
}

// plainRecord reads an article without names and agreements, with a country and an institution to count.
func plainRecord(a index.Article) *index.Record {
	r := &index.Record{Article: a, Text: analysis.Read(a.Text(), analysis.Lang(a.Lang))}
	r.Lang, r.Outlet = string(r.Text.Lang), strings.ToLower(a.Outlet)
	h := len(a.Body)
	r.Mentions = []index.Mention{{Kind: "country", Key: fmt.Sprintf("%c%c", 'A'+h%7, 'A'+h%11)}, {Kind: "institution", Key: fmt.Sprint("ror:", h%1500), Body: "university"}}
	return r
}

func treeOf(words []string, all bool) index.Tree {
	var of []index.Tree
	for _, w := range words {
		of = append(of, index.AnyTerm{Word: w, Terms: analysis.QueryTerms(analysis.Split(w)[0])})
	}
	if all {
		return index.And(of)
	}
	return index.Or(of)
}

func searchFor(words []string, all, counts bool) index.Request {
	return index.Request{Tree: treeOf(words, all), Tab: index.Articles, Sort: index.Relevance, Size: 10, Counts: counts, MinConfidence: index.Shown}
}

func own() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// processorTime is what Linux says that a process has used.
func processorTime(b *testing.B, pid int) time.Duration {
	b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// resident gives what a process holds in memory, in MB.
func resident(pid int) func() float64 {
	return func() float64 {
		data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		for line := range strings.Lines(string(data)) {
			if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
				kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
				return kb / 1024
			}
		}
		return 0
	}
}

// peak is the most memory that this process has held, in MB.
func peak() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Maxrss) / 1024 // Linux counts in kB
}

func loadavg() string {
	data, _ := os.ReadFile("/proc/loadavg")
	one, _, _ := strings.Cut(string(data), " ")
	return one
}

func folderMB(b *testing.B, dir string) float64 {
	b.Helper()
	var size int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil {
			size += info.Size()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return float64(size) / 1e6
}

// storedMB is what indices take on all nodes.
func storedMB(b *testing.B, url, names string) float64 {
	b.Helper()
	res, err := http.Get(url + "/" + names + "/_stats/store")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	var stats struct {
		All struct {
			Total struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				} `json:"store"`
			} `json:"total"`
		} `json:"_all"`
	}
	if err := json.NewDecoder(res.Body).Decode(&stats); err != nil {
		b.Fatal(err)
	}
	return float64(stats.All.Total.Store.Bytes) / 1e6
}
