package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// FuzzAddress: whatever address somebody types, the answer is a page, or says what is wrong with it; never an error of ours.
func FuzzAddress(f *testing.F) {
	for _, s := range [][2]string{
		{"/", "q=келісім&country=-RU&from=2024&to=2025-11"}, {"/api/v1/search", "q=%22қос диплом&size=1&cursor=x"}, {"/article/a", "hl=ru&q=("}, {"/agreements", "kind=memorandum&min_confidence=.5"},
		{"/export.csv", "q=-x"}, {"/feed.atom", "sort=oldest"}, {"/country/kz", ""}, {"/institution/new:a/b", "x=0"}, {"/", "tab=table&rows=kind&cols=year"}, {"/", "tab=concordance&q=a"},
		{"/", "q=%ff%00"}, {"/", "from=2025-13"}, {"/sitemap-1.xml", ""}, {"/%2e%2e/x", ";"},
	} {
		f.Add(s[0], s[1])
	}
	h := seedSite(f).handler
	f.Fuzz(func(t *testing.T, path, query string) {
		if len(path)+len(query) > 2000 {
			return
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &url.URL{Scheme: "http", Host: "localhost", Path: "/" + path, RawQuery: query}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != http.StatusServiceUnavailable {
			t.Errorf("%q ? %q: %d", path, query, w.Code)
		}
	})
}
