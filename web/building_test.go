package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/web"
)

// While there is no whole index nothing is counted: everything says so, and when to come again.
func TestBuilding(t *testing.T) {
	building := true
	h := web.New(web.Config{Searcher: seedSite(t).searcher, Labels: names.Default(), State: func() web.State { return web.State{Building: building, Done: 3, All: 5} }})
	ask := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	for _, path := range []string{"/?hl=en", "/agreements?hl=en", "/api/v1/search?hl=en", "/export.csv?hl=en", "/feed.atom?hl=en"} {
		w := ask(path)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "The index is being built: 3 of 5") {
			t.Errorf("%s: status %d: %s", path, w.Code, w.Body)
		}
	}
	if w := ask("/healthz"); w.Code != http.StatusOK {
		t.Errorf("health: status %d", w.Code)
	}
	building = false
	if w := ask("/api/v1/search?size=1"); w.Code != http.StatusOK {
		t.Errorf("built: status %d", w.Code)
	}
}
