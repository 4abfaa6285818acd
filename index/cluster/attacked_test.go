package cluster_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/cluster"
	"kelisim/index/cluster/clustertest"
)

// to asks a node itself.
func to(t *testing.T, c *clustertest.Cluster, method, path, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, c.URL(1)+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		t.Fatalf("%s %s: %s", method, path, res.Status)
	}
}

// silent takes connections and never says anything, as a machine does that was cut off in the middle.
func silent(t *testing.T) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var held []net.Conn
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			held = append(held, c)
			mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		l.Close()
		mu.Lock()
		defer mu.Unlock()
		for _, c := range held {
			c.Close()
		}
	})
	return "http://" + l.Addr().String()
}

// An address at which somebody takes connections and says nothing costs its first requests a moment, and nobody an answer.
func TestHalfOpen(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	if err := e.Put(t.Context(), batchOf(1, "x", "y")); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	half, err := cluster.Open(t.Context(), cluster.Options{URLs: append([]string{silent(t)}, c.URLs()...), Prefix: e.Prefix(), Existing: true}, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	t.Logf("opened after %s", time.Since(began).Round(time.Millisecond))
	for range 20 {
		if n := total(t, half); n != 2 {
			t.Fatalf("%d articles are found", n)
		}
	}
}

// A node that hangs with open connections is passed over: what is asked meanwhile, is answered by others, and each article is there at the end.
func TestHungNode(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	fed, asked := feed(t, e), load(t, e)
	time.Sleep(5 * time.Second)
	if err := c.Pause(2); err != nil {
		t.Fatal(err)
	}
	time.Sleep(15 * time.Second)
	if err := errors.Join(c.Resume(2), c.WaitBack(2, 3, 10*time.Minute)); err != nil {
		t.Error(err)
	}
	put := fed()
	if n, failed := asked(); len(failed) > 0 || n == 0 {
		t.Errorf("%d of %d searches failed", len(failed), n)
	}
	t.Logf("%d articles put", put)
	whole(t, e, put)
}

// Where the names of an index are gone and its documents are there, nothing is made anew over them: who feeds sets the names again, beside a
// generation that somebody has left half built, too.
func TestLostNames(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	if err := e.Put(t.Context(), batchOf(1, "x", "y")); err != nil {
		t.Fatal(err)
	}
	if err := e.Rebuild(t.Context(), func(x index.Engine) error { return x.Put(t.Context(), batchOf(2, "x", "y", "z")) }, nil); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"articles", "agreements", "words", "state"} {
		to(t, c, http.MethodDelete, "/"+e.Prefix()+"-"+kind+"-*/_alias/"+e.Prefix()+"-"+kind, "")
	}
	_, err := cluster.Open(t.Context(), cluster.Options{URLs: c.URLs(), Prefix: e.Prefix(), Existing: true}, 1)
	if err == nil || !strings.Contains(err.Error(), "no alias") {
		t.Errorf("who only reads opens it: %v", err)
	}
	if err := e.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	fresh := open(t, e.Prefix())
	defer fresh.Close()
	for _, e := range []*cluster.Engine{e, fresh} {
		if n := total(t, e); n != 3 || e.Seq() != 2 {
			t.Errorf("%d articles are found, at %d", n, e.Seq())
		}
	}
	if err := fresh.Put(t.Context(), batchOf(3, "w")); err != nil {
		t.Fatal(err)
	}
	if n := total(t, fresh); n != 4 {
		t.Errorf("%d articles are found", n)
	}
}

// An index that was built by other rules is searched as it is, by who reads too, and is known for one that has to be built anew.
func TestOtherSchema(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	if err := e.Put(t.Context(), batchOf(1, "x", "y")); err != nil {
		t.Fatal(err)
	}
	for _, reads := range []bool{true, false} {
		other, err := cluster.Open(t.Context(), cluster.Options{URLs: c.URLs(), Prefix: e.Prefix(), Existing: reads}, 2)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		if n := total(t, other); n != 2 || !other.Stale() || other.Of(2) || !other.Of(1) {
			t.Errorf("%d articles are found, stale %v", n, other.Stale())
		}
	}
}

// A repository whose folder is gone, or that nobody has made, ends a snapshot with its name; batches go on after it.
func TestLostRepository(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	if err := e.Put(t.Context(), batchOf(1, "x")); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(c.Snapshots(), "lost")
	if err := e.Register(t.Context(), "lost", folder); err != nil {
		t.Fatal(err)
	}
	s, err := e.TakeSnapshot(t.Context(), "lost", e.Prefix())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(folder), os.WriteFile(folder, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func() error{
		"a backup":   func() error { return e.Register(t.Context(), "lost", "") },
		"a snapshot": func() error { _, err := e.TakeSnapshot(t.Context(), "lost", e.Prefix()+"-2"); return err },
		"a restore":  func() error { return e.Restore(t.Context(), s, nil) },
		"an unknown": func() error { return e.Register(t.Context(), "unknown", "") },
	} {
		if err := do(); err == nil {
			t.Errorf("%s is made", name)
		} else if !strings.Contains(err.Error(), "lost") && !strings.Contains(err.Error(), "unknown") {
			t.Errorf("%s: %v", name, err)
		} else {
			t.Log(name, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := e.Put(ctx, batchOf(2, "y")); err != nil {
		t.Error(err)
	}
	if n := total(t, e); n != 2 {
		t.Errorf("%d articles are found", n)
	}
}
