package web_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/web"
	"kelisim/web/export"
)

// many answers each step of an export with the first one's rows again, and looks three times how much memory is held.
type many struct {
	web.Searcher
	steps int
	rows  *index.Page
	most  *atomic.Uint64
}

func (m many) Search(ctx context.Context, q index.Query) (index.Page, error) {
	if !q.Bare {
		return m.Searcher.Search(ctx, q)
	}
	step, _ := strconv.Atoi(q.Cursor)
	if m.rows.Hits == nil {
		q.Cursor = ""
		p, err := m.Searcher.Search(ctx, q)
		if err != nil {
			return p, err
		}
		for len(p.Hits) > 0 && len(p.Hits) < q.Size {
			p.Hits = append(p.Hits, p.Hits[:min(len(p.Hits), q.Size-len(p.Hits))]...)
		}
		*m.rows = p
	}
	p := *m.rows
	if p.Next = ""; step+1 < m.steps {
		p.Next = strconv.Itoa(step + 1)
	}
	if step%(m.steps/3) == m.steps/3-1 {
		m.most.Store(max(m.most.Load(), held()))
	}
	return p, nil
}

// held is the memory that is in use, without what is only waiting to be collected.
func held() uint64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// Rows are downloaded through the server in constant memory: a hundred thousand with KELISIM_LONG=1, else a few, and of memory as few parts.
// What writes XLSX holds 16 MB before it turns to the disk.
func TestDownloadHoldsLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("short: looks for memory")
	}
	steps, most := 50, int64(30<<20)/20 // steps of 100 rows
	if os.Getenv("KELISIM_LONG") != "" {
		steps, most = 1000, 30<<20
	}
	for _, f := range export.Formats {
		ext := f.Ext
		m := many{seedSite(t).searcher, steps, &index.Page{}, &atomic.Uint64{}}
		s := httptest.NewServer(web.New(web.Config{Searcher: m, Labels: names.Default(), AnswerTime: time.Minute}))
		before := held()
		r, err := http.Get(s.URL + "/export." + ext + "?tab=agreements")
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, r.Body)
		r.Body.Close()
		s.Close()
		if err != nil || n < int64(steps)<<10 { // packed, a step's rows are more than a kB
			t.Errorf("%s breaks off after %d bytes: %v", ext, n, err)
		}
		grown := int64(m.most.Load()) - int64(before)
		allowed := most
		if ext == "xlsx" {
			allowed = 30 << 20
		}
		if m.most.Load() == 0 || grown > allowed {
			t.Errorf("%s: %d kB more are held, of %d allowed", ext, grown>>10, allowed>>10)
		}
		t.Logf("%s: %d kB more are held, %d MB written", ext, grown>>10, n>>20)
	}
}

// What we write opens in LibreOffice: the same rows and letters from XLSX as from CSV.
func TestLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("short: no office")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice: get it with apt-get install --no-install-recommends libreoffice-calc")
	}
	s := seedSite(t)
	dir := t.TempDir()
	read := func(name string) [][]string {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	for _, of := range []string{"export.%s?tab=agreements&hl=kk", "export.%s?hl=kk", "compare.%s?country=CN&country=EE&hl=kk", "export.%s?tab=table&rows=home&cols=country&hl=kk"} {
		var want [][]string
		for _, ext := range []string{"csv", "xlsx"} {
			in := filepath.Join(dir, "in."+ext)
			if err := os.WriteFile(in, s.get(t, "/"+strings.Replace(of, "%s", ext, 1)).Body.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			if ext == "csv" {
				want = read(in)
			}
			out := filepath.Join(dir, "out-"+ext)
			// 44 comma, 34 quote, 76 UTF-8
			cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--infilter=CSV:44,34,76", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", "--outdir", out, in)
			if ext == "xlsx" {
				cmd.Args = slices.DeleteFunc(cmd.Args, func(a string) bool { return strings.HasPrefix(a, "--infilter") })
			}
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, said)
			}
			files, err := filepath.Glob(filepath.Join(out, "in*.csv"))
			if err != nil || len(files) == 0 {
				t.Fatalf("%s of %s: LibreOffice wrote nothing: %v", ext, of, err)
			}
			got := read(files[0])
			if len(got) != len(want) || !slices.Equal(got[0], want[0]) {
				t.Fatalf("%s of %s: %d rows of %d, columns %q", ext, of, len(got), len(want), got[0])
			}
			for i := range want {
				for j, cell := range want[i] {
					if strings.ContainsAny(cell, "әқұңө") && got[i][j] != cell {
						t.Errorf("%s of %s, row %d: %q, want %q", ext, of, i, got[i][j], cell)
					}
				}
			}
			os.RemoveAll(out)
		}
	}
}

// hindered has too little time for steps of many rows, and no room for the third step; it panics at another one.
type hindered struct {
	web.Searcher
	steps   atomic.Int32
	most    int
	panicAt int32
	crowd   func() // fills all rooms
	let     chan struct{}
}

func (h *hindered) Search(ctx context.Context, q index.Query) (index.Page, error) {
	if !q.Bare {
		if q.Text == "hold" {
			<-h.let
		}
		return h.Searcher.Search(ctx, q)
	}
	switch n := h.steps.Add(1); {
	case n == h.panicAt:
		panic("a step that fails")
	case q.Size > h.most:
		return index.Page{}, fmt.Errorf("search: %w", context.DeadlineExceeded)
	case n == 3 && h.crowd != nil:
		defer h.crowd()
	case h.panicAt > 0: // the first rows again and again
		q.Cursor = ""
		p, err := h.Searcher.Search(ctx, q)
		p.Next = "on"
		return p, err
	}
	return h.Searcher.Search(ctx, q)
}

// A file that has been begun is brought to its end however busy the server is, and is the same; what cannot be is broken off.
func TestDownloadInsists(t *testing.T) {
	const file = "/export.csv?tab=agreements"
	whole := seedSite(t).get(t, file).Body.String()
	if strings.Count(whole, "\n") < 10 {
		t.Fatalf("there is little to download: %q", whole)
	}
	h := &hindered{Searcher: seedSite(t).searcher, most: 5, let: make(chan struct{})}
	s := httptest.NewServer(web.New(web.Config{Searcher: h, Labels: names.Default(), AnswerTime: time.Minute, Log: slog.New(slog.DiscardHandler)}))
	defer s.Close()
	get := func(address string) (string, error) {
		res, err := http.Get(s.URL + address)
		if err != nil {
			return "", err
		}
		defer res.Body.Close()
		data, err := io.ReadAll(res.Body)
		return string(data), err
	}
	var crowd sync.WaitGroup
	h.crowd = func() {
		for range 8 * runtime.GOMAXPROCS(0) {
			crowd.Go(func() {
				if _, err := get("/api/v1/search?q=hold"); err != nil {
					t.Error(err)
				}
			})
		}
		time.AfterFunc(1500*time.Millisecond, func() { close(h.let) })
	}
	got, err := get(file)
	crowd.Wait()
	if n := h.steps.Load(); err != nil || n < 5 || rowsOf(got) != rowsOf(whole) {
		t.Errorf("%v, %d steps:\n%s\nwant\n%s", err, n, got, whole)
	}
	h.crowd, h.panicAt = nil, h.steps.Load()+100
	if got, err := get(file); err == nil || len(got) < 1000 {
		t.Errorf("%v: a step failed, and the file is whole: %d bytes", err, len(got))
	}
}

// rowsOf are the lines of a file without what tells when it was made.
func rowsOf(file string) string {
	_, rows, _ := strings.Cut(file, "\n")
	return rows
}
