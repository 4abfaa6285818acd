package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"

	"kelisim/analysis/lexicon"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/local"
	"kelisim/index/query"
	"kelisim/web"
)

// site is a data folder opened: the archive, the index and the pages over them.
type site struct {
	archive  *archive.Archive
	engine   *local.Engine
	keeper   index.Keeper
	searcher *query.Searcher
	handler  http.Handler
	log      *slog.Logger
	stale    bool         // the index is of another schema, or damaged
	fresh    atomic.Bool  // the index has once reached the archive
	failed   atomic.Int64 // articles that could not be read
}

var errStarting = errors.New("the index is being built")

// needArchive is an error where the data folder has no archive: asking it would make an empty one in a wrong folder.
func (a *app) needArchive() error {
	if !archive.Exists(a.data) {
		return fmt.Errorf("there are no articles in %s: read some with «kelisim index PATH», or name the folder with --data", a.data)
	}
	return nil
}

// open opens the data folder. The error is a [local.LockedError] where another process has the index.
func (a *app) open(ctx context.Context) (s *site, err error) {
	s = &site{log: slog.New(slog.NewTextHandler(a.errOut, nil))}
	if s.archive, err = archive.Open(ctx, a.data); err != nil {
		return nil, err
	}
	if s.engine, err = a.openEngine(ctx, s.archive); err != nil {
		return nil, errors.Join(err, s.archive.Close())
	}
	// Only now, since it takes a second: beside a server the index is locked, and nothing has to be read here.
	r, err := a.reader()
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.stale = s.engine.Stale()
	whole := s.engine.Seq() > 0 && s.engine.Damage() == nil
	s.keeper = index.Keeper{Archive: s.archive, Engine: s.engine, Read: r.read, Corrections: r.corrections,
		Texts: func(g index.Agreement) []index.TextIn { return index.AgreementTexts(g, r.table) }}
	s.keeper.Failed = func(article string, err error) {
		s.failed.Add(1)
		s.log.Error("an article cannot be read; the others are", "article", article, "err", err)
	}
	s.engine.Weights = a.weights
	searcher := &query.Searcher{Engine: s.engine, Texts: s.archive, Names: r.table, Lexicon: lexicon.Default(), Read: r.corrected, Weights: &a.weights,
		Told: func(ctx context.Context, article string) ([]index.Agreement, error) {
			told, err := s.engine.Stored(ctx, index.Lookup{Articles: []string{article}})
			if errors.Is(err, local.ErrDamaged) {
				return nil, nil // the article itself can be read
			}
			return told, err
		}}
	s.searcher = searcher
	s.handler = web.New(web.Config{
		Searcher: searcher,
		Labels:   r.table,
		Marks: func(ctx context.Context, q index.Query, r *index.Record) []index.Mark {
			u, err := searcher.Understand(ctx, q)
			if err != nil || u.Tree == nil {
				return nil // the article can be read without
			}
			return index.Marks(u.Tree, r.Text, r.Mentions)
		},
		Ready: func() error {
			if !s.fresh.Load() {
				return errStarting
			}
			return nil
		},
		// An index of another schema goes on answering while it is built anew; one that is empty or damaged has nothing whole.
		AnswerTime: a.answerTime,
		Base:       strings.TrimSuffix(a.base, "/"),
		Version:    version(),
		Building:   func() bool { return !s.fresh.Load() && !whole },
		Log:        s.log,
	})
	return s, nil
}

func (a *app) openEngine(ctx context.Context, arch *archive.Archive) (*local.Engine, error) {
	id, err := arch.Identity(ctx)
	if err != nil {
		return nil, err
	}
	schema, err := a.schema(id)
	if err != nil {
		return nil, err
	}
	return local.Open(filepath.Join(a.data, "index"), schema)
}

func (s *site) close() error { return errors.Join(s.engine.Close(), s.archive.Close()) }

// catchUp brings the index to what the archive holds: it rebuilds an index that cannot be used, else it adds what is new.
func (s *site) catchUp(ctx context.Context, progress func(done int)) error {
	if s.stale {
		s.log.Info("building the index anew from the archive")
		if err := s.rebuild(ctx, progress); err != nil {
			return err
		}
	}
	_, err := s.keeper.CatchUp(ctx, progress)
	if err == nil {
		s.fresh.Store(true)
	}
	return err
}

// rebuild fills a new generation of the index while the old one serves.
func (s *site) rebuild(ctx context.Context, progress func(done int)) error {
	err := s.engine.Rebuild(ctx, func(e index.Engine) error {
		k := s.keeper
		k.Engine = e
		_, err := k.CatchUp(ctx, progress)
		return err
	})
	if err == nil {
		s.stale = false
	}
	return err
}
