package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kelisim/index"
	"kelisim/index/cluster"
	"kelisim/index/local"
	"kelisim/web"
)

// state is how the index stands to the archive, for the pages, readyz and the log.
func (s *site) state() web.State {
	damaged := s.engine.Damage() != nil
	st := web.State{Starting: !s.fresh.Load(), Building: damaged || !s.fresh.Load() && !s.whole, Done: int(s.done.Load()), All: int(s.all.Load())}
	if err := s.lost.Load(); err != nil && *err != nil {
		st.Why = reason(*err)
		st.Behind = s.behind(context.Background())
	}
	st.Free, _ = local.Free(s.data)
	return st
}

// behind is how many changes of the archive are not shown, as far as it can be told.
func (s *site) behind(ctx context.Context) int {
	seq, err := s.archive.Seq(ctx)
	if shown := s.engine.Seq(); err == nil && seq > shown {
		return int(seq - shown)
	}
	return 0
}

// reason is the word of the pages for what keeps the index from following the archive.
func reason(err error) string {
	_, full := errors.AsType[*local.NoRoom](err)
	switch {
	case full:
		return "full"
	case errors.Is(err, local.ErrReadOnly):
		return "readonly"
	case errors.Is(err, errLost), errors.Is(err, index.ErrArchive):
		return "archive"
	case errors.Is(err, cluster.ErrFull):
		return "room"
	case errors.Is(err, cluster.ErrRefused):
		return "refused"
	case errors.Is(err, errCluster), errors.Is(err, index.ErrPartial):
		return "cluster"
	}
	return "other"
}

// errCluster says that the cluster cannot be asked.
var errCluster = errors.New("the cluster does not answer")

// errLost says that the archive is not the one that is served.
var errLost = errors.New("the archive is not the one that is served")

// step brings the index once to what the archive holds, and looks whether both are what they were.
func (s *site) step(ctx context.Context, progress func(done int)) (n int, err error) {
	if err := s.archiveLost(ctx); err != nil {
		return 0, err
	}
	s.engine.Watch()
	if c, ok := s.engine.(*clustered); ok {
		if err := c.ill(); err != nil {
			return 0, err
		}
		if leads, err := c.feeds(ctx); err != nil || !leads {
			return 0, err // another process feeds it
		}
	}
	if why := errors.Join(s.engine.Damage(), s.engine.Lost()); why != nil && !s.told {
		s.told = true
		s.log.Error("the index is damaged; it is kept as index/damaged-… and built anew", "err", why)
	}
	asked := s.asked()
	if asked {
		if err := s.reread(); err != nil {
			return 0, err
		}
	}
	if s.engine.Stale() || asked {
		if err := s.rebuild(ctx, progress); err != nil {
			return 0, err
		}
		s.told = false
	}
	n, err = s.keeper.CatchUp(ctx, progress)
	if err == nil {
		err = s.engine.Ready()
	}
	return n, err
}

// asked reports whether «kelisim reindex» waits for the index to be built anew.
func (s *site) asked() bool {
	e, ok := s.engine.(*local.Engine)
	return ok && e.Asked()
}

// check compares which articles are found with those that the archive has, and distrusts an index that has others. It is cheap beside
// an opening: no text is read.
func (s *site) check(ctx context.Context) error {
	have, err := s.archive.Roll(ctx)
	if err != nil {
		return err
	}
	shown, err := s.engine.Roll(ctx)
	if err != nil || have == shown || s.distrusted {
		return err
	}
	if seq, err := s.archive.Seq(ctx); err != nil || seq != s.engine.Seq() {
		return err // one came meanwhile
	}
	s.distrusted = true // once: an archive that misses texts would have it built for ever
	s.engine.Distrust(fmt.Errorf("it has %s, the archive %d, or others", counted(shown.N, "article"), have.N))
	return nil
}

// tellState logs what has changed about how the index stands, each thing once.
func (s *site) tellState(ctx context.Context, err error) {
	before := s.lost.Load()
	s.lost.Store(&err)
	was := error(nil)
	if before != nil {
		was = *before
	}
	switch {
	case err != nil && (was == nil || reason(was) != reason(err)):
		args := []any{"err", err, "not shown", s.behind(ctx)}
		if free, ok := local.Free(s.data); ok {
			args = append(args, "free", fmt.Sprintf("%.1f MiB", float64(free)/(1<<20)))
		}
		s.log.Error("the index does not follow the archive; what is there is served, and it goes on trying", args...)
	case err == nil && was != nil:
		s.log.Info("the index follows the archive again")
	}
}

// pace is how long a server waits before it looks at its files again, and before it tries again what failed.
type pace struct{ look, retry time.Duration }

const (
	// slowest is how long a server waits between two tries that fail.
	slowest = 5 * time.Second
	// checkEvery is how often a server looks whether the index still has the articles of the archive.
	checkEvery = time.Hour
)

// follow keeps the index in step with the archive until ctx is done, and calls ready once it has reached it, or serves what there is.
func (s *site) follow(ctx context.Context, ready func()) error {
	began, told, isReady := time.Now(), time.Now(), false
	progress := func(done int) {
		s.done.Store(int64(done))
		if time.Since(told) > plainEvery {
			told = time.Now()
			if !isReady {
				s.starting(done)
			}
			s.log.Info("indexing", "articles", done, "of", s.all.Load(), "for", time.Since(began).Round(time.Second))
		}
		s.tellShown()
	}
	checked := time.Time{}
	for {
		began = time.Now()
		s.done.Store(0)
		if seq, err := s.archive.Seq(ctx); err == nil {
			s.all.Store(int64(seq - min(seq, s.engine.Seq())))
			s.reading.Store(s.all.Load() > 0)
		}
		n, err := s.step(ctx, progress)
		s.reading.Store(false)
		if err == nil && time.Since(checked) > checkEvery {
			if err = s.check(ctx); err == nil {
				checked = time.Now()
			}
			if s.engine.Stale() {
				continue
			}
		}
		if ctx.Err() != nil {
			return nil
		}
		s.tellState(ctx, err)
		s.looks.Add(1)
		if !isReady && (err == nil || s.whole) {
			s.warm(ctx) // before anybody is told that it is ready
		}
		if err == nil {
			s.fresh.Store(true)
		}
		if !isReady {
			s.tellShown()
			ready()
			isReady = true
		} else if n > 0 {
			s.tellShown()
			s.log.Info("indexed", "articles", n, "took", time.Since(began).Round(time.Millisecond))
		}
		wait := s.pace.look
		if err != nil {
			wait = min(max(2*time.Since(began), s.pace.retry), 2*slowest)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// warm asks for a page before anybody does: to lay out what is on the disk, and to unpack what is known of words, takes longer
// than an answer may.
func (s *site) warm(ctx context.Context) {
	for _, q := range []index.Query{{}, {Tab: index.Agreements}, {Text: "келісім договор agreement"}} {
		if _, err := s.searcher().Search(ctx, q); err != nil && ctx.Err() == nil {
			s.log.Error("the index cannot be searched", "err", err)
			return
		}
	}
}

// tellShown tells who waits for it how far the index is.
func (s *site) tellShown() {
	if err := s.engine.Shows(s.engine.Seq()); err != nil {
		s.log.Error("nobody hears how far the index is", "err", err)
	}
}

// archiveLost is an error where the archive was taken away or replaced while it is served: what is shown stays as it is.
func (s *site) archiveLost(ctx context.Context) error {
	if s.archive.Replaced() {
		return fmt.Errorf("%w: archive.sqlite was removed, emptied or replaced; put it back and start again", errLost)
	}
	if err := s.archive.Refresh(ctx); err != nil {
		return err
	}
	if id, err := s.archive.Identity(ctx); err != nil {
		return err
	} else if id != s.identity {
		return fmt.Errorf("%w: it is another one (%.8s, not %.8s); put the right one back and start again", errLost, id, s.identity)
	}
	seq, err := s.archive.Seq(ctx)
	if err == nil && seq < s.engine.Seq() {
		err = fmt.Errorf("%w: it is older than what is shown: it ends with change %d, the index with %d; put the newest back and start again", errLost, seq, s.engine.Seq())
	}
	return err
}
