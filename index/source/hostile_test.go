package source_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"

	"kelisim/index"
	"kelisim/index/source"
)

// The rows about files of hostile/ingest.tsv: so many articles come out, so many refusals are told, and nothing lies where nothing should.
func TestHostileFiles(t *testing.T) {
	const ok = `{"url":"https://news.example/1","outlet":"news.example","lang":"ru","title":"ok","body":"kxok","published":"2026-01-02"}`
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(ok)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	binary := make([]byte, 0, 25600)
	for i := range cap(binary) {
		binary = append(binary, byte(i))
	}
	var slip bytes.Buffer
	z := zip.NewWriter(&slip)
	for _, name := range []string{"../../kxescape.txt", "/kxescape.txt"} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte("x"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	dir := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		row, name, content string
		articles, refused  int // refused: at least, and at most twenty
		check              func(t *testing.T, a index.Article)
	}{
		{"file-1", "good-then-bad.jsonl", ok + "\n{broken\n" + strings.Replace(ok, "/1", "/2", 1) + "\n", 2, 1, nil},
		{"file-2", "long-line.jsonl", `{"title":"` + strings.Repeat("a", 64<<20) + "\"}\n", 0, 1, nil},
		{"file-3", "deep.jsonl", strings.Repeat("[", 200000) + strings.Repeat("]", 200000) + "\n", 0, 1, nil},
		{"file-4", "no-newline.jsonl", ok, 1, 0, nil},
		{"file-5", "crlf-bom.jsonl", "\ufeff" + ok + "\r\n", 1, 0, nil},
		{"file-6", "utf16.jsonl", string(wide), 0, 1, nil},
		{"file-7", "binary.jsonl", string(binary), 0, 1, nil},
		{"file-8", "dup-keys.jsonl", `{"url":"https://news.example/3","url":"javascript:alert(1)","title":"t","body":"b"}` + "\n", -1, 0, func(t *testing.T, a index.Article) {
			if strings.Contains(strings.ToLower(a.URL), "javascript") {
				t.Errorf("file-8: the address is %s", a.URL)
			}
		}},
		{"file-9", "types.jsonl", `{"url":1,"title":["x"],"body":{"a":1},"published":true}` + "\nnull\n\"text\"\n42\n", 0, 4, nil},
		{"file-11", "traversal.jsonl", `{"id":"../../../../kxescape","url":"https://news.example/../../x","title":"kxescape","body":"b"}` + "\n", -1, 0, func(t *testing.T, a index.Article) {
			if strings.ContainsAny(a.ID, "/\\") {
				t.Errorf("file-11: the id is %s", a.ID)
			}
		}},
		{"file-12", "empty.jsonl", "", 0, 0, nil},
		{"file-14", "slip.zip", slip.String(), -1, 0, func(t *testing.T, a index.Article) {
			if strings.ContainsAny(a.ID, "/\\") {
				t.Errorf("file-14: the id is %s", a.ID)
			}
		}},
	} {
		var as func(*source.Reader)
		if c.row == "file-2" || c.row == "file-3" || c.row == "file-9" {
			as = func(r *source.Reader) { r.As = source.JSONLines }
		}
		o := readWith(t, dir, as, write(t, dir, c.name, c.content))
		if c.articles >= 0 && len(o.articles) != c.articles || len(o.problems) < c.refused || len(o.problems) > 20 {
			t.Errorf("%s: %d articles, %d refused: %.300q", c.row, len(o.articles), len(o.problems), o.problems)
		}
		for _, a := range o.articles {
			if c.check != nil {
				c.check(t, a)
			}
		}
	}
	// file-6: it says why, and which switch reads it.
	if o := readWith(t, dir, nil, write(t, dir, "utf16.json", string(wide))); len(o.problems) != 1 || !strings.Contains(o.problems[0], "not UTF-8") || !strings.Contains(o.problems[0], "--encoding UTF-16") {
		t.Errorf("file-6: %q", o.problems)
	}
	asked := func(r *source.Reader) { r.Encoding = "utf-16" }
	if o := readWith(t, dir, asked, write(t, dir, "utf16.jsonl", string(wide))); len(o.articles) != 1 || o.articles[0].Body != "kxok" {
		t.Errorf("file-6, asked for: %q, %q", o.lines(), o.problems)
	}
	// file-10: the same line a thousand times is one article, whatever is told of the rest.
	o := readWith(t, dir, nil, write(t, dir, "same-url.jsonl", strings.Repeat(ok+"\n", 1000)))
	ids := map[string]bool{}
	for _, a := range o.articles {
		ids[a.ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("file-10: %d articles", len(ids))
	}
	// file-15: a link is not followed when a folder is read.
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	for _, a := range readWith(t, dir, nil, dir).articles {
		if a.ID == "link" {
			t.Error("file-15: the link was followed")
		}
	}
	bombs(t, dir)
	_ = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.Contains(d.Name(), "kxescape") {
			t.Errorf("%s lies there", path)
		}
		return nil
	})
}

// bombs are file-13: a gigabyte of nothing in a file of a megabyte is refused before it fills the memory.
func bombs(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "bomb.jsonl.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range 1 << 10 {
		if _, err := z.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	o := readWith(t, dir, nil, path)
	runtime.ReadMemStats(&after)
	if len(o.articles) > 0 || len(o.problems) != 1 || !strings.Contains(o.problems[0], "times larger") {
		t.Errorf("file-13: %d articles, %q", len(o.articles), o.problems)
	}
	if taken := int64(after.Sys) - int64(before.Sys); taken > 50<<20 {
		t.Errorf("file-13: %d MiB", taken>>20)
	}
}
