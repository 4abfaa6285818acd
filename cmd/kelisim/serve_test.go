package main_test

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What is indexed beside a running server appears on its page within two seconds.
func TestBesideServer(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	must(t, data, "index", writeFile(t, files, "none.jsonl", ""))
	s := serveProcess(t, data) // with an empty archive
	if got := s.search(url.Values{}); got.Total != 0 {
		t.Fatalf("the empty archive has %d articles", got.Total)
	}
	appears := func(total int) {
		t.Helper()
		began := time.Now()
		for s.search(url.Values{"q": {"келісім"}}).Total != total {
			if time.Since(began) > patience { // the promise is two seconds; a machine that is busy with other tests gets more
				t.Fatalf("%d articles do not appear\n%s", total, s.log)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	one := writeFile(t, files, "one.txt", " date 2025-11-17 Келісімге қол қойылды\nБір.")
	out := must(t, data, "index", one)
	if !strings.Contains(out, "the server at") {
		t.Errorf("index beside a server says %q", out)
	}
	appears(1)
	two := writeFile(t, files, "two.txt", " date 2025-11-18 Екінші келісім\nЕкі.")
	must(t, data, "index", two)
	appears(2)
	writeFile(t, files, "two.txt", " date 2025-11-18 Форум\nҮш.")
	must(t, data, "index", files)
	appears(1)

	// search asks the server, since the index has room for one process.
	if out := must(t, data, "search", "келісімдерінің"); !strings.Contains(out, "1 article") || !strings.Contains(out, "one") {
		t.Errorf("search beside a server says %q", out)
	}
	// reindex has the server build it anew, which answers meanwhile.
	stop, answers := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-stop:
				answers <- n
				return
			default:
			}
			if status, body := s.get("/api/v1/search?q=келісімдерінің"); status != http.StatusOK || !strings.Contains(string(body), `"total":1`) {
				t.Errorf("while it is built anew: %d %s", status, body)
			}
			n++
		}
	}()
	if out := must(t, data, "reindex"); !strings.Contains(out, "indexed by the server at") {
		t.Errorf("reindex beside a server says %q", out)
	}
	close(stop)
	if <-answers == 0 {
		t.Error("nobody asked meanwhile")
	}
	if current, err := os.ReadFile(filepath.Join(data, "index", "CURRENT")); err != nil || string(current) != "0002\n" {
		t.Errorf("the index that serves is %q, %v", current, err)
	}
	if code, _, errOut := kelisim(t, data, "serve", "--addr", "127.0.0.1:0"); code != 1 || !strings.Contains(errOut, "already") || !strings.Contains(errOut, fmt.Sprint("process ", s.pid)) {
		t.Errorf("a second server: exit code %d, %q", code, errOut)
	}
	if code := s.stop(); code != 0 {
		t.Errorf("stopped with exit code %d\n%s", code, s.log)
	}
	// Without a server the same search opens the index itself.
	if out := must(t, data, "search", "келісімдерінің"); !strings.Contains(out, "1 article") {
		t.Errorf("search without a server says %q", out)
	}
	if out := must(t, data, "search", "келісім", "-қол"); !strings.Contains(out, "0 articles") {
		t.Errorf("search with an exclusion says %q", out)
	}
}

func TestTakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	code, _, errOut := kelisim(t, data, "serve", "--addr", l.Addr().String())
	if code != 1 || !strings.Contains(errOut, "in use") || !strings.Contains(errOut, "--addr") {
		t.Errorf("exit code %d, %q", code, errOut)
	}
}

func TestOperations(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	s := serve(t, data)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/": 200, "/nothing": 404, "/api/v1/search?from=x": 400} {
		if status, _ := s.get(path); status != want {
			t.Errorf("%s: status %d, want %d", path, status, want)
		}
	}
	res, err := http.Post(s.base+"/api/v1/search", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: status %d", res.StatusCode)
	}
}
