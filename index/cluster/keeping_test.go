package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/cluster"
	"kelisim/index/enginetest"
)

func batchOf(seq uint64, ids ...string) index.Batch {
	b := index.Batch{Seq: seq}
	for _, id := range ids {
		b.Articles = append(b.Articles, enginetest.NewRecord(id, "сөз "+id, "мәтін бар"))
	}
	return b
}

func total(t *testing.T, e *cluster.Engine) int {
	t.Helper()
	res, err := e.Search(t.Context(), index.Request{Tab: index.Articles, Sort: index.Newest, Tree: index.AnyTerm{Terms: []string{"мәтін"}}})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

// A feeder that was taken for dead and goes on must not spoil what the next one writes, and what it left behind is not found.
func TestOneFeeder(t *testing.T) {
	a := empty(t)
	b := open(t, a.Prefix())
	defer b.Close()
	if err := a.Put(t.Context(), batchOf(1, "x")); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		e    *cluster.Engine
		name string
		want bool
	}{{a, "a", true}, {b, "b", false}, {a, "a", true}} {
		if got, err := step.e.Lead(t.Context(), step.name, time.Minute); got != step.want || err != nil {
			t.Fatalf("%s leads: %v, %v", step.name, got, err)
		}
	}
	if err := a.Yield(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Lead(t.Context(), "b", time.Minute); !got || err != nil {
		t.Fatalf("b leads: %v, %v", got, err)
	}
	// a is in the middle of a batch that never ends; b goes on.
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := a.Put(ctx, batchOf(2, "y", "z")); err == nil {
		t.Fatal("a batch that was given up was put")
	}
	if err := b.Put(t.Context(), batchOf(2, "y")); err != nil {
		t.Fatal(err)
	}
	if err := b.Refresh(t.Context()); err != nil {
		t.Error(err)
	}
	time.Sleep(200 * time.Millisecond) // longer than a view counts as new
	if n, m := total(t, a), total(t, b); n != 2 || m != 2 || a.Seq() != 2 {
		t.Errorf("a finds %d, b %d, a is at %d", n, m, a.Seq())
	}
}

func TestRebuild(t *testing.T) {
	e := empty(t)
	if err := e.Put(t.Context(), batchOf(1, "x", "y")); err != nil {
		t.Fatal(err)
	}
	bad := errors.New("bad")
	fill := func(x index.Engine) error { return x.Put(t.Context(), batchOf(2, "x", "y", "z")) }
	if err := e.Rebuild(t.Context(), fill, func(_, _ *cluster.Engine) error { return bad }); !errors.Is(err, bad) {
		t.Fatalf("a generation that does not agree serves: %v", err)
	}
	if n := total(t, e); n != 2 {
		t.Errorf("after a rebuild that failed %d articles are found", n)
	}
	// Nobody who searches meanwhile sees anything but the old or the new.
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		for ctx.Err() == nil {
			res, err := e.Search(t.Context(), index.Request{Tab: index.Articles, Sort: index.Newest})
			if err != nil || res.Total != 2 && res.Total != 3 {
				t.Errorf("while it is rebuilt %d articles are found: %v", res.Total, err)
				return
			}
		}
	})
	err := e.Rebuild(t.Context(), fill, func(old, fresh *cluster.Engine) error {
		what, err := cluster.Difference(t.Context(), old, fresh, []index.Request{{Tab: index.Articles, Sort: index.Newest, Size: 5}})
		if err == nil && what != "everything finds 3 and 0 more, not 2 and 0" {
			err = fmt.Errorf("the difference is %q", what)
		}
		return errors.Join(err, fresh.Whole(t.Context()))
	})
	stop()
	wg.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if n := total(t, e); n != 3 || e.Seq() != 2 {
		t.Errorf("after the rebuild %d articles are found, at %d", n, e.Seq())
	}
	if err := e.Back(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := total(t, e); n != 2 {
		t.Errorf("gone back, %d articles are found", n)
	}
}

// A node that dies under load takes nothing with it: no search fails, and no article is lost.
func TestKilledNode(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	ctx, stop := context.WithCancel(t.Context())
	var searches, failed atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				_, err := e.Search(t.Context(), index.Request{Tab: index.Articles, Sort: index.Relevance, Size: 10, Counts: true,
					Tree: index.Enough{Share: .2, Of: []index.Tree{index.AnyTerm{Terms: []string{"мәтін"}}}}})
				searches.Add(1)
				if err != nil {
					failed.Add(1)
					t.Log(err)
				}
				time.Sleep(50 * time.Millisecond)
			}
		})
	}
	const batches = 60
	for i := range batches {
		switch i {
		case 15:
			c.Kill(2)
		case 45:
			if err := c.Start(2); err != nil {
				t.Fatal(err)
			}
		}
		if err := e.Put(t.Context(), batchOf(uint64(i+1), fmt.Sprint(i, "a"), fmt.Sprint(i, "b"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.WaitNodes(3, 10*time.Minute); err != nil {
		t.Error(err)
	}
	stop()
	wg.Wait()
	t.Logf("%d searches, %d failed", searches.Load(), failed.Load())
	if n := total(t, e); failed.Load() > 0 || n != 2*batches {
		t.Errorf("%d of %d searches failed; %d of %d articles are found", failed.Load(), searches.Load(), n, 2*batches)
	}
}
