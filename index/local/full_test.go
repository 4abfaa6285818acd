package local_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"kelisim/index"
	"kelisim/index/local"
)

// small mounts a small disk of its own, where this machine may.
func small(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here (root and Linux's tmpfs are needed): %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %s", out)
		}
	})
	return dir
}

// A batch that finds no room says so, the index is searched on, also when it is opened then, and goes on where there is room again.
// The second disk has bytes but no files left, so that the batch is begun and fails.
func TestFullDisk(t *testing.T) {
	for _, c := range []struct {
		name, options string
		fill          func(t *testing.T, dir string) (empty func())
	}{
		{"no bytes", "size=40m", func(t *testing.T, dir string) func() {
			name := filepath.Join(dir, "filler")
			if err := os.WriteFile(name, make([]byte, 64<<20), 0o600); err == nil {
				t.Fatal("the disk is not full")
			}
			return func() { remove(t, name) }
		}},
		{"no files", "size=400m,nr_inodes=64", func(t *testing.T, dir string) func() {
			names, err := os.MkdirTemp(dir, "filler")
			for i := 0; err == nil; i++ {
				err = os.WriteFile(filepath.Join(names, fmt.Sprint(i)), nil, 0o600)
			}
			return func() {
				all, _ := filepath.Glob(filepath.Join(dir, "filler*"))
				for _, name := range all {
					remove(t, name)
				}
			}
		}},
	} {
		for _, watched := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, searched before %v", c.name, watched), func(t *testing.T) {
				disk := small(t, c.options)
				dir := filepath.Join(disk, "index")
				e := open(t, dir)
				fill(t, e, 3)
				if watched {
					check(t, e)
				}
				// bleve clears up in the meantime, which makes room again.
				var empty func()
				full := func() {
					for n := e.Seq() + 1; ; n++ {
						empty = c.fill(t, disk)
						if err := e.Put(t.Context(), step(n)); err != nil {
							return
						}
						if n == 40 {
							t.Fatal("forty batches fit into a full disk")
						}
					}
				}
				full()
				last := e.Seq()
				err := e.Ready()
				if _, ok := errors.AsType[*local.NoRoom](err); !ok && (err != nil || c.name == "no bytes") {
					t.Errorf("ready says %v", err)
				}
				if err != nil && e.Put(t.Context(), step(last+1)) == nil {
					t.Error("the second batch is taken")
				}
				if e.Seq() != last || e.Stale() {
					t.Errorf("number %d, stale %v", e.Seq(), e.Stale())
				}
				check(t, e)
				closed(t, e)
				e = open(t, dir)
				if e.Seq() != last || e.Stale() {
					t.Errorf("opened on a full disk: number %d, stale %v, %v", e.Seq(), e.Stale(), e.Damage())
				}
				check(t, e)
				full()
				check(t, e)
				empty()
				if err := e.Ready(); err != nil {
					t.Fatalf("with room again: %v", err)
				}
				fill(t, e, e.Seq()+2)
				check(t, e)
				closed(t, e)
				check(t, open(t, dir))
			})
		}
	}
}

// In a folder that cannot be written to the index is searched.
func TestReadOnlyFolder(t *testing.T) {
	disk := small(t, "size=40m")
	dir := filepath.Join(disk, "index")
	e := open(t, dir)
	fill(t, e, 3)
	closed(t, e)
	if out, err := exec.Command("mount", "-o", "remount,ro", disk).CombinedOutput(); err != nil {
		t.Skipf("the disk cannot be made read-only: %s", out)
	}
	e = open(t, dir)
	check(t, e)
	if err := e.Put(t.Context(), step(4)); !errors.Is(err, local.ErrReadOnly) {
		t.Errorf("a batch is told %v", err)
	}
	if err := e.Ready(); !errors.Is(err, local.ErrReadOnly) {
		t.Errorf("ready says %v", err)
	}
	check(t, e)
	if e.Stale() || e.Damage() != nil {
		t.Errorf("stale %v, damage %v", e.Stale(), e.Damage())
	}
}

// A segment that is cut, changed, replaced or lost while it is served ends no process and changes no answer: the index answers, or says
// that it is damaged, and is whole again when it is rebuilt.
func TestHarmedWhileServing(t *testing.T) {
	for _, c := range []struct {
		name   string
		do     func(t *testing.T, name string)
		serves bool // until it is rebuilt
	}{
		{"emptied", func(t *testing.T, name string) { truncate(t, name, 0) }, false},
		{"cut", func(t *testing.T, name string) { truncate(t, name, 1000) }, false},
		{"a bit", func(t *testing.T, name string) {
			change(t, name, func(b []byte) []byte { b[len(b)/2] ^= 4; return b })
		}, false},
		{"lost", remove, true},
		{"replaced", func(t *testing.T, name string) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			remove(t, name)
			if err := os.WriteFile(name, b[:len(b)/2], 0o600); err != nil {
				t.Fatal(err)
			}
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			e := open(t, dir)
			fill(t, e, 1) // one segment: nothing is merged meanwhile
			closed(t, e)
			e = open(t, dir)
			check(t, e)
			e.Watch()
			for _, name := range segments(t, dir) {
				c.do(t, name)
			}
			if !c.serves {
				// Before anybody has looked at the files: an error or the right answer, never an end.
				_, _ = e.Search(t.Context(), index.Request{Size: 10, Counts: true})
			}
			e.Watch()
			if !e.Stale() {
				t.Fatal("nobody has seen it")
			}
			if c.serves {
				check(t, e)
			} else if _, err := e.Search(t.Context(), index.Request{}); !errors.Is(err, local.ErrDamaged) {
				t.Errorf("a search says %v", err)
			}
			if err := e.Rebuild(t.Context(), func(n index.Engine) error { fill(t, n, 1); return nil }); err != nil {
				t.Fatal(err)
			}
			e.Watch()
			if e.Stale() {
				t.Errorf("stale after the rebuild: %v", e.Damage())
			}
			check(t, e)
			kept, _ := filepath.Glob(filepath.Join(dir, "damaged-*"))
			if len(kept) != 1 {
				t.Errorf("kept are %v", kept)
			}
		})
	}
}

func truncate(t *testing.T, name string, size int64) {
	t.Helper()
	if err := os.Truncate(name, size); err != nil {
		t.Fatal(err)
	}
}
