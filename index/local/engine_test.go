package local_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

const schema = 1

func TestMain(m *testing.M) {
	if dir := os.Getenv("KELISIM_TEST_PUT"); dir != "" {
		putUntilKilled(dir)
		return
	}
	os.Exit(m.Run())
}

func TestEngine(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) enginetest.Engine { return open(t, t.TempDir()) })
}

func open(t *testing.T, dir string) *local.Engine {
	t.Helper()
	e, err := local.Open(dir, schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, e) })
	return e
}

func closed(t *testing.T, e *local.Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

// step is the batch with a number: ten new articles, and one that comes again with it in its body.
func step(n uint64) index.Batch {
	b := index.Batch{Seq: n, Articles: []*index.Record{enginetest.NewRecord("again", "", fmt.Sprintf("n%d", n))}}
	for i := range perStep {
		b.Articles = append(b.Articles, enginetest.NewRecord(fmt.Sprintf("%d-%d", n, i), "тақырып", "сөз мәтін"))
	}
	return b
}

const perStep = 10 // articles

// check fails unless an engine holds exactly the steps up to its number.
func check(t *testing.T, e *local.Engine) {
	t.Helper()
	seq := e.Seq()
	for _, want := range []struct {
		tree  index.Tree
		total int
	}{
		{index.AnyTerm{Terms: []string{"сөз"}}, int(seq) * perStep},
		{index.AnyTerm{Terms: []string{fmt.Sprintf("n%d", seq)}}, min(int(seq), 1)},
		{nil, int(seq)*perStep + min(int(seq), 1)},
	} {
		res, err := e.Search(t.Context(), index.Request{Tree: want.tree, Tab: index.Articles, Sort: index.Newest, Size: 1})
		if err != nil {
			t.Fatal(err)
		}
		if res.Total != want.total || res.Seq != seq {
			t.Errorf("at number %d: %v finds %d at %d, want %d", seq, want.tree, res.Total, res.Seq, want.total)
		}
	}
}

func putUntilKilled(dir string) {
	e, err := local.Open(dir, schema)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for n := e.Seq() + 1; ; n++ {
		if err := e.Put(context.Background(), step(n)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

func TestKilledWhilePutting(t *testing.T) {
	dir := t.TempDir()
	for round := range 6 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "KELISIM_TEST_PUT="+dir)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines, last := bufio.NewScanner(out), ""
		for range 3 + round {
			if lines.Scan() {
				last = lines.Text()
			}
		}
		time.Sleep(time.Duration(round) * 3 * time.Millisecond) // into the middle of the next one
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			last = lines.Text()
		}
		_ = cmd.Wait() // killed
		e, err := local.Open(dir, schema)
		if err != nil {
			t.Fatal(err)
		}
		if e.Stale() {
			t.Fatalf("stale after a kill: %v", e.Damage())
		}
		if said := fmt.Sprint(e.Seq()); said < last && len(said) <= len(last) {
			t.Errorf("number %s after %s was put", said, last)
		}
		check(t, e)
		closed(t, e)
	}
}

func TestSecondOpener(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	if err := first.SetAddress("127.0.0.1:8080"); err != nil {
		t.Fatal(err)
	}
	_, err := local.Open(dir, schema)
	var locked *local.LockedError
	if !errors.As(err, &locked) || !errors.Is(err, local.ErrLocked) || locked.Address != "127.0.0.1:8080" {
		t.Errorf("the second opener is told %v", err)
	}
	closed(t, first)
	e, err := local.Open(dir, schema)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, e)
	if _, err := local.Open(dir, schema); !errors.As(err, &locked) || locked.Address != "" {
		t.Errorf("an old address is still told: %v", err)
	}
}

func fill(t *testing.T, e index.Engine, last uint64) {
	t.Helper()
	for n := e.Seq() + 1; n <= last; n++ {
		if err := e.Put(t.Context(), step(n)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReopened(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir)
	fill(t, e, 5)
	check(t, e)
	closed(t, e)
	if _, err := e.Search(t.Context(), index.Request{}); !errors.Is(err, local.ErrClosed) {
		t.Errorf("a closed engine says %v", err)
	}
	e = open(t, dir)
	if e.Stale() || e.Seq() != 5 {
		t.Errorf("opened again: stale %v, number %d", e.Stale(), e.Seq())
	}
	check(t, e)
}

func TestOtherSchemaServesUntilRebuilt(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir)
	fill(t, e, 3)
	closed(t, e)
	e, err := local.Open(dir, schema+1)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, e)
	if !e.Stale() {
		t.Error("an index of another schema is not stale")
	}
	check(t, e)
	if err := e.Rebuild(t.Context(), func(n index.Engine) error { fill(t, n, 7); return nil }); err != nil {
		t.Fatal(err)
	}
	if e.Stale() || e.Seq() != 7 {
		t.Errorf("rebuilt: stale %v, number %d", e.Stale(), e.Seq())
	}
	check(t, e)
}

func TestFailedRebuildChangesNothing(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir)
	fill(t, e, 2)
	wrong := errors.New("the archive is away")
	if err := e.Rebuild(t.Context(), func(n index.Engine) error { fill(t, n, 1); return wrong }); !errors.Is(err, wrong) {
		t.Errorf("Rebuild says %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := e.Rebuild(ctx, func(index.Engine) error { return nil }); err == nil {
		t.Error("a rebuild that was given up succeeds")
	}
	check(t, e)
	if e.Seq() != 2 {
		t.Errorf("number %d", e.Seq())
	}
	if left := generations(t, dir); !slices.Equal(left, []string{"0001"}) {
		t.Errorf("left are %v", left)
	}
}

func generations(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range entries {
		if d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
			out = append(out, d.Name())
		}
	}
	return out
}

func TestRebuildWhileSearching(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir)
	fill(t, e, 3)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for ctx.Err() == nil {
				res, err := e.Search(t.Context(), index.Request{Tab: index.Articles, Sort: index.Newest, Size: 5, Counts: true})
				if err != nil {
					t.Error(err)
					return
				}
				if res.Total != int(res.Seq)*perStep+1 || len(res.Hits) != 5 {
					t.Errorf("number %d with total %d, %d hits", res.Seq, res.Total, len(res.Hits))
					return
				}
			}
		})
	}
	for round := range uint64(4) {
		if err := e.Rebuild(t.Context(), func(n index.Engine) error { fill(t, n, 4+round); return nil }); err != nil {
			t.Error(err)
		}
		fill(t, e, 5+round)
	}
	stop()
	wg.Wait()
	check(t, e)
	if left := generations(t, dir); !slices.Equal(left, []string{"0005"}) {
		t.Errorf("left are %v", left)
	}
}
