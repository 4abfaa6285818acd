package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
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
		r := index.Request{Tab: index.Articles, Sort: index.Newest, Size: 5}
		a, err := old.Search(t.Context(), r)
		b, err2 := fresh.Search(t.Context(), r)
		if what := index.Differ(a, b, true); what != "3 and 0 more, not 2 and 0" {
			t.Errorf("the difference is %q", what)
		}
		return errors.Join(err, err2, fresh.Whole(t.Context()))
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

// waiting is how many searches may be in work at once, as a server bounds them, too.
const waiting = 32

// load asks an index fifty times a second until it is stopped, or as often as it answers; stop gives how often it asked and what failed.
func load(t *testing.T, e *cluster.Engine) (stop func() (searches int, failed []error)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var mu sync.Mutex
	var took []time.Duration
	var failed []error
	var wg sync.WaitGroup
	began, places := time.Now(), make(chan struct{}, waiting)
	wg.Go(func() {
		beat := time.NewTicker(20 * time.Millisecond)
		defer beat.Stop()
		for n := 0; ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
			}
			r := index.Request{Tab: index.Articles, Sort: index.Relevance, Size: 10, Counts: n%5 == 0,
				Tree: index.Enough{Share: .2, Of: []index.Tree{index.AnyTerm{Terms: []string{"мәтін"}}, index.AnyTerm{Terms: []string{fmt.Sprint(n%50, "a")}}}}}
			places <- struct{}{}
			wg.Go(func() {
				defer func() { <-places }()
				at := time.Now()
				_, err := e.Search(t.Context(), r)
				mu.Lock()
				defer mu.Unlock()
				took = append(took, time.Since(at))
				if err != nil {
					failed = append(failed, err)
				}
			})
		}
	})
	return func() (int, []error) {
		cancel()
		rate := time.Since(began)
		wg.Wait()
		slices.Sort(took)
		t.Logf("%d searches, %.0f a second, %d failed; half took %s, 99 of 100 %s, the slowest %s", len(took), float64(len(took))/rate.Seconds(), len(failed),
			took[len(took)/2].Round(time.Millisecond), took[len(took)*99/100].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond))
		for _, err := range failed[:min(len(failed), 5)] {
			t.Log(err)
		}
		return len(took), failed
	}
}

// feed puts a batch of two articles a second until it is stopped, or as often as it is taken; stop gives how many articles it put.
func feed(t *testing.T, e *cluster.Engine) (stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	var wg sync.WaitGroup
	wg.Go(func() {
		beat := time.NewTicker(time.Second)
		defer beat.Stop()
		for ; ctx.Err() == nil; n++ {
			<-beat.C
			if err := e.Put(t.Context(), batchOf(uint64(n+1), fmt.Sprint(n, "a"), fmt.Sprint(n, "b"))); err != nil {
				t.Error(err)
				return
			}
		}
	})
	return func() int {
		cancel()
		wg.Wait()
		return 2 * n
	}
}

// whole compares what is found with what was put: each article once, by its id and by its words.
func whole(t *testing.T, e *cluster.Engine, put int) {
	t.Helper()
	roll, err := e.Roll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var want index.Roll
	for i := range put / 2 {
		want.Add(fmt.Sprint(i, "a"))
		want.Add(fmt.Sprint(i, "b"))
	}
	if n := total(t, e); roll != want || n != put {
		t.Errorf("of %d articles that were put %d are there, %d are found", put, roll.N, n)
	}
}

// A node that dies under load takes nothing with it: no search fails, and no article is lost.
func TestKilledNode(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	fed, asked := feed(t, e), load(t, e)
	time.Sleep(5 * time.Second)
	c.Kill(2)
	time.Sleep(15 * time.Second)
	if err := c.Start(2); err != nil {
		t.Fatal(err)
	}
	if err := c.WaitBack(2, 3, 10*time.Minute); err != nil {
		t.Error(err)
	}
	put := fed()
	if n, failed := asked(); len(failed) > 0 || n == 0 {
		t.Errorf("%d of %d searches failed", len(failed), n)
	}
	t.Logf("%d articles put", put)
	whole(t, e, put)
}

// Nodes are restarted one after another, as for a new version: nobody notices.
func TestRollingRestart(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	fed, asked := feed(t, e), load(t, e)
	time.Sleep(2 * time.Second)
	for i := 1; i <= 3; i++ {
		c.Stop(i)
		if err := c.Start(i); err != nil {
			t.Fatal(err)
		}
		if err := c.WaitBack(i, 3, 10*time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	put := fed()
	if n, failed := asked(); len(failed) > 0 || n == 0 {
		t.Errorf("%d of %d searches failed", len(failed), n)
	}
	t.Logf("%d articles put", put)
	whole(t, e, put)
}

// Where all copies of a part are gone, what is left is found and the answer says that it lacks something; nothing is written, and with the
// node all is there again.
func TestPartial(t *testing.T) {
	c := nodes(t)
	prefix := fmt.Sprintf("test%d", numbered.Add(1))
	e, err := cluster.Open(t.Context(), cluster.Options{URLs: c.URLs(), Prefix: prefix, Shards: 3}, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	var ids []string
	for i := range 60 {
		ids = append(ids, fmt.Sprint(i, "a"))
	}
	if err := e.Put(t.Context(), batchOf(1, ids...)); err != nil {
		t.Fatal(err)
	}
	ask := func() index.Result {
		t.Helper()
		res, err := e.Search(t.Context(), index.Request{Tab: index.Articles, Sort: index.Relevance, Size: 10, Counts: true, Tree: index.AnyTerm{Terms: []string{"мәтін"}}})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	if res := ask(); res.Total != 60 || res.Partial {
		t.Fatalf("at first %d are found, partial %v", res.Total, res.Partial)
	}
	c.Kill(3)
	for began := time.Now(); !errors.Is(e.Refresh(t.Context()), index.ErrPartial); time.Sleep(100 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("nobody notices that a node is gone")
		}
	}
	if res := ask(); res.Total == 0 || res.Total >= 60 || !res.Partial {
		t.Errorf("without a node %d are found, partial %v", res.Total, res.Partial)
	}
	if err := e.Put(t.Context(), batchOf(2, "late")); !errors.Is(err, index.ErrPartial) {
		t.Errorf("it is written to: %v", err)
	}
	if _, err := e.Roll(t.Context()); err == nil {
		t.Error("all that there is was counted")
	}
	if err := errors.Join(c.Start(3), c.WaitBack(3, 3, 10*time.Minute)); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); e.Refresh(t.Context()) != nil; time.Sleep(100 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("it does not come back")
		}
	}
	if res := ask(); res.Total != 60 || res.Partial {
		t.Errorf("at last %d are found, partial %v", res.Total, res.Partial)
	}
	if err := errors.Join(e.Put(t.Context(), batchOf(2, "late")), e.Remove(t.Context())); err != nil {
		t.Error(err)
	}
}

// A snapshot is one moment of the index, though articles come in while it is made; restored, it serves beside nothing else, and takes in what
// came later.
func TestSnapshot(t *testing.T) {
	c := nodes(t)
	e := empty(t)
	if err := e.Register(t.Context(), "repository", c.Snapshots()+"/repository"); err != nil {
		t.Fatal(err)
	}
	stop := feed(t, e)
	for total(t, e) < 6 {
		time.Sleep(100 * time.Millisecond)
	}
	s, err := e.TakeSnapshot(t.Context(), "repository", e.Prefix())
	if err != nil {
		t.Fatal(err)
	}
	put := stop()
	if int(s.Seq)*2 > put || s.Seq < 3 {
		t.Fatalf("the snapshot is at %d of %d", s.Seq, put/2)
	}
	if err := e.Put(t.Context(), batchOf(uint64(put), "x")); err != nil {
		t.Error(err)
	}
	bad := errors.New("bad")
	if err := e.Restore(t.Context(), s, func(_, _ *cluster.Engine) error { return bad }); !errors.Is(err, bad) {
		t.Errorf("a snapshot that does not agree serves: %v", err)
	}
	if n := total(t, e); n != put+1 {
		t.Errorf("after a restore that failed %d articles are found", n)
	}
	if err := e.Restore(t.Context(), s, func(_, fresh *cluster.Engine) error { return fresh.Whole(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	whole(t, e, int(s.Seq)*2)
	if e.Seq() != s.Seq {
		t.Errorf("it is at %d, not %d", e.Seq(), s.Seq)
	}
	n := int(s.Seq)
	if err := e.Put(t.Context(), batchOf(s.Seq+1, fmt.Sprint(n, "a"), fmt.Sprint(n, "b"))); err != nil {
		t.Fatal(err)
	}
	whole(t, e, 2*(n+1))
}
