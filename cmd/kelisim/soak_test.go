package main_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
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
)

// TestSoak is `make soak`: mixed load while articles come in. No answer is a 5xx, anonymous memory grows by a fifth at most and descriptors
// by twenty, from the second quarter of the time to the last, and what comes in is shown within two seconds.
func TestSoak(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("KELISIM_SOAK"))
	if err != nil {
		t.Skip("it takes minutes: KELISIM_SOAK=2m, or make soak")
	}
	data, files := t.TempDir(), t.TempDir()
	must(t, data, "index", seedsFolder, "testdata/hostile.jsonl", writeFile(t, files, "first.jsonl", newsLines(0, 500)))
	s := serveProcess(t, data, "--metrics-addr", "127.0.0.1:0", "--log-level", "info")
	metrics := regexp.MustCompile(`http://[^" ]+/metrics`).FindString(s.log.String())

	var asked, faults atomic.Int64
	var slowest atomic.Int64 // milliseconds
	statuses := sync.Map{}
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for reader := range 4 {
		readers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(reader), 1))
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Duration(r.IntN(40)) * time.Millisecond):
				}
				path := soakPaths[r.IntN(len(soakPaths))]
				began := time.Now()
				res, err := http.Get(s.base + strings.ReplaceAll(path, "{n}", strconv.Itoa(r.IntN(500))))
				if err != nil {
					faults.Add(1)
					t.Errorf("%s: %v", path, err)
					continue
				}
				if _, err := io.Copy(io.Discard, res.Body); err != nil {
					t.Errorf("%s: %v", path, err)
				}
				res.Body.Close()
				asked.Add(1)
				for took := time.Since(began).Milliseconds(); ; {
					if was := slowest.Load(); took <= was || slowest.CompareAndSwap(was, took) {
						break
					}
				}
				n, _ := statuses.LoadOrStore(res.StatusCode, new(atomic.Int64))
				n.(*atomic.Int64).Add(1)
				if res.StatusCode >= 500 {
					faults.Add(1)
					t.Errorf("%s: status %d", path, res.StatusCode)
				}
			}
		})
	}
	fed := 0
	readers.Go(func() {
		for n := 500; ; n += 5 {
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Second):
			}
			if code, out, errOut := kelisim(t, data, "index", writeFile(t, files, fmt.Sprintf("%d.jsonl", n), newsLines(n, 5))); code != 0 {
				t.Errorf("index: exit code %d: %s%s", code, out, errOut)
			}
			fed += 5
		}
	})
	var lags []time.Duration
	readers.Go(func() {
		behind := time.Time{}
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
			switch lag := lagOf(metrics); {
			case lag > 0 && behind.IsZero():
				behind = time.Now()
			case lag == 0 && !behind.IsZero():
				lags = append(lags, time.Since(behind))
				behind = time.Time{}
			}
		}
	})

	var memory, open []int64
	for began := time.Now(); time.Since(began) < long; time.Sleep(long / 120) {
		memory, open = append(memory, anonymous(t, s.pid)), append(open, descriptors(t, s.pid))
	}
	close(stop)
	readers.Wait()
	s.stop()
	quarter := func(all []int64, n int) int64 {
		part := slices.Sorted(slices.Values(all[n*len(all)/4 : (n+1)*len(all)/4]))
		return part[len(part)/2]
	}
	slices.Sort(lags)
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, "level=ERROR") {
			t.Errorf("the server's log: %s", line)
		}
	}
	said := fmt.Sprintf("%v: %d requests, slowest %d ms, %d of 5xx; %d articles in; anonymous memory %.0f → %.0f MB, descriptors %d → %d (medians of the second and last quarter)",
		long, asked.Load(), slowest.Load(), faults.Load(), fed, float64(quarter(memory, 1))/1e6, float64(quarter(memory, 3))/1e6, quarter(open, 1), quarter(open, 3))
	if len(lags) > 0 {
		said += fmt.Sprintf("; shown after %v (median), %v (longest) of %d", lags[len(lags)/2].Round(time.Millisecond), lags[len(lags)-1].Round(time.Millisecond), len(lags))
	}
	t.Log(said)
	statuses.Range(func(k, v any) bool { t.Logf("status %v: %d", k, v.(*atomic.Int64).Load()); return true })
	if before, after := quarter(memory, 1), quarter(memory, 3); float64(after) > 1.2*float64(before) {
		t.Errorf("anonymous memory grows from %d to %d", before, after)
	}
	if before, after := quarter(open, 1), quarter(open, 3); after > before+20 {
		t.Errorf("descriptors grow from %d to %d", before, after)
	}
	if len(lags) > 0 && lags[len(lags)-1] > 2*time.Second {
		t.Errorf("an article was shown after %v", lags[len(lags)-1])
	}
	if fed == 0 || asked.Load() == 0 {
		t.Error("there was no load")
	}
}

// soakPaths are what readers and programs ask for.
var soakPaths = []string{
	"/", "/?q=келісім", "/?q=меморандум+университет&hl=ru", "/?q=agreement&hl=en", "/?tab=agreements&country=CN", "/agreements", "/?q=%22екіжақты+келісім%22",
	"/?tab=table", "/?tab=trend", "/?tab=network", "/?tab=map", "/?tab=concordance&q=келісім", "/country/CN", "/article/soak{n}", "/article/soak{n}?q=келісім", "/article/nosuch",
	"/api/v1/search?q=университет{n}", "/api/v1/search?q=келісім&size=100", "/api/v1/agreements", "/api/v1/suggest?q=мем", "/api/v1/facets", "/api/v1/pivot", "/api/v1/search?from=x",
	"/feed.atom?q=келісім", "/export.csv?q=келісім", "/export.jsonl?tab=agreements", "/export.ris?q=меморандум", "/sitemap.xml", "/static/style.css", "/help", "/about", "/healthz", "/readyz",
	"/?q=*", "/?q=%FF%FE", "/?size=-1",
}

// newsLines are invented articles, as JSON lines.
func newsLines(from, n int) string {
	var b strings.Builder
	towns := []string{"Қарағанды", "Ақтөбе", "Шымкент", "Семей", "Павлодар"}
	abroad := []string{"Таллин", "Пекин", "Анкара", "Варшава", "Сеул"}
	for i := from; i < from+n; i++ {
		town, other := towns[i%5], abroad[i/5%5]
		fmt.Fprintf(&b, `{"id":"soak%d","url":"https://news.example/%d","published":"2025-%02d-%02d","title":"%s университеті %s университетімен келісімге қол қойды","body":"%s университеті мен %s университеті екіжақты келісімге қол қойды. Құжат %d студент алмасуды көздейді.\nМеморандум %d жылға жасалды. университет%d"}`+"\n",
			i, i, i%12+1, i%28+1, town, other, town, other, i%90+10, i%5+1, i)
	}
	return b.String()
}

// lagOf is how many changes a server does not show yet.
func lagOf(metrics string) float64 {
	res, err := http.Get(metrics)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	m := regexp.MustCompile(`(?m)^kelisim_index_lag_changes (\S+)`).FindSubmatch(body)
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseFloat(string(m[1]), 64)
	return n
}

// anonymous is the memory of a process that no file is behind, in bytes.
func anonymous(t testing.TB, pid int) int64 {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("there is no /proc: ", err)
	}
	m := regexp.MustCompile(`RssAnon:\s+(\d+) kB`).FindSubmatch(data)
	if m == nil {
		t.Fatal("no RssAnon")
	}
	n, _ := strconv.ParseInt(string(m[1]), 10, 64)
	return n << 10
}

func descriptors(t testing.TB, pid int) int64 {
	t.Helper()
	all, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(pid), "fd"))
	if err != nil {
		t.Fatal(err)
	}
	return int64(len(all))
}
