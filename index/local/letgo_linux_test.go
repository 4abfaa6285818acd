package local

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"kelisim/index"
	"kelisim/index/enginetest"
)

// TestLetGo: what was read of the segments' files counts as memory until it is let go of, and is read again as it was.
func TestLetGo(t *testing.T) {
	dir := t.TempDir()
	if residentFiles() == 0 {
		t.Skip("this system does not tell how much of mapped files is in memory")
	}
	e, err := Open(dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		b := index.Batch{Seq: uint64(i + 1)}
		for k := range 200 {
			a := enginetest.Article(1, 200*i+k)
			b.Articles = append(b.Articles, enginetest.NewRecord(a.ID, a.Title, a.Body))
		}
		if err := e.Put(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	g, err := open(filepath.Join(dir, "0001"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	words := func() (n int) {
		r, err := g.core.Reader()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for _, s := range r.(*scorch.IndexSnapshot).Segments() {
			l, err := listsOf(s)
			if err != nil {
				t.Fatal(err)
			}
			var buf [block]uint32
			for c := (cursor{lists: l}); c.next(); {
				set := make(docs, wordsFor(uint32(s.Count())))
				c.list.fill(set, &buf)
				n += set.count()
			}
		}
		return n
	}
	before := words()
	if n := residentOf(t, dir); n == 0 {
		t.Fatal("nothing of the segments is in memory after they were read")
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if err := g.unmap(); err != nil {
			t.Fatal(err)
		}
		n := residentOf(t, dir)
		if n == 0 {
			break
		}
		if time.Now().After(end) { // a merge may have read some meanwhile, but it ends
			t.Fatalf("%d kB of the segments are in memory after they were let go of", n)
		}
	}
	if after := words(); after != before {
		t.Errorf("what was let go of has %d postings, want %d", after, before)
	}
}

// TestHasRead: a batch's own look-ups let go of what they have read, without waiting for a clock.
func TestHasRead(t *testing.T) {
	dir := t.TempDir()
	if residentFiles() == 0 {
		t.Skip("this system does not tell how much of mapped files is in memory")
	}
	e, err := Open(dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	b := index.Batch{Seq: 1}
	var ids []string
	for i := range 300 {
		a := enginetest.Article(1, i)
		b.Articles = append(b.Articles, enginetest.NewRecord(a.ID, a.Title, a.Body))
		ids = append(ids, a.ID)
	}
	if err := e.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	g, err := open(filepath.Join(dir, "0001"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	for end := time.Now().Add(20 * time.Second); residentOf(t, dir) > 0 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if err := g.unmap(); err != nil { // what was mapped to open it, until no merge reads any more
			t.Fatal(err)
		}
	}
	look := func() (kB int) {
		if _, err := g.Stored(t.Context(), index.Lookup{Own: ids[:lookAfter]}); err != nil {
			t.Fatal(err)
		}
		return residentOf(t, dir)
	}
	defer func(most int) { mostMapped = most }(mostMapped)
	mostMapped = 0
	if look() == 0 {
		t.Error("a look-up has left nothing in memory where nobody lets go of anything")
	}
	lettingGo.Add(1)
	defer lettingGo.Add(-1)
	mapReads.Store(0)
	if kB := look(); kB != 0 {
		t.Errorf("%d kB are in memory after as many reads as are let go of", kB)
	}
}

// residentOf is how many kB of the segments in a folder count as this process's memory.
func residentOf(t *testing.T, dir string) (kB int) {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	in := false
	for sc := bufio.NewScanner(f); sc.Scan(); {
		line := sc.Text()
		if strings.Contains(line, "-") && strings.Contains(line, " r") {
			in = strings.Contains(line, dir) && strings.HasSuffix(line, ".zap")
		}
		if n, ok := strings.CutPrefix(line, "Rss:"); in && ok {
			v, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(n), " kB"))
			if err != nil {
				t.Fatal(err)
			}
			kB += v
		}
	}
	return kB
}
