package query_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/local"
	"kelisim/index/query"
)

// An article that the archive lacks was removed since; or it is not the archive that was indexed, and no answer leaves it out in silence.
func TestArchiveOfTheIndex(t *testing.T) {
	engine, err := local.Open(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	folder, older := t.TempDir(), filepath.Join(t.TempDir(), "older")
	read := func(a index.Article) *index.Record { return index.Read(a, names.Default()) }
	k := index.Keeper{Engine: engine, Read: read}
	write := func(do func(a *archive.Archive)) {
		t.Helper()
		a, err := archive.OpenWriter(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		do(a)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	text := "Назарбаев Университет подписал меморандум о сотрудничестве с Университетом Льежа в ноябре 2025 года. "
	put := func(id string) {
		t.Helper()
		write(func(a *archive.Archive) {
			if _, _, err := a.Put(t.Context(), []index.Article{{ID: id, Title: "Меморандум " + id, Body: text + id}}, nil); err != nil {
				t.Fatal(err)
			}
		})
	}
	put("old")
	if err := os.CopyFS(older, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	put("new")
	put("gone")
	arch, err := archive.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer arch.Close()
	k.Archive = arch
	if _, err := k.CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s := &query.Searcher{Engine: engine, Texts: arch, Names: names.Default(), Read: read}
	found := func(want int) {
		t.Helper()
		for _, q := range []index.Query{{Text: "меморандум"}, {Bare: true}} {
			if p, err := s.Search(t.Context(), q); err != nil || len(p.Hits) != want {
				t.Errorf("%+v: %d hits, want %d; %v", q, len(p.Hits), want, err)
			}
		}
	}
	found(3)
	write(func(a *archive.Archive) {
		if _, err := a.Remove(t.Context(), []string{"gone"}); err != nil {
			t.Fatal(err)
		}
	})
	if p, err := s.Search(t.Context(), index.Query{Text: "меморандум"}); err != nil || len(p.Hits) != 2 {
		t.Errorf("removed: %d hits, want 2; %v", len(p.Hits), err)
	}
	if _, ok, err := s.View(t.Context(), "gone"); ok || err != nil {
		t.Errorf("removed: %v %v", ok, err)
	}
	if _, err := k.CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	found(2)

	// Somebody copies a backup over the file.
	view, _, err := s.View(t.Context(), "old")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(older, "archive.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "archive.sqlite"), b, 0o644); err != nil {
		t.Fatal(err)
	}
	for what, ask := range map[string]func(ctx context.Context) error{
		"articles": func(ctx context.Context) error {
			_, err := s.Search(ctx, index.Query{Text: "меморандум"})
			return err
		},
		"agreements": func(ctx context.Context) error {
			_, err := s.Search(ctx, index.Query{Tab: index.Agreements})
			return err
		},
		"rows": func(ctx context.Context) error { _, err := s.Search(ctx, index.Query{Bare: true}); return err },
		"concordance": func(ctx context.Context) error {
			_, _, _, err := s.Lines(ctx, index.Query{Text: "меморандум"}, 40)
			return err
		},
		"article":    func(ctx context.Context) error { _, _, err := s.View(ctx, "new"); return err },
		"neighbours": func(ctx context.Context) error { _, _, err := s.Around(ctx, view); return err },
	} {
		if err := ask(t.Context()); !errors.Is(err, index.ErrOtherArchive) {
			t.Errorf("an older archive, %s: %v", what, err)
		}
	}
	if _, ok, err := s.View(t.Context(), "never"); ok || err != nil {
		t.Errorf("an article that never was: %v %v", ok, err)
	}
	if _, ok, err := s.View(t.Context(), "old"); !ok || err != nil {
		t.Errorf("an article that both have: %v %v", ok, err)
	}
}
