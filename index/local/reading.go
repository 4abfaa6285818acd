package local

import (
	"errors"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// settle is how long a view is searched before we look whether bleve has merged its segments meanwhile: the content
// is the same, but fewer segments answer sooner, and the files of the old ones can go.
const settle = 2 * time.Second

// view gives the newest state of the serving generation; the caller releases it.
func (e *Engine) view() (*view, error) {
	if v := e.held(); v != nil {
		return v, nil
	}
	e.looking.Lock()
	defer e.looking.Unlock()
	if v := e.held(); v != nil { // another search made it meanwhile
		return v, nil
	}
	g, err := e.serving()
	if err != nil {
		return nil, err
	}
	if err := e.show(g); err != nil {
		return nil, e.suspect(g, err)
	}
	if v := e.held(); v != nil {
		return v, nil
	}
	return nil, ErrClosed
}

// held is the newest view with one more reader, nil where there is none.
func (e *Engine) held() *view {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.newest == nil || e.closed {
		return nil
	}
	e.newest.hold()
	if now := time.Now(); now.Sub(e.newest.checked) > settle {
		e.newest.checked = now
		g := e.newest.g
		e.behind.Go(func() { e.merged(g) })
	}
	return e.newest
}

// merged replaces the newest view by one of the same content if bleve has merged segments since.
func (e *Engine) merged(g *generation) {
	e.looking.Lock()
	defer e.looking.Unlock()
	e.mu.Lock()
	v := e.newest
	if v == nil || e.closed || v.g != g {
		e.mu.Unlock()
		return
	}
	v.hold()
	e.mu.Unlock()
	if g.changed(v) {
		_ = e.show(g) // the old view goes on serving; the next batch tells what is wrong
	}
	_ = e.release(v) // what could not be removed is swept at the next opening
}

// changed reports whether a generation has other segments now than those of a view.
func (g *generation) changed(v *view) (yes bool) {
	var err error
	defer guarded(&err)()
	r, err := g.core.Reader()
	if err != nil {
		return false
	}
	defer r.Close()
	return !slices.EqualFunc(r.(*scorch.IndexSnapshot).Segments(), v.segs, func(a *scorch.SegmentSnapshot, b *viewSegment) bool {
		return a.Id() == b.id
	})
}

// show makes a view of a generation and puts it in the place of the newest. Its columns are built before anybody
// waits for them.
func (e *Engine) show(g *generation) error {
	if err := g.failed(); err != nil {
		return err
	}
	v, err := g.look()
	if err != nil {
		return err
	}
	e.mu.Lock()
	if e.closed || e.gen != g {
		e.mu.Unlock()
		return v.snap.Close()
	}
	last := e.newest
	if last != nil && last.g == g && last.seq == v.seq {
		last.mu.Lock()
		// The content is the same in fewer segments.
		v.empty, v.counts, v.totals = maps.Clone(last.empty), maps.Clone(last.counts), maps.Clone(last.totals)
		last.mu.Unlock()
	}
	e.newest = v
	e.views[g]++
	v.hold()
	e.behind.Go(func() {
		_ = v.prepare() // who asks for it finds the same
		_ = e.release(v)
	})
	e.mu.Unlock()
	if last != nil {
		return e.release(last)
	}
	return nil
}

// prepare makes what a view can be shown without.
func (v *view) prepare() (err error) {
	defer guarded(&err)()
	for _, s := range v.segs {
		s.vocabulary()
	}
	return nil
}

// renew shows a batch that was put. Where nobody searches no view is made: a first filling makes none.
func (e *Engine) renew(g *generation) error {
	e.looking.Lock()
	defer e.looking.Unlock()
	e.mu.Lock()
	watched := e.newest != nil && e.newest.g == g
	e.mu.Unlock()
	if !watched {
		return nil
	}
	return e.show(g)
}

// release lets go of a view. The last reader of a generation that no longer serves closes and removes it.
func (e *Engine) release(v *view) error {
	gone, err := v.release()
	if !gone {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.views[v.g]--; e.views[v.g] == 0 {
		delete(e.views, v.g)
	}
	return errors.Join(err, e.bury())
}

// bury closes and removes old generations that nobody reads. e.mu is held.
func (e *Engine) bury() error {
	var errs []error
	kept := e.old[:0]
	for _, g := range e.old {
		if e.views[g] > 0 {
			kept = append(kept, g)
			continue
		}
		if g.hurt {
			go g.close() // torn in the middle of its work it may take long
			errs = append(errs, e.keep(g.dir))
		} else {
			errs = append(errs, g.close(), os.RemoveAll(g.dir))
		}
	}
	e.old = kept
	return errors.Join(errs...)
}
