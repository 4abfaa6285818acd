package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kelisim/index/cluster/clustertest"
)

// nodes is a cluster of three nodes; without its parts the test is skipped.
func nodes(t *testing.T) *clustertest.Cluster {
	t.Helper()
	if !clustertest.Asked() {
		t.Skip("a cluster takes minutes and 2 GB: «make test-cluster» runs this")
	}
	if _, _, err := clustertest.Parts(); err != nil {
		t.Skip(err)
	}
	c, err := threeNodes()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// threeNodes is the cluster that all tests here share.
var threeNodes = sync.OnceValues(func() (*clustertest.Cluster, error) {
	dir, err := os.MkdirTemp("", "kelisim-cluster")
	if err != nil {
		return nil, err
	}
	c, err := clustertest.Up(dir, 3)
	ended = append(ended, func() {
		if c != nil {
			_ = c.Down()
		}
		os.RemoveAll(dir)
	})
	return c, err
})

// overCluster are the flags of an index with a prefix.
func overCluster(c *clustertest.Cluster, prefix string) []string {
	return []string{"--engine", "opensearch", "--opensearch-url", strings.Join(c.URLs(), ","), "--opensearch-prefix", prefix, "--opensearch-shards", "2"}
}

// The journeys are the same over a cluster.
func TestClusterJourneys(t *testing.T) {
	c := nodes(t)
	data := t.TempDir()
	over := overCluster(c, "journeys")
	must(t, data, append([]string{"index", seedsFolder}, over...)...)
	s := serve(t, data, over...)
	walk(t, s)
	facetsOfSeeds(t, s)
}

// asks sends requests to some servers until it is stopped, four at a time; stop gives how many, and those that failed.
func asks(t *testing.T, paths []string, servers ...*server) (stop func() (n int, failed []string)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var mu sync.Mutex
	var n int
	var failed []string
	var wg sync.WaitGroup
	for k := range 4 {
		wg.Go(func() {
			for i := k; ctx.Err() == nil; i++ {
				address := servers[i%len(servers)].base + paths[i%len(paths)]
				res, err := http.Get(address)
				says := ""
				if err != nil {
					says = err.Error()
				} else {
					body, _ := io.ReadAll(res.Body)
					res.Body.Close()
					if res.StatusCode != http.StatusOK {
						says = fmt.Sprintf("%s: %d %s", address, res.StatusCode, body[:min(len(body), 300)])
					}
				}
				mu.Lock()
				if n++; says != "" {
					failed = append(failed, says)
				}
				mu.Unlock()
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	return func() (int, []string) {
		cancel()
		wg.Wait()
		return n, failed
	}
}

// tell asks the cluster itself.
func tell(t *testing.T, method, address, body string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, _ := io.ReadAll(res.Body)
	if res.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %s", method, address, res.StatusCode, data)
	}
	return string(data)
}

func lines(from, to int) string {
	var b bytes.Buffer
	for i := from; i < to; i++ {
		data, _ := json.Marshal(map[string]string{"id": fmt.Sprintf("made-%04d", i), "title": fmt.Sprintf("Форум нөмірі %d", i), "published": "2025-11-17",
			"body": fmt.Sprintf("Университет пен колледж туралы %d-хабар. Студенттер келді.", i), "lang": "kk"})
		b.Write(append(data, '\n'))
	}
	return b.String()
}

// totalOf is how many articles a server finds; 0 where it does not answer.
func totalOf(s *server, q string) int {
	var a answer
	if status, body := s.get("/api/v1/search?" + q); status == http.StatusOK {
		_ = json.Unmarshal(body, &a) // then it is none that counts
	}
	return a.Total
}

// TestCluster is the life of an index in a cluster, by the program's own commands: it moves there, is served by several, built anew under load,
// verified, harmed and mended, backed up and restored, and goes on when who feeds it dies.
func TestCluster(t *testing.T) {
	c := nodes(t)
	data, reader := t.TempDir(), filepath.Join(t.TempDir(), "none")
	over := append(overCluster(c, "kelisim"), "--opensearch-repository", "backups", "--opensearch-repository-folder", filepath.Join(c.Snapshots(), "backups"))
	with := func(args ...string) []string { return append(args, over...) }
	must(t, data, "index", seedsFolder, writeFile(t, t.TempDir(), "made.jsonl", lines(0, 60)))

	t.Log(must(t, data, with("migrate", "--to", "opensearch")...))
	if out := must(t, data, with("verify")...); !strings.Contains(out, "cluster: 65 articles as in the archive") || !strings.Contains(out, "50 articles read afresh") {
		t.Errorf("verify says %s", out)
	}

	feeder := serveProcess(t, data, over...)
	second := serveProcess(t, data, over...) // it takes over when the first is gone
	reads := serveProcess(t, reader, with("--opensearch-reader")...)
	all := []*server{feeder, second, reads}
	counts := func(s *server, want int) {
		t.Helper()
		until(t, fmt.Sprintf("%d articles", want), func() bool { return totalOf(s, "") == want })
	}
	for _, s := range all {
		counts(s, 65)
		if n := totalOf(s, "q="+url.QueryEscape("форум нөмірі 7")+"&match=all"); n != 1 {
			t.Errorf("%d articles are found by a headline", n)
		}
		if status, body := s.get("/article/made-0007"); status != http.StatusOK || !strings.Contains(string(body), "7-хабар") {
			t.Errorf("an article's page has status %d", status)
		}
		if status, body := s.get("/readyz"); status != http.StatusOK {
			t.Errorf("readyz: %d %s", status, body)
		}
	}
	if code, _, says := kelisim(t, reader, with("verify", "--opensearch-reader")...); code == 0 || !strings.Contains(says, "on the machine with the archive") {
		t.Errorf("a reader verifies: %s", says)
	}
	must(t, data, with("index", writeFile(t, t.TempDir(), "more.jsonl", lines(60, 70)))...)
	for _, s := range all {
		counts(s, 75)
	}

	// Built anew under load.
	paths := []string{"/api/v1/search?q=" + url.QueryEscape("форум университет"), "/?q=" + url.QueryEscape("меморандум"), "/article/made-0003", "/api/v1/search?tab=agreements", "/agreements"}
	stop := asks(t, paths, all...)
	began := time.Now()
	must(t, data, with("reindex")...)
	n, failed := stop()
	t.Logf("reindex took %s, %d requests meanwhile, %d failed", time.Since(began).Round(time.Second), n, len(failed))
	for _, f := range failed[:min(len(failed), 5)] {
		t.Error(f)
	}
	for _, s := range all {
		counts(s, 75)
	}

	// Harmed behind our back, named, and mended.
	query := c.URL(1) + "/kelisim-articles/_delete_by_query?refresh=true"
	tell(t, http.MethodPost, query, `{"query":{"term":{"id":"made-0005"}}}`)
	tell(t, http.MethodPost, c.URL(1)+"/kelisim-articles/_update_by_query?refresh=true",
		`{"query":{"term":{"id":"made-0006"}},"script":{"source":"ctx._source.stored.version.SHA256='0'; ctx._source.stored.article.Title='Басқа'"}}`)
	code, out, says := kelisim(t, data, with("verify")...)
	for _, want := range []string{"made-0005 is not there", "made-0006 is there with another text", "kelisim reindex --differing"} {
		if !strings.Contains(says, want) {
			t.Errorf("verify does not say %q", want)
		}
	}
	if code == 0 {
		t.Errorf("verify finds nothing: %s", out)
	}
	if code, _, says := kelisim(t, data, with("reindex")...); code == 0 || !strings.Contains(says, "otherwise than the serving one") {
		t.Errorf("an index that answers otherwise serves: %s", says)
	}
	must(t, data, with("reindex", "--differing")...)
	must(t, data, with("verify")...)

	// Backed up beside the servers, lost, and restored.
	backup := filepath.Join(t.TempDir(), "backup")
	if out := must(t, data, with("backup", backup)...); !strings.Contains(out, "75 articles") || !strings.Contains(out, "in snapshot backups/") {
		t.Errorf("backup says %s", out)
	}
	tell(t, http.MethodPost, query, `{"query":{"match_all":{}}}`)
	restored := filepath.Join(t.TempDir(), "restored")
	if out := must(t, restored, with("restore", backup)...); !strings.Contains(out, "in snapshot backups/") {
		t.Errorf("restore says %s", out)
	}
	must(t, restored, with("verify")...)
	for _, s := range all {
		counts(s, 75)
	}

	// Who feeds it dies.
	feeder.kill()
	must(t, data, with("index", writeFile(t, t.TempDir(), "late.jsonl", lines(70, 80)))...)
	counts(second, 85)
	counts(reads, 85)
}

// Two of three nodes die and come back, and the index moves back into a folder: the one with the archive, and an empty one.
func TestClusterBack(t *testing.T) {
	c := nodes(t)
	data := t.TempDir()
	over := overCluster(c, "back")
	with := func(args ...string) []string { return append(args, over...) }
	must(t, data, with("index", seedsFolder, writeFile(t, t.TempDir(), "made.jsonl", lines(0, 40)))...)
	s := serve(t, data, over...)
	until(t, "45 articles", func() bool { return totalOf(s, "") == 45 })
	c.Kill(1)
	c.Kill(2)
	until(t, "readyz says so", func() bool {
		status, body := s.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(string(body), "a part of the cluster does not answer")
	})
	if err := errors.Join(c.Start(1), c.Start(2), c.WaitNodes(3, 10*time.Minute)); err != nil {
		t.Fatal(err)
	}
	until(t, "readyz is well again", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
	until(t, "45 articles", func() bool { return totalOf(s, "") == 45 })
	must(t, data, with("verify")...)
	s.stop()
	t.Log(must(t, data, with("migrate", "--to", "local")...))
	back := filepath.Join(t.TempDir(), "back")
	t.Log(must(t, back, with("migrate", "--to", "local")...))
	if out := must(t, back, "verify"); !strings.Contains(out, "45 articles") {
		t.Errorf("verify says %s", out)
	}
}
