package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/web"
)

// The page of sources says of each how it does, in the reader's language, and leads nowhere that is no web address.
func TestSources(t *testing.T) {
	then := time.Date(2025, 11, 17, 10, 5, 0, 0, time.UTC)
	s := seedSite(t)
	gone := ""
	h := web.New(web.Config{Searcher: s.searcher, Labels: names.Default(), Now: func() time.Time { return then.Add(time.Hour) }, AnswerTime: time.Minute,
		Sources: func(context.Context) ([]index.Health, error) {
			return []index.Health{
				{Source: "egemen", Kind: "feed", Address: "https://egemen.kz/rss", Success: then, Fresh: then, Next: then, Items: 1234, Articles: 5},
				{Source: "quiet", Kind: "sitemap", Address: "https://x.kz/", Success: then, Failed: 2, Error: "the server answers 500 <b>", Next: then, Silent: then},
				{Source: "broken", Kind: "list", Address: "javascript:alert(1)", Success: then, Failed: 1, Next: then, Error: "e"},
				{Source: "new", Kind: "folder", Address: "/srv/news", Next: then},
				{Source: "old", Kind: "page", Address: "https://y.kz/", Success: then, Next: then.AddDate(0, 0, -1)},
			}, nil
		},
		Gone: func(_ context.Context, ids []string) (map[string]time.Time, error) {
			gone = ids[0]
			return map[string]time.Time{gone: then}, nil
		}})
	get := func(path string) string {
		r := httptest.NewRecorder()
		h.ServeHTTP(r, httptest.NewRequest(http.MethodGet, path, nil))
		if r.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, r.Code)
		}
		return r.Body.String()
	}
	for lang, words := range map[string][]string{
		"kk": {"Дереккөздер", "5 дереккөз", "қазір бақыланбайды", "бәрі дұрыс", "үнсіз", "соңғы рет ашылмады", "әлі оқылмаған", "17\u00a0қараша", "10:05 UTC", "қалта"},
		"ru": {"Источники", "5 источников", "сейчас не отслеживается", "всё в порядке", "молчит с", "в последний раз не открылся", "ещё не прочитан", "17\u00a0ноября\u00a02025", "карта сайта"},
		"en": {"Sources", "5 sources are", "not followed now", "as it should be", "silent since", "could not be read", "not read yet", "1\u202f234", "&lt;b&gt;"},
	} {
		page := get("/sources?hl=" + lang)
		for _, w := range words {
			if !strings.Contains(page, w) {
				t.Errorf("%s: %q is missing", lang, w)
			}
		}
		if strings.Contains(page, "javascript:") || strings.Contains(page, `href="/srv`) {
			t.Errorf("%s: an address that is none of the web is linked to", lang)
		}
	}
	if page := s.get(t, "/sources?hl=en").Body.String(); !strings.Contains(page, "No sources are followed") {
		t.Error("a site that follows nothing does not say so")
	}
	p, err := s.searcher.Search(t.Context(), index.Query{Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	if page := get("/article/" + p.Hits[0].ID + "?hl=en"); gone != p.Hits[0].ID || !strings.Contains(page, "Gone from its site") {
		t.Error("an article that is gone from its site is not marked")
	}
	for address, want := range map[string]string{
		"/?hl=en&size=1": "Gone from its site: 17\u00a0Nov\u00a02025", "/api/v1/search?size=1": `"gone":"2025-11-17"`, "/api/v1/articles/" + p.Hits[0].ID: `"gone":"2025-11-17"`,
		"/export.jsonl": `"gone":"2025-11-17"`, "/export.csv": ",2025-11-17\r\n",
	} {
		if !strings.Contains(get(address), want) {
			t.Errorf("%s does not say %s", address, want)
		}
	}
}
