package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/web"
)

// A wrong value is named with the nearest right one, and a link leads to the same search with it.
func TestWrongValuesAreNamed(t *testing.T) {
	s := seedSite(t)
	for _, tt := range []struct{ address, says, link string }{
		{"/?q=форум&country=CHN&hl=en", "Did you mean “CN” (China)?", `href="?country=CN&amp;hl=en&amp;q=%D1%84%D0%BE%D1%80%D1%83%D0%BC"`},
		{"/agreements?kind=memorandums&hl=ru", "Возможно, «memorandum»?", `href="?hl=ru&amp;kind=memorandum"`},
		{"/agreements?status=-sined&hl=kk", "Мүмкін, «signed»?", `href="?hl=kk&amp;status=-signed"`},
		{"/agreements?contry=EE&hl=en", "There is no parameter “contry”. Did you mean “country”?", `href="?country=EE&amp;hl=en"`},
		{"/?status=foo&hl=en", "It can be: signed, in-force, agreed, planned, discussed, background.", `href="?hl=en"`},
		{"/?institution=ror:none&hl=ru", "неизвестное значение «ror:none»", `href="?hl=ru"`},
	} {
		w := s.get(t, tt.address)
		page := body(t, w)
		if w.Code != 400 || !strings.Contains(words(page), tt.says) || !strings.Contains(page, tt.link) {
			t.Errorf("%s: status %d, without %q or %s in %s", tt.address, w.Code, tt.says, tt.link, words(page))
		}
	}
}

// fragile is a searcher that fails when it is told to.
type fragile struct {
	web.Searcher
	fails bool
}

func (f *fragile) Search(ctx context.Context, q index.Query) (index.Page, error) {
	if f.fails {
		return index.Page{}, errors.New("disk on fire")
	}
	return f.Searcher.Search(ctx, q)
}

// Pages of faults say of which state of the index they are, too: those of our own faults what the last page said.
func TestFaultsTellTheIndex(t *testing.T) {
	building := false
	searcher := &fragile{Searcher: seedSite(t).searcher}
	h := web.New(web.Config{Searcher: searcher, Labels: names.Default(), Log: slog.New(slog.DiscardHandler), State: func() web.State { return web.State{Building: building, Done: 3, All: 5} }})
	foot := func(path string, status int, want string) {
		t.Helper()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		page := w.Body.String()
		_, footer, _ := strings.Cut(page, "<footer")
		if got := words(footer); w.Code != status || !strings.Contains(got, want) || strings.Contains(page, "no-held") || strings.Contains(page, "no-visit") {
			t.Errorf("%s: status %d, the foot says %q", path, w.Code, got)
		}
	}
	searcher.fails = true
	foot("/?hl=en", 500, "About") // nothing is known yet
	searcher.fails = false
	foot("/nowhere?hl=ru", 404, "Состояние индекса № 5, 22 ноября 2026")
	foot("/?kind=memorandums&hl=kk", 400, "Индекстің 5‑күйі")
	searcher.fails = true
	foot("/?hl=en", 500, "State no. 5 of the index")
	building = true
	foot("/?hl=en", 503, "State no. 5 of the index")
}
