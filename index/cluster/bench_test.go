package cluster_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kelisim/analysis"
	"kelisim/index"
	"kelisim/index/cluster"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

// BenchmarkBeside is `make bench-cluster`: the cluster of three nodes beside the engine in a folder, over the same articles without names and the
// same questions as index/local's BenchmarkTable: processor's time of all processes, how long answers take, and what lies on the disk.
func BenchmarkBeside(b *testing.B) {
	n := 10_000
	if s := os.Getenv("KELISIM_BENCH_ARTICLES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	c := nodes(b)
	for b.Loop() {
		fmt.Printf("\n%d articles, %d cores, %s, load %s\n\n", n, runtime.NumCPU(), runtime.Version(), loadavg())
		fmt.Println("| CPU ms | top 10 of any of two words | of all | any + facets | p50 / p99 ms of that | index CPU s | articles a second | MB on disk | memory MB |")
		fmt.Println("|---|---|---|---|---|---|---|---|---|")
		folder := b.TempDir()
		e, err := local.Open(folder, 1)
		if err != nil {
			b.Fatal(err)
		}
		size := func() float64 { return folderMB(b, folder) }
		fill(b, "folder", n, e, size, func() time.Duration { return 0 }, resident(os.Getpid()))
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
		o := cluster.Options{URLs: c.URLs(), Prefix: "bench", Shards: 3, Replicas: 1}
		x, err := cluster.Open(b.Context(), o, 1)
		if err != nil {
			b.Fatal(err)
		}
		size = func() float64 { return storedMB(b, c.URL(1), "bench-*") }
		fill(b, "cluster, 3 shards and a copy of each", n, x, size, func() (sum time.Duration) {
			for _, pid := range c.PIDs() {
				sum += processorTime(b, pid)
			}
			return sum
		}, func() (sum float64) {
			for _, pid := range c.PIDs() {
				sum += resident(pid)()
			}
			return sum
		})
		if err := x.Remove(b.Context()); err != nil {
			b.Error(err)
		}
		x.Close()
	}
}

// fill indexes articles and asks; beside is the processor's time of other processes.
func fill(b *testing.B, name string, n int, e enginetest.Engine, size func() float64, beside func() time.Duration, memory func() float64) {
	spent := func() time.Duration { return own() + beside() }
	cpu, began, reading := spent(), time.Now(), time.Duration(0)
	for i := 0; i < n; i += 500 {
		batch := index.Batch{Seq: uint64(i + 1)}
		at := own()
		for k := i; k < min(i+500, n); k++ {
			batch.Articles = append(batch.Articles, plainRecord(enginetest.Article(1, k)))
		}
		reading += own() - at
		if err := e.Put(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	indexing, took := spent()-cpu-reading, time.Since(began)
	time.Sleep(3 * time.Second) // merges
	qs := enginetest.Pairs(n)
	ask := func(all, counts bool) (cost, p50, p99 time.Duration) {
		var times []time.Duration
		once := func(w []string) {
			at := time.Now()
			_, err := e.Search(b.Context(), index.Request{Tree: treeOf(w, all), Tab: index.Articles, Sort: index.Relevance, Size: 10, Counts: counts, MinConfidence: index.Shown})
			if err != nil {
				b.Fatal(err)
			}
			times = append(times, time.Since(at))
		}
		for range 3 { // the cluster's programs are compiled as they run
			for _, q := range qs {
				once(q)
			}
		}
		times = nil
		cpu, began := spent(), time.Now()
		for len(times) < 1000 && (time.Since(began) < 20*time.Second || len(times) < len(qs)) {
			for _, q := range qs {
				once(q)
			}
		}
		cost = (spent() - cpu) / time.Duration(len(times))
		slices.Sort(times)
		return cost, times[len(times)/2], times[len(times)*99/100]
	}
	ms := func(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000) }
	some, _, _ := ask(false, false)
	all, _, _ := ask(true, false)
	counted, p50, p99 := ask(false, true)
	fmt.Printf("| %s | %s | %s | %s | %s / %s | %.1f | %.0f | %.0f | %.0f |\n", name, ms(some), ms(all), ms(counted), ms(p50), ms(p99),
		indexing.Seconds(), float64(n)/took.Seconds(), size(), memory())
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
