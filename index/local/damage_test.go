package local_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kelisim/index"
	"kelisim/index/local"
)

func TestDamaged(t *testing.T) {
	for _, damage := range []struct {
		name string
		do   func(t *testing.T, dir string)
	}{
		{"a bit of a segment", func(t *testing.T, dir string) {
			change(t, segment(t, dir), func(b []byte) []byte { b[len(b)/2] ^= 4; return b })
		}},
		{"a bit of a segment's words", func(t *testing.T, dir string) {
			change(t, segment(t, dir), func(b []byte) []byte { b[len(b)-100] ^= 4; return b })
		}},
		{"a segment cut off", func(t *testing.T, dir string) {
			change(t, segment(t, dir), func(b []byte) []byte { return b[:len(b)/2] })
		}},
		{"an empty segment", func(t *testing.T, dir string) {
			change(t, segment(t, dir), func([]byte) []byte { return nil })
		}},
		{"a segment lost", func(t *testing.T, dir string) { remove(t, segment(t, dir)) }},
		{"no root", func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "0001/store/root.bolt")) }},
		{"a root of noise", func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "0001/store/root.bolt"), func(b []byte) []byte {
				for i := range b {
					b[i] = byte(i * 7)
				}
				return b
			})
		}},
		{"an empty root", func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "0001/store/root.bolt"), func([]byte) []byte { return nil })
		}},
		{"an empty meta file", func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "0001/index_meta.json"), func([]byte) []byte { return nil })
		}},
		{"no generation", func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "0001")) }},
		{"CURRENT of noise", func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "CURRENT"), func([]byte) []byte { return []byte("../../etc") })
		}},
	} {
		t.Run(damage.name, func(t *testing.T) {
			dir := t.TempDir()
			e := open(t, dir)
			fill(t, e, 4)
			closed(t, e)
			damage.do(t, dir)
			e = open(t, dir)
			if !e.Stale() && e.Seq() > 0 {
				fill(t, e, 4) // only what is no part of the newest state was hit
			} else if !e.Stale() {
				t.Error("an empty index in its place is not stale")
			} else {
				if _, err := e.Search(t.Context(), index.Request{}); !errors.Is(err, local.ErrDamaged) {
					t.Errorf("a search in it says %v", err)
				}
				if err := e.Put(t.Context(), step(1)); !errors.Is(err, local.ErrDamaged) {
					t.Errorf("a batch for it is told %v", err)
				}
				if err := e.Rebuild(t.Context(), func(n index.Engine) error { fill(t, n, 4); return nil }); err != nil {
					t.Fatal(err)
				}
			}
			if e.Stale() {
				t.Error("stale after the rebuild")
			}
			check(t, e)
			closed(t, e)
			// What was damaged is kept, beside what was built in its place.
			if left := generations(t, dir); len(left) > 2 || len(left) == 2 && !strings.HasPrefix(left[1], "damaged-") {
				t.Errorf("left are %v", left)
			}
			check(t, open(t, dir))
		})
	}
}

func segment(t *testing.T, dir string) string {
	t.Helper()
	files := segments(t, dir)
	return files[len(files)-1]
}

func segments(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "0001/store/*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no segments in %s: %v", dir, err)
	}
	slices.Sort(files)
	return files
}

func change(t *testing.T, name string, to func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, to(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
}
