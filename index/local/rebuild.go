package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"kelisim/index"
)

// Rebuild fills a new generation while the old one serves, and lets it serve when it is full. Where fill fails, all
// stays as it was. The old generation is removed after its last reader is done.
func (e *Engine) Rebuild(ctx context.Context, fill func(index.Engine) error) error {
	e.rebuild.Lock()
	defer e.rebuild.Unlock()
	e.mu.Lock()
	closed := e.closed
	e.mu.Unlock()
	if closed {
		return fmt.Errorf("rebuild index: %w", ErrClosed)
	}
	next := 1
	if all := e.generations(); len(all) > 0 {
		next = slices.Max(all) + 1
	}
	g, err := e.create(next)
	if err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	err = fill(g)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = e.switchTo(g)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("rebuild index: %w", err), g.close(), os.RemoveAll(g.dir))
	}
	return nil
}

func (e *Engine) switchTo(g *generation) error {
	e.looking.Lock()
	defer e.looking.Unlock()
	v, err := g.look()
	if err != nil {
		return err
	}
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return errors.Join(ErrClosed, v.snap.Close())
	}
	if err := e.point(g); err != nil {
		e.mu.Unlock()
		return errors.Join(err, v.snap.Close())
	}
	if e.gen != nil {
		e.old = append(e.old, e.gen)
	}
	last, damaged := e.newest, e.gen == nil
	e.gen, e.newest, e.damage = g, v, nil
	e.views[g]++
	if last == nil {
		_ = e.bury()
	}
	e.mu.Unlock()
	// The new generation serves. What cannot be removed of the old one now is swept at the next opening.
	if last != nil {
		_ = e.release(last)
	}
	if damaged {
		_ = e.sweep(filepath.Base(g.dir))
	}
	return nil
}

// Close waits for running searches no longer than they take, and lets go of the folder. Later calls do nothing.
func (e *Engine) Close() error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil
	}
	e.closed = true
	last := e.newest
	e.newest = nil
	e.mu.Unlock()
	e.behind.Wait()
	var errs []error
	if last != nil {
		errs = append(errs, e.release(last))
	}
	e.rebuild.Lock() // a running rebuild ends with ErrClosed
	defer e.rebuild.Unlock()
	e.mu.Lock()
	if e.gen != nil {
		errs = append(errs, e.gen.close())
	}
	e.mu.Unlock()
	errs = append(errs, e.SetAddress(""), e.lock.Close())
	return errors.Join(errs...)
}
