package cluster_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kelisim/index/cluster"
	"kelisim/index/cluster/clustertest"
	"kelisim/index/enginetest"
)

var running struct {
	sync.Mutex
	c   *clustertest.Cluster
	err error
	dir string
}

// TestMain stops the cluster that tests have started, whatever came of them.
func TestMain(m *testing.M) {
	code := m.Run()
	if running.c != nil {
		_ = running.c.Down()
	}
	if running.dir != "" {
		os.RemoveAll(running.dir)
	}
	os.Exit(code)
}

// urls are the addresses of a cluster: of one that runs already, as KELISIM_CLUSTER_URLS names it, or of the tests' own.
func urls(t testing.TB) []string {
	if given := os.Getenv("KELISIM_CLUSTER_URLS"); given != "" {
		return strings.Split(given, ",")
	}
	return nodes(t).URLs()
}

// nodes is the cluster of three nodes that all tests share.
func nodes(t testing.TB) *clustertest.Cluster {
	t.Helper()
	if !clustertest.Asked() {
		t.Skip("a cluster takes minutes and 2 GB: «make test-cluster» runs this")
	}
	if _, _, err := clustertest.Parts(); err != nil {
		t.Skip(err)
	}
	running.Lock()
	defer running.Unlock()
	if running.c == nil && running.err == nil {
		running.dir, running.err = os.MkdirTemp("", "kelisim-cluster")
		if running.err == nil {
			running.c, running.err = clustertest.Up(running.dir, 3)
		}
	}
	if running.err != nil {
		t.Fatal(running.err)
	}
	return running.c
}

var numbered atomic.Int32

// empty is an engine with an index of its own that goes with the test.
func empty(t testing.TB) *cluster.Engine {
	t.Helper()
	e := open(t, fmt.Sprintf("test%d", numbered.Add(1)))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := e.Remove(ctx); err != nil {
			t.Error(err)
		}
		e.Close()
	})
	return e
}

func open(t testing.TB, prefix string) *cluster.Engine {
	t.Helper()
	e, err := cluster.Open(t.Context(), cluster.Options{URLs: urls(t), Prefix: prefix, Shards: 2, Replicas: min(1, len(urls(t))-1)}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEngine(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) enginetest.Engine { return empty(t) })
}
