package fetch_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/fetch"
	"kelisim/index/source"
)

// clock is a time that nobody has to wait for: who sleeps moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.now = c.now.Add(d)
	}
	return ctx.Err()
}

// shelf is an archive as a follower needs it.
type shelf struct {
	*archive.Archive
	mu    sync.Mutex
	fail  func(index.Step) error // before a step is stored; may be nil
	after func() error           // afterwards; may be nil
}

func (s *shelf) Follow(ctx context.Context, step index.Step) (c index.Counts, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		if err := s.fail(step); err != nil {
			return c, err
		}
	}
	outcomes, _, err := s.Archive.Follow(ctx, step)
	for _, o := range outcomes {
		switch o {
		case archive.Added:
			c.Added++
		case archive.Changed:
			c.Changed++
		case archive.Unchanged:
			c.Unchanged++
		case archive.Refused:
			c.Refused++
		}
	}
	if s.after != nil && err == nil {
		err = s.after()
	}
	return c, err
}

// world is an archive, a clock and a follower.
type world struct {
	*fetch.Follower
	archive *archive.Archive
	shelf   *shelf
	clock   *clock
	log     *bytes.Buffer
	options fetch.Options
	dial    func(ctx context.Context, network, addr string) (net.Conn, error) // may be nil
}

var start = time.Date(2025, 11, 17, 6, 0, 0, 0, time.UTC)

func newWorld(t testing.TB, o fetch.Options) *world {
	t.Helper()
	a, err := archive.OpenWriter(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	w := &world{archive: a, shelf: &shelf{Archive: a}, clock: &clock{now: start}, log: &bytes.Buffer{}, options: o}
	w.restart(t)
	return w
}

// restart begins anew with what is archived, as another process would.
func (w *world) restart(t testing.TB) {
	t.Helper()
	held, err := w.archive.Held(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.Follower = &fetch.Follower{Client: fetch.NewClient(w.options, "test", w.clock, held), Reader: source.Web{Now: w.clock.Now}, Store: w.shelf,
		Log: slog.New(slog.NewTextHandler(w.log, nil)), NoText: source.ErrNoText}
	w.Client.Dial = w.dial
}

func (w *world) once(t testing.TB, sources ...fetch.Source) []fetch.Report {
	t.Helper()
	if err := fetch.CheckAll(w.options, sources); err != nil {
		t.Fatal(err)
	}
	all, err := w.Once(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// articles are all that is archived, in the order of changes.
func (w *world) articles(t testing.TB) (out []index.Article) {
	t.Helper()
	changes, err := w.archive.Changes(t.Context(), 0, 100_000)
	for after := uint64(0); err == nil && len(changes) > 0; changes, err = w.archive.Changes(t.Context(), after, 100_000) {
		for _, c := range changes {
			after = c.Seq
			if c.Article != nil {
				out = append(out, *c.Article)
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// serveFunc serves on loopback and gives the host as addresses spell it.
func serveFunc(t testing.TB, h http.HandlerFunc) (host string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

func write(w io.Writer, s string) { _, _ = io.WriteString(w, s) }
