package local

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Ready is nil where a batch may be put. A failed batch or a full disk leaves the index to be read only; Ready opens it for writing
// again when there is room. The error is a *NoRoom, or is ErrReadOnly, where that is why it cannot be written. Call it before the work
// that a batch takes.
func (e *Engine) Ready() error {
	e.looking.Lock()
	defer e.looking.Unlock()
	e.mu.Lock()
	g, failed, closed := e.gen, e.failed, e.closed
	e.mu.Unlock()
	switch {
	case closed:
		return ErrClosed
	case e.copied:
		return ErrReadOnly
	}
	if err := roomFor(e.dir, leastRoom); err != nil {
		return err
	}
	if !failed.over(e.dir) {
		return &NoRoom{e.dir, failed.found.bytes, failed.found.bytes + moreRoom}
	}
	if err := writable(e.dir); err != nil {
		return err
	}
	if g == nil || !g.read && g.failed() == nil {
		return nil
	}
	return e.reopen(g, false)
}

// fallBack opens what was kept for reading after a batch has failed; views that are held are read on.
func (e *Engine) fallBack(g *generation) {
	e.looking.Lock()
	defer e.looking.Unlock()
	e.mu.Lock()
	e.failed = e.failed.again(e.dir)
	e.mu.Unlock()
	_ = e.reopen(g, true) // Ready tries again
}

// reopen puts the same generation, opened anew, in the place of one that failed or is only read. e.looking is held.
func (e *Engine) reopen(g *generation, read bool) error {
	if err := g.stopSoon(); err != nil {
		e.damaged(g, err)
		return err
	}
	next, err := open(g.dir, read)
	if err != nil && !read {
		if r, err2 := open(g.dir, true); err2 == nil {
			next = r // whole, but not to be written to
		}
	}
	if next == nil {
		if !frozen(err) {
			e.damaged(g, err)
		}
		return err
	}
	e.mu.Lock()
	if e.closed || e.gen != g {
		e.mu.Unlock()
		return errors.Join(err, ErrClosed, next.close())
	}
	e.gen = next
	seen := e.newest != nil
	e.mu.Unlock()
	if seen {
		err = errors.Join(err, e.show(next))
	}
	return err
}

// damaged takes a generation whose files are not what they were out of use; it has to be rebuilt. g may be nil.
func (e *Engine) damaged(g *generation, why error) {
	e.mu.Lock()
	if e.closed || e.gen != g {
		e.mu.Unlock()
		return
	}
	e.damage = fmt.Errorf("%w: %w", ErrDamaged, why)
	last := e.newest
	e.gen, e.newest = nil, nil
	if g != nil {
		g.hurt = true
		e.old = append(e.old, g)
	}
	if last == nil {
		_ = e.bury()
	}
	e.mu.Unlock()
	if last != nil {
		_ = e.release(last)
	}
}

// Distrust takes the serving generation out of use: somebody has found that it is not what the archive says.
func (e *Engine) Distrust(why error) {
	e.mu.Lock()
	g := e.gen
	e.mu.Unlock()
	if g != nil {
		e.damaged(g, why)
	}
}

// suspect looks at the files after a search has failed in a way that damage would explain. It gives the error to answer with.
func (e *Engine) suspect(g *generation, err error) error {
	switch {
	case errors.Is(err, errFault):
		e.damaged(g, err)
	case errors.Is(err, errPanic):
		if err := e.checkFiles(); err != nil {
			e.damaged(g, err)
		}
	}
	if damage := e.Damage(); damage != nil {
		return damage
	}
	return err
}

// kept is how many damaged generations are kept.
const kept = 2

const damagedPrefix = "damaged-"

// keep puts a damaged or foreign generation aside, for whoever wants to know what became of it.
func (e *Engine) keep(dir string) error {
	to := filepath.Join(e.dir, damagedPrefix+time.Now().UTC().Format("20060102-150405.000")+"-"+filepath.Base(dir))
	if err := os.Rename(dir, to); err != nil {
		return fmt.Errorf("keep a damaged index: %w", err)
	}
	aside, err := filepath.Glob(filepath.Join(e.dir, damagedPrefix+"*"))
	if err != nil {
		return err
	}
	slices.SortFunc(aside, strings.Compare)
	for _, old := range aside[:max(0, len(aside)-kept)] {
		err = errors.Join(err, os.RemoveAll(old))
	}
	return err
}
