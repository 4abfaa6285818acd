package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"kelisim/analysis/lexicon"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/cluster"
	"kelisim/index/local"
	"kelisim/index/query"
	"kelisim/web"
)

// site is a data folder opened: the archive, the index and the pages over them.
type site struct {
	archive  stock
	engine   engine
	keeper   index.Keeper
	searcher func() *query.Searcher // made when it is first asked for, as pages are: who indexes needs neither, nor their 50 MB
	handler  http.Handler
	pages    atomic.Pointer[func() *web.Site]
	reread   func() error // see readWith
	schema   int          // that the index must have, see app.schema
	metrics  *metrics
	log      *slog.Logger
	seen     func(web.Visit) // hears of each request
	data     string
	identity string                                              // of the archive
	sift     func() func(context.Context, []*index.Record) error // marks what is left out; nil: nothing is
	pace     pace

	whole      bool                  // there was a whole index when it was opened, be it of another schema
	told       bool                  // that it is damaged
	distrusted bool                  // it had other articles than the archive
	fresh      atomic.Bool           // the index has once reached the archive
	failed     atomic.Int64          // articles that could not be read
	looks      atomic.Int64          // how often it was looked whether both are what they were
	reading    atomic.Bool           // articles are being read into the index
	done, all  atomic.Int64          // changes that are taken, of how many
	lost       atomic.Pointer[error] // why the index does not follow the archive now
}

// needArchive is an error where the data folder has no archive: only «index» makes one.
func (a *app) needArchive() error {
	if archive.Exists(a.data) {
		return nil
	}
	if a.engine.reads() {
		return errors.New("this machine reads a cluster that another one feeds (opensearch_reader): do this on the machine with the archive")
	}
	if halfRestored(a.data) {
		return fmt.Errorf("a restore into %s was cut short; run it again: «kelisim restore FOLDER»", a.data)
	}
	if local.Exists(a.indexDir()) {
		return a.lostArchive()
	}
	return fmt.Errorf("there are no articles in %s: read some with «kelisim index PATH», follow sources with «kelisim fetch» or «serve --fetch», or name the folder with --data", a.data)
}

func (a *app) indexDir() string { return filepath.Join(a.data, indexName) }

// lostArchive says what to do where an index lies beside no archive.
func (a *app) lostArchive() error {
	return fmt.Errorf("the archive %s is missing or empty, but the index of its articles is there; nothing was changed. "+
		"Put archive.sqlite (with its -wal file, if there is one) back from a backup; or begin with no articles: «kelisim index --new PATH»", filepath.Join(a.data, archiveName))
}

// otherArchive is an error where the index follows another archive than the one that lies there.
func (a *app) otherArchive(id string) error {
	if follows := local.Follows(a.indexDir()); follows != "" && follows != id {
		return fmt.Errorf("the archive in %s is another one than the index there was built from (%.8s, not %.8s); nothing was changed. "+
			"Put the right archive.sqlite back; or take this one as it is: «kelisim reindex»", a.data, id, follows)
	}
	return nil
}

// olderArchive is an error where the index is ahead of the archive.
func (a *app) olderArchive(have, shown uint64) error {
	if shown <= have {
		return nil
	}
	return fmt.Errorf("the archive in %s is older than its index: it ends with change %d, the index with %d; nothing was changed. "+
		"Put back the newest archive.sqlite with its -wal file; or take this one as it is, without what came later: «kelisim reindex»", a.data, have, shown)
}

// rightArchive gives the identity of an archive; the error is of one that is older than the index in the data folder, or another one.
func (a *app) rightArchive(ctx context.Context, arch *archive.Archive) (id string, err error) {
	shown := local.ReadHolder(a.indexDir()).Seq // first: a server may go on meanwhile
	if id, err = arch.Identity(ctx); err != nil || a.engine.name != engineLocal {
		return id, err
	}
	if err := a.otherArchive(id); err != nil {
		return id, err
	}
	seq, err := arch.Seq(ctx)
	if err != nil {
		return id, err
	}
	return id, a.olderArchive(seq, shown)
}

// mayWrite is an error where new articles must not go into the archive of the data folder. fresh allows a new one.
func (a *app) mayWrite(ctx context.Context, fresh bool) error {
	switch there := archive.Exists(a.data); {
	case there && fresh:
		return fmt.Errorf("there is an archive in %s already; --new is for a folder that has lost it", a.data)
	case !there && halfRestored(a.data):
		return a.needArchive()
	case !there && fresh:
		a.fresh = true
		return nil
	case !there && local.Exists(a.indexDir()):
		return a.lostArchive()
	case !there:
		return nil
	}
	arch, err := archive.Open(ctx, a.data)
	if err != nil {
		return err
	}
	defer arch.Close()
	engine, err := a.openEngine(ctx, arch, false)
	if errors.Is(err, local.ErrLocked) {
		return nil // a server or another run has it open, and has looked
	}
	if err != nil {
		return err
	}
	return engine.Close()
}

// open opens the data folder. The error is a [local.LockedError] where another process has the index.
func (a *app) open(ctx context.Context) (s *site, err error) { return a.openAs(ctx, a.fresh) }

// openAs opens the data folder; taken says that its archive is the right one whatever the index says.
func (a *app) openAs(ctx context.Context, taken bool) (s *site, err error) {
	s = &site{data: a.data, pace: pace{followEvery, slowest}, log: a.logger()}
	s.sift = func() func(context.Context, []*index.Record) error { return nil }
	if a.engine.reads() {
		c, err := a.openReader(ctx)
		if err != nil {
			return nil, err
		}
		s.engine, s.archive = c, kept{c}
	} else {
		if err := a.needArchive(); err != nil {
			return nil, err
		}
		arch, err := archive.Open(ctx, a.data)
		if err != nil {
			return nil, err
		}
		s.archive = arch
		if s.engine, err = a.openEngine(ctx, arch, taken); err != nil {
			return nil, errors.Join(err, arch.Close())
		}
		s.sift = func() func(context.Context, []*index.Record) error { return a.sift(arch) }
		var told sync.Map // articles, each once
		arch.Damaged = func(id string, why error) {
			if _, again := told.LoadOrStore(id, true); !again {
				s.log.Error("an article is damaged in the archive: restore a backup", "article", id, "err", why)
			}
		}
	}
	if s.identity, err = s.archive.Identity(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	// An index of another schema goes on answering while it is built anew; one that is empty or damaged has nothing whole.
	s.whole = s.engine.Seq() > 0 && s.engine.Damage() == nil
	s.seen = func(web.Visit) {}
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.page().ServeHTTP(w, r) })
	s.reread = func() error { return s.readWith(a) }
	// Only now, since it takes a second: beside a server the index is locked, and nothing has to be read here.
	if err := s.readWith(a); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// readWith reads the files of the data folder that articles are read with, and has what reads articles and shows pages go by them from
// now on: an index that was built with others is stale then.
func (s *site) readWith(a *app) error {
	schema, err := a.schema(s.identity)
	if err != nil {
		return err
	}
	if s.searcher != nil && schema == s.schema {
		return nil
	}
	r, err := a.reader()
	if err != nil {
		return err
	}
	proxies, err := prefixes(a.serving.proxies)
	if err != nil {
		return err
	}
	s.keeper = index.Keeper{Archive: s.archive, Engine: s.engine, Ready: s.engine.Ready, Read: r.read, Corrections: r.corrections,
		Texts: func(g index.Agreement) []index.TextIn { return index.AgreementTexts(g, r.table) }}
	s.keeper.Articles = s.archive.Articles
	s.keeper.Sift = s.sift()
	s.keeper.Failed = func(article string, err error) {
		s.failed.Add(1)
		s.log.Error("an article cannot be read; the others are", "article", article, "err", err)
	}
	if c, ok := s.engine.(*clustered); ok {
		c.agree = func(ctx context.Context, old, fresh *cluster.Engine, suspect bool) error {
			return s.agree(ctx, old, fresh, suspect, a.differing)
		}
	}
	s.searcher = sync.OnceValue(func() *query.Searcher { return s.newSearcher(a, r) })
	searcher := s.searcher
	pages := sync.OnceValue(func() *web.Site { return s.newPages(a, r, searcher(), proxies) })
	s.pages.Store(&pages)
	s.schema = schema
	s.engine.Wants(schema)
	return nil
}

// page is what answers requests now.
func (s *site) page() *web.Site { return (*s.pages.Load())() }

func (s *site) newSearcher(a *app, r reader) *query.Searcher {
	searcher := &query.Searcher{Engine: s.engine, Texts: s.archive, Names: r.table, Lexicon: lexicon.Default(), Read: r.corrected, Weights: &a.weights,
		Told: func(ctx context.Context, article string) ([]index.Agreement, error) {
			told, err := s.engine.Stored(ctx, index.Lookup{Articles: []string{article}})
			if errors.Is(err, local.ErrDamaged) {
				return nil, nil // the article itself can be read
			}
			return told, err
		}}
	if kept, ok := s.engine.(interface {
		Mentioned(ctx context.Context, ids []string) (map[string]index.Mentioned, error)
	}); ok { // a cluster keeps no names: there each article is read again
		searcher.Mentioned = func(ctx context.Context, ids []string) (map[string]index.Mentioned, error) {
			found, err := kept.Mentioned(ctx, ids)
			if errors.Is(err, local.ErrDamaged) {
				return nil, nil // the articles themselves can be read
			}
			return found, err
		}
	}
	return searcher
}

func (s *site) newPages(a *app, r reader, searcher *query.Searcher, proxies []netip.Prefix) *web.Site {
	return web.New(web.Config{
		Searcher: searcher,
		Labels:   r.table,
		Marks: func(ctx context.Context, q index.Query, r *index.Record) []index.Mark {
			u, err := searcher.Understand(ctx, q)
			if err != nil || u.Tree == nil {
				return nil // the article can be read without
			}
			return index.Marks(u.Tree, r.Text, r.Mentions)
		},
		State:      s.state,
		Reading:    s.reading.Load,
		AnswerTime: a.serving.answerTime,
		Rate:       a.serving.rate,
		Base:       strings.TrimSuffix(a.serving.base, "/"),
		Sources:    s.archive.Sources,
		Gone:       s.archive.Gone,
		Version:    version(),
		Log:        s.log,

		Proxies: proxies, ProxyHeader: a.serving.proxyHeader, HSTS: a.serving.hsts,
		Seen: func(v web.Visit) { s.seen(v) },
	})
}

func (a *app) openEngine(ctx context.Context, arch *archive.Archive, taken bool) (engine, error) {
	if a.engine.name == engineOpenSearch {
		return a.openCluster(ctx, arch, taken)
	}
	e, err := a.openLocal(ctx, arch, taken)
	if err != nil {
		return nil, err
	}
	e.Weights = a.weights
	return e, nil
}

func (a *app) openLocal(ctx context.Context, arch *archive.Archive, taken bool) (*local.Engine, error) {
	// Before the index is opened, which writes to it.
	id, err := a.rightArchive(ctx, arch)
	if err != nil && (!taken || id == "") {
		return nil, err
	}
	seq, err := arch.Seq(ctx)
	if err != nil {
		return nil, err
	}
	schema, err := a.schema(id)
	if err != nil {
		return nil, err
	}
	engine, err := local.Open(a.indexDir(), schema)
	if err != nil {
		return nil, err
	}
	if !taken {
		err = a.olderArchive(seq, engine.Seq())
	}
	if follows := local.Follows(a.indexDir()); err == nil && follows != id {
		err = engine.SetFollows(id)
		engine.Keep = follows != "" // what another archive had is kept beside
	}
	if taken && engine.Seq() > seq {
		engine.Keep = true
	}
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return engine, nil
}

func (s *site) close() error { return errors.Join(s.engine.Close(), s.archive.Close()) }

// catchUp brings the index to what the archive holds: it rebuilds an index that cannot be used, else it adds what is new.
func (s *site) catchUp(ctx context.Context, progress func(done int)) error {
	if fed, err := s.fed(ctx); fed || err != nil {
		s.fresh.Store(err == nil)
		return err
	}
	if s.engine.Stale() {
		why := []any{}
		if err := s.engine.Damage(); err != nil {
			why = append(why, "err", err)
		}
		s.log.Info("building the index anew from the archive", why...)
		if err := s.rebuild(ctx, progress); err != nil {
			return err
		}
	}
	_, err := s.keeper.CatchUp(ctx, progress)
	if err == nil {
		s.fresh.Store(true)
		err = s.engine.Shows(s.engine.Seq())
	}
	return err
}

// rebuild fills a new generation of the index while the old one serves.
func (s *site) rebuild(ctx context.Context, progress func(done int)) error {
	if seq, err := s.archive.Seq(ctx); err == nil {
		s.all.Store(int64(seq))
	}
	err := s.engine.Rebuild(ctx, func(e index.Engine) error {
		k := s.keeper
		k.Engine, k.Ready = e, nil // it asks for room itself
		_, err := k.CatchUp(ctx, progress)
		return err
	})
	if err == nil {
		err = s.engine.Shows(s.engine.Seq())
	}
	return err
}

// answers reports whether there is something whole to be searched.
func (s *site) answers() bool {
	return s.engine.Damage() == nil && (s.fresh.Load() || s.whole)
}
