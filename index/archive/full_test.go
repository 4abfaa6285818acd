package archive_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kelisim/index"
	"kelisim/index/archive"
)

// small mounts a small disk of its own, where this machine may.
func small(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here (root and Linux's tmpfs are needed): %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// On a full disk and in a read-only folder the archive is read, also what is in its write-ahead log only, whether it is opened there or
// was before; a batch is refused whole, and taken when there is room.
func TestFullDisk(t *testing.T) {
	for _, killed := range []bool{false, true} {
		for _, frozen := range []string{"full", "read-only"} {
			t.Run(fmt.Sprintf("%s, killed before %v", frozen, killed), func(t *testing.T) {
				disk := small(t)
				a := writer(t, disk)
				for i := range 20 {
					put(t, a, nil, article(fmt.Sprint(i), "мәтін", "/a.txt"))
				}
				dir := disk
				if killed { // the files as a kill leaves them: a log that is not written back
					dir = filepath.Join(disk, "left")
					copyFiles(t, disk, dir, "archive.sqlite", "archive.sqlite-wal")
				}
				if err := a.Close(); err != nil {
					t.Fatal(err)
				}
				if frozen == "full" {
					if err := os.WriteFile(filepath.Join(disk, "filler"), make([]byte, 8<<20), 0o600); err == nil {
						t.Fatal("the disk is not full")
					}
				} else if out, err := exec.Command("mount", "-o", "remount,ro", disk).CombinedOutput(); err != nil {
					t.Skipf("the disk cannot be made read-only: %s", out)
				}
				r, err := archive.Open(t.Context(), dir)
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
				holds := func(n int) {
					t.Helper()
					if seq, err := r.Seq(t.Context()); err != nil || seq != uint64(n) {
						t.Errorf("change %d, %v, want %d", seq, err, n)
					}
					if got, err := r.Articles(t.Context(), []string{"0", "19"}); err != nil || len(got) != 2 || got["19"].Damaged {
						t.Errorf("%d articles, %v", len(got), err)
					}
				}
				holds(20)
				if frozen == "read-only" {
					return
				}
				w, err := archive.OpenWriter(t.Context(), dir)
				if err == nil {
					var many []index.Article
					for i := range 500 {
						many = append(many, article(fmt.Sprint("n", i), strings.Repeat("мәтін ", 500), "/b.txt"))
					}
					_, _, err = w.Put(t.Context(), many, nil)
					w.Close()
				}
				if err == nil || !strings.Contains(err.Error(), "disk is full") {
					t.Errorf("a batch on a full disk: %v", err)
				}
				if err := r.Refresh(t.Context()); err != nil {
					t.Error(err)
				}
				holds(20)
				if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
					t.Fatal(err)
				}
				w = writer(t, dir)
				put(t, w, nil, article("new", "жаңа", "/c.txt"))
				if err := r.Refresh(t.Context()); err != nil {
					t.Error(err)
				}
				holds(21)
			})
		}
	}
}

func copyFiles(t *testing.T, from, to string, names ...string) {
	t.Helper()
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// SQLite maps the file beside the archive into memory. Cut under it, it ends no process: the archive is read without it.
func TestSharedMemoryCut(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	put(t, a, nil, article("1", "бір", "/a.txt"))
	r, err := archive.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	want(t, r, "1 1 v1 бір /a.txt")
	if err := os.Truncate(filepath.Join(dir, "archive.sqlite-shm"), 0); err != nil {
		t.Fatal(err)
	}
	_, _ = r.Seq(t.Context())
	if err := r.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(t, r, "1 1 v1 бір /a.txt")
}
