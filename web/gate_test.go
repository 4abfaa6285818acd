package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/web"
)

// stuck answers no search until it is let go.
type stuck struct {
	web.Searcher
	began chan struct{}
	let   chan struct{}
}

func (s stuck) Search(context.Context, index.Query) (index.Page, error) {
	s.began <- struct{}{}
	<-s.let
	return index.Page{}, nil
}

// While as many answers as there may be are worked on, another reader is told to come again, and what costs nothing is
// still answered.
func TestBusy(t *testing.T) {
	s := stuck{began: make(chan struct{}, 1000), let: make(chan struct{})}
	h := web.New(web.Config{Searcher: s, Labels: names.Default()})
	get := func(address string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
		return w
	}
	var wg sync.WaitGroup
	for range 4 * runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			if w := get("/api/v1/search?q=a"); w.Code != http.StatusOK {
				t.Errorf("status %d", w.Code)
			}
		})
		<-s.began
	}
	for _, address := range []string{"/?q=a&hl=en", "/api/v1/search?q=a", "/export.csv?q=a", "/export.csv?tab=table", "/feed.atom?q=a"} {
		w := get(address)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: status %d, Retry-After %q", address, w.Code, w.Header().Get("Retry-After"))
		}
	}
	for _, address := range []string{"/healthz", "/static/style.css"} {
		if w := get(address); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
	close(s.let)
	wg.Wait()
	if w := get("/api/v1/search?q=a"); w.Code != http.StatusOK {
		t.Errorf("afterwards: status %d", w.Code)
	}
}

// While articles are read into the index, one answer a core is worked on; as many as ever once that is over.
func TestBusyReading(t *testing.T) {
	var reading atomic.Bool
	s := stuck{began: make(chan struct{}, 1000), let: make(chan struct{})}
	h := web.New(web.Config{Searcher: s, Labels: names.Default(), Reading: reading.Load})
	get := func() int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/search?q=a", nil))
		return w.Code
	}
	var wg sync.WaitGroup
	begin := func() {
		wg.Go(func() {
			if code := get(); code != http.StatusOK {
				t.Errorf("status %d", code)
			}
		})
		<-s.began
	}
	reading.Store(true)
	for range runtime.GOMAXPROCS(0) {
		begin()
	}
	if code := get(); code != http.StatusServiceUnavailable {
		t.Errorf("one more while articles are read: status %d", code)
	}
	reading.Store(false)
	begin()
	close(s.let)
	wg.Wait()
	reading.Store(true)
	if code := get(); code != http.StatusOK {
		t.Errorf("afterwards: status %d", code)
	}
}

// However many queries of sixty words are sent without a pause, a reader who asks for a word does not wait for them.
func TestBusyWithHeavy(t *testing.T) {
	s := stuck{began: make(chan struct{}, 1000), let: make(chan struct{})}
	h := web.New(web.Config{Searcher: s, Labels: names.Default()})
	get := func(q string) int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/search?q="+url.QueryEscape(q), nil))
		return w.Code
	}
	long := strings.Repeat("Қытай университеті ", 30)
	var wg sync.WaitGroup
	busy := make(chan struct{}, 1000)
	for range 16 * runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			if get(long) == http.StatusServiceUnavailable {
				busy <- struct{}{}
			}
		})
	}
	<-busy // not all of them may wait
	for range (runtime.GOMAXPROCS(0) + 1) / 2 {
		<-s.began
	}
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			if code := get("ректор"); code != http.StatusOK {
				t.Errorf("a reader gets status %d", code)
			}
		})
		<-s.began
	}
	close(s.let)
	wg.Wait()
}
