package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

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
	if err := e.Ready(); err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	asked := e.Asked()
	next := slices.Max(append(e.generations(), e.pointed())) + 1
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
		if g.failed() != nil {
			e.mu.Lock()
			e.failed = e.failed.again(e.dir)
			e.mu.Unlock()
		}
		return errors.Join(fmt.Errorf("rebuild index: %w", err), g.close(), os.RemoveAll(g.dir))
	}
	if asked {
		if err := os.Remove(filepath.Join(e.dir, askFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("rebuild index: %w", err)
		}
	}
	return nil
}

// askFile lies in the folder while somebody waits for the index to be built anew by the process that has it open.
const askFile = "REBUILD"

// AskRebuild asks the process that has the index of a folder open, or opens it next, to build it anew.
func AskRebuild(dir string) error {
	if err := os.WriteFile(filepath.Join(dir, askFile), nil, 0o644); err != nil {
		return fmt.Errorf("ask for a new index: %w", err)
	}
	return nil
}

// Awaited reports whether a folder's index is still to be built anew because somebody asked.
func Awaited(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, askFile))
	return err == nil
}

// Asked reports whether somebody waits for the index to be built anew.
func (e *Engine) Asked() bool { return Awaited(e.dir) }

// pointed is the number of the generation that CURRENT names, 0 where it names none.
func (e *Engine) pointed() int {
	name, _ := os.ReadFile(filepath.Join(e.dir, currentFile))
	n, err := strconv.ParseUint(strings.TrimSpace(string(name)), 10, 31)
	if err != nil {
		return 0
	}
	return int(n)
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
		e.gen.hurt = e.gen.hurt || e.Keep
		e.old = append(e.old, e.gen)
	}
	last := e.newest
	e.gen, e.newest, e.damage, e.lost, e.failed, e.Keep = g, v, nil, nil, failure{}, false
	e.views[g]++
	if last == nil {
		_ = e.bury()
	}
	e.mu.Unlock()
	// The new generation serves. What cannot be removed of the old one now is swept at the next opening.
	if last != nil {
		_ = e.release(last)
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
	if e.copied {
		return errors.Join(append(errs, closeAll(e.pinned), os.RemoveAll(e.dir))...)
	}
	errs = append(errs, e.SetAddress(""), e.lock.Close())
	return errors.Join(errs...)
}
