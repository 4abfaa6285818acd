package local_test

import (
	"errors"
	"path/filepath"
	"testing"

	"kelisim/index"
	"kelisim/index/local"
)

// A copy that is made while the index is written to and merged is one state of it, and goes on from there.
func TestBackup(t *testing.T) {
	dir, away := t.TempDir(), t.TempDir()
	if _, err := local.Backup(t.Context(), dir, filepath.Join(away, "none"), schema); !errors.Is(err, local.ErrNoCopy) {
		t.Errorf("of no index: %v", err)
	}
	e := open(t, dir)
	fill(t, e, 2)
	if err := e.SetFollows("an archive"); err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for n := e.Seq() + 1; ; n++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			if err := e.Put(t.Context(), step(n)); err != nil {
				stopped <- err
				return
			}
		}
	}()
	last := uint64(0)
	for i := range 6 {
		to := filepath.Join(away, string(rune('a'+i)))
		seq, err := local.Backup(t.Context(), dir, to, schema)
		if err != nil {
			t.Fatal(err)
		}
		if seq < last {
			t.Errorf("copy %d has change %d, the one before %d", i, seq, last)
		}
		last = seq
		if local.Follows(to) != "an archive" {
			t.Errorf("the copy follows %q", local.Follows(to))
		}
		if err := local.Verify(to, func(says string) { t.Error(says) }); err != nil {
			t.Error(err)
		}
		c := open(t, to)
		if c.Stale() || c.Seq() != seq {
			t.Fatalf("the copy has change %d, not %d: %v", c.Seq(), seq, c.Damage())
		}
		for range 2 { // as it is, and after one more batch
			var want index.Roll
			for n := uint64(1); n <= c.Seq(); n++ {
				for _, r := range step(n).Articles {
					if r.Article.ID != "again" || n == 1 {
						want.Add(r.Article.ID)
					}
				}
			}
			if got, err := c.Roll(t.Context()); err != nil || got != want {
				t.Errorf("at change %d the copy has %+v, not %+v, %v", c.Seq(), got, want, err)
			}
			fill(t, c, c.Seq()+1)
		}
		closed(t, c)
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if _, err := local.Backup(t.Context(), dir, filepath.Join(away, "other"), schema+1); !errors.Is(err, local.ErrNoCopy) {
		t.Errorf("of another schema: %v", err)
	}
	closed(t, e)
	for _, name := range segments(t, dir) { // some are merged away
		change(t, name, func(b []byte) []byte { b[len(b)/2] ^= 4; return b })
	}
	if _, err := local.Backup(t.Context(), dir, filepath.Join(away, "harmed"), schema); !errors.Is(err, local.ErrNoCopy) {
		t.Errorf("of a harmed one: %v", err)
	}
}
