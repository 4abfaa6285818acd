package web_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"kelisim/analysis/names"
	"kelisim/web"
)

// visited is a site behind proxies that keeps what it hears of the last request.
func visited(t *testing.T, header string) (*web.Site, *web.Visit) {
	t.Helper()
	var last web.Visit
	return web.New(web.Config{
		Searcher: seedSite(t).searcher, Labels: names.Default(), Log: slog.New(slog.DiscardHandler), HSTS: time.Hour, ProxyHeader: header,
		Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("fd00::/8")},
		Seen:    func(v web.Visit) { last = v },
	}), &last
}

// Who asks is believed only from trusted proxies, and only what they wrote themselves.
func TestWhoAsks(t *testing.T) {
	for _, c := range []struct {
		kind, from string
		header     map[string]string
		want       string
		secure     bool
	}{
		{"", "203.0.113.7:5", nil, "203.0.113.7", false},
		{"", "203.0.113.7:5", map[string]string{"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https"}, "203.0.113.7", false},
		{"", "127.0.0.1:5", map[string]string{"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https"}, "198.51.100.1", true},
		{"", "127.0.0.1:5", map[string]string{"X-Forwarded-For": "6.6.6.6, 198.51.100.1, 10.1.2.3"}, "198.51.100.1", false},
		{"", "127.0.0.1:5", map[string]string{"X-Forwarded-For": "6.6.6.6, unknown, 10.1.2.3"}, "10.1.2.3", false},
		{"", "127.0.0.1:5", map[string]string{"X-Forwarded-For": "10.9.9.9,10.1.2.3"}, "10.9.9.9", false},
		{"", "127.0.0.1:5", map[string]string{"X-Forwarded-Proto": "https, http"}, "127.0.0.1", false},
		{"", "127.0.0.1:5", map[string]string{"Forwarded": "for=6.6.6.6;proto=https"}, "127.0.0.1", false},
		{"", "[fd00::1]:5", map[string]string{"X-Forwarded-For": "2001:db8::5"}, "2001:db8::5", false},
		{"forwarded", "127.0.0.1:5", map[string]string{"Forwarded": `for="[2001:db8::5]:443";proto=https;by=10.0.0.1`, "X-Forwarded-For": "6.6.6.6"}, "2001:db8::5", true},
		{"forwarded", "127.0.0.1:5", map[string]string{"Forwarded": "for=6.6.6.6, For=198.51.100.1;Proto=http"}, "198.51.100.1", false},
		{"forwarded", "127.0.0.1:5", map[string]string{"Forwarded": "for=_hidden"}, "127.0.0.1", false},
	} {
		h, last := visited(t, c.kind)
		r := httptest.NewRequest(http.MethodGet, "/healthz?q=a", nil)
		r.RemoteAddr = c.from
		for k, v := range c.header {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if last.Client != c.want || last.Secure != c.secure {
			t.Errorf("%s %v: from %s, secure %v", c.from, c.header, last.Client, last.Secure)
		}
		if got := w.Header().Get("Strict-Transport-Security"); (got == "max-age=3600") != c.secure {
			t.Errorf("%s %v: HSTS %q", c.from, c.header, got)
		}
		if last.Path != "/healthz" || last.Route != "/healthz" || last.Query != "q=a" || last.Status != 200 || last.Bytes != 3 {
			t.Errorf("seen: %+v", last)
		}
	}
}

// A request has a number: the one that came with it where that can stand anywhere, else one of ours; problems and pages tell it.
func TestRequestNumber(t *testing.T) {
	h, last := visited(t, "")
	for given, kept := range map[string]bool{"": false, "a-1.b_2:C": true, strings.Repeat("a", 65): false, "a b": false, "<b>": false, "a\tb": false, "ә": false} {
		for _, address := range []string{"/api/v1/search?size=0", "/nothing", "/?size=x", "/static/nothing"} {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r.Header.Set("X-Request-Id", given)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			id := w.Header().Get("X-Request-Id")
			if (id == given) != kept || id == "" || last.ID != id || last.Status != w.Code {
				t.Errorf("%s with %q: %q, %+v", address, given, id, last)
			}
			said := w.Body.String()
			if strings.HasPrefix(address, "/api/") {
				var p struct {
					ID string `json:"request_id"`
				}
				if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
					t.Fatal(err)
				}
				said = p.ID
			}
			if !strings.Contains(said, id) {
				t.Errorf("%s does not tell its number %s", address, id)
			}
		}
	}
	if _, last := visited(t, ""); last.ID != "" {
		t.Error("one site hears of another's requests")
	}
	damaged := web.New(web.Config{Searcher: broken{}, Labels: names.Default(), Log: slog.New(slog.DiscardHandler)})
	w := httptest.NewRecorder()
	damaged.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/?q=a", nil))
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) || strings.Contains(w.Body.String(), "no-visit") {
		t.Errorf("status %d, and its number is not on the page of our own errors", w.Code)
	}
}

// Absolute links lead to the address that was configured, that the reader reached, or to this machine; never where a stranger's Host says.
func TestLinksFromHost(t *testing.T) {
	reached, err := net.ResolveTCPAddr("tcp", "192.0.2.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	bare := web.New(web.Config{Searcher: seedSite(t).searcher, Labels: names.Default()})
	for _, c := range []struct{ base, host, want string }{
		{"", "evil.example", "http://192.0.2.1:8080"},
		{"", "localhost.evil.example:8080", "http://192.0.2.1:8080"},
		{"", "6.6.6.6", "http://192.0.2.1:8080"},
		{"", "192.0.2.1:80", "http://192.0.2.1:80"},
		{"", "LocalHost:9000", "http://LocalHost:9000"},
		{"", "127.0.0.1:9000", "http://127.0.0.1:9000"},
		{"", "[::1]:9000", "http://[::1]:9000"},
		{"https://kelisim.example", "evil.example", "https://kelisim.example"},
	} {
		h := bare
		if c.base != "" {
			h = web.New(web.Config{Searcher: seedSite(t).searcher, Labels: names.Default(), Base: c.base})
		}
		for _, address := range []string{"/", "/feed.atom", "/opensearch.xml", "/sitemap.xml", "/robots.txt", "/article/nosuch"} {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(reached)))
			r.Host = c.host
			r.Header.Set("X-Forwarded-Host", "evil.example")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if b := w.Body.String(); strings.Contains(b, "evil.example") || !strings.Contains(b, c.want+"/") {
				t.Errorf("%s as %s: no %s in it, or evil.example is", address, c.host, c.want)
			}
		}
	}
}

// Pages are held up as the API is; what costs nothing is not.
func TestRateOfPages(t *testing.T) {
	var last web.Visit
	h := web.New(web.Config{Searcher: seedSite(t).searcher, Labels: names.Default(), Rate: 2, Now: func() time.Time { return time.Unix(1, 0) }, Seen: func(v web.Visit) { last = v }})
	for i, want := range []int{200, 200, 429, 429} {
		for _, address := range []string{"/help", "/static/style.css", "/healthz"} {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r.RemoteAddr = "203.0.113.7:1"
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if address != "/help" {
				want = 200
			}
			if w.Code != want || (last.Refused == "rate") != (want == 429) {
				t.Errorf("%d. %s: status %d, %+v", i+1, address, w.Code, last)
			}
		}
	}
}
