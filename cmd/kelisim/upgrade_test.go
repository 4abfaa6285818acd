package main_test

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Data folders of older programs open: their articles are found at once, new ones come beside them, nothing is damaged. Each was made by the
// program of its time (testdata/older/README.md).
func TestOlderData(t *testing.T) {
	all, err := filepath.Glob("testdata/older/*.tar.gz")
	if err != nil || len(all) < 4 {
		t.Fatal(all, err)
	}
	more := writeFile(t, t.TempDir(), "more.txt", " date 2025-11-17 Тағы бір келісім\nТағы бір келісімге қол қойылды.")
	for _, name := range all {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".tar.gz"), func(t *testing.T) {
			t.Parallel()
			data := unpacked(t, name)
			finds := func(query, want string) {
				t.Helper()
				if out := must(t, data, "search", query); !strings.Contains(out, want) {
					t.Errorf("search %s says %q, want %s", query, out, want)
				}
			}
			finds("ғылыми алмасуды", "1 article") // the newest version, not the first
			must(t, data, "index", more)
			finds("келісім -меморандум", "2 articles")
			if out := must(t, data, "verify"); !strings.Contains(out, "4 articles") {
				t.Errorf("verify says %q", out)
			}
		})
	}
}

// unpacked is a data folder as the archive has it.
func unpacked(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return dir
		}
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(filepath.Clean("/"+h.Name)))
		if h.Typeflag == tar.TypeDir {
			err = os.MkdirAll(to, 0o755)
		} else {
			var text []byte
			if text, err = io.ReadAll(r); err == nil {
				err = os.WriteFile(to, text, 0o600)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
