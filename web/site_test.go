package web_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/local"
	"kelisim/index/query"
	"kelisim/index/source"
	"kelisim/web"
)

// site is the real thing: an archive and an index on disk, a searcher, and the pages over them.
type site struct {
	handler  http.Handler
	searcher *query.Searcher
	url      string
	add      func(articles ...index.Article) error // to the archive and the index
}

// seeds is the site of the five seed articles; it is made once and lives as long as the tests.
var seeds = sync.OnceValues(func() (*site, error) { return newSite(nil, "../seeds") })

func seedSite(t testing.TB) *site {
	t.Helper()
	s, err := seeds()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// dirs are the folders of all sites, removed at the end.
var dirs []string

func TestMain(m *testing.M) {
	code := m.Run()
	for _, d := range dirs {
		os.RemoveAll(d)
	}
	os.Exit(code)
}

// newSite makes a site of files. told, which may be nil, changes what is read out of an article.
func newSite(told func(*index.Record), paths ...string) (*site, error) {
	var articles []index.Article
	var failed error
	r := source.Reader{
		Now:   time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		Yield: func(a index.Article) error { articles = append(articles, a); return nil },
		Fail:  func(p source.Problem) { failed = p },
	}
	if err := r.Read(context.Background(), paths); err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	return siteOf(told, articles)
}

// siteOf makes a site of articles that come one batch after another.
func siteOf(told func(*index.Record), batches ...[]index.Article) (*site, error) {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "kelisim-web")
	if err != nil {
		return nil, err
	}
	dirs = append(dirs, dir)
	store, err := archive.OpenWriter(ctx, dir)
	if err != nil {
		return nil, err
	}
	for _, articles := range batches {
		if _, _, err := store.Put(ctx, articles, nil); err != nil {
			return nil, err
		}
	}
	engine, err := local.Open(filepath.Join(dir, "index"), 1)
	if err != nil {
		return nil, err
	}
	table := names.Default()
	read := func(a index.Article) *index.Record {
		r := index.Read(a, table)
		if told != nil {
			told(r)
		}
		return r
	}
	keeper := index.Keeper{
		Archive: store, Engine: engine, Read: read,
		Texts: func(a index.Agreement) []index.TextIn { return index.AgreementTexts(a, table) },
		// of the doubtful site; other sites have no such agreement
		Corrections: []deeds.Correction{{ID: "six", Field: "status", Value: "signed", Who: "A", Why: "seen"}},
	}
	if _, err := keeper.CatchUp(ctx, nil); err != nil {
		return nil, err
	}
	add := func(articles ...index.Article) error {
		if _, _, err := store.Put(ctx, articles, nil); err != nil {
			return err
		}
		_, err := keeper.CatchUp(ctx, nil)
		return err
	}
	s := &site{add: add, searcher: &query.Searcher{Engine: engine, Texts: store, Names: table, Lexicon: lexicon.Default(), Read: read}}
	s.searcher.Told = func(ctx context.Context, article string) ([]index.Agreement, error) {
		return engine.Stored(ctx, index.Lookup{Articles: []string{article}})
	}
	s.searcher.Mentioned = engine.Mentioned
	s.handler = web.New(web.Config{
		Searcher: s.searcher, Labels: table, AnswerTime: time.Minute, Rate: 1_000_000, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Marks: func(ctx context.Context, q index.Query, r *index.Record) []index.Mark {
			u, err := s.searcher.Understand(ctx, q)
			if err != nil {
				panic(err)
			}
			return index.Marks(u.Tree, r.Text, r.Mentions)
		},
	})
	s.url = httptest.NewServer(s.handler).URL
	return s, nil
}

// get asks for an address as it stands.
func (s *site) get(t testing.TB, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	return s.ask(t, http.MethodGet, address, header...)
}

func (s *site) ask(t testing.TB, method, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// answer is what the API says to a search.
type answer struct {
	Total int `json:"total"`
	Hits  []struct {
		ID       string `json:"id"`
		Title    string `json:"title"`
		Snippets [][]struct {
			Text  string `json:"text"`
			Match bool   `json:"match"`
		} `json:"snippets"`
	} `json:"hits"`
	Facets map[string][]value `json:"facets"`
	Notes  []struct {
		Code, Text string
		Args       []string
		Undo       *string
	} `json:"notes"`
	Next *string `json:"next"`
}

type value struct {
	Key, Label         string
	Count              int
	Selected, Excluded bool
}

func (s *site) search(t testing.TB, address string) answer {
	t.Helper()
	w := s.get(t, address)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d: %s", address, w.Code, w.Body)
	}
	var a answer
	if err := json.NewDecoder(w.Body).Decode(&a); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return a
}

// ids are the first three characters of the ids that an answer names.
func (a answer) ids() string {
	var out []string
	for _, h := range a.Hits {
		out = append(out, h.ID[:3])
	}
	return strings.Join(out, ",")
}

func body(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	b, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
