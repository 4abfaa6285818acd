package cluster

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kelisim/index"
)

// Rebuild fills a new generation while the old one serves, and lets it serve when it is full and agrees: all aliases move at
// once. Where fill or agrees fails, all stays as it was. agrees, which may be nil, compares what served with what will; after it fill
// is called once more, for what came meanwhile. The old generation is kept until the next rebuild, for going back (see [Engine.Back]).
func (e *Engine) Rebuild(ctx context.Context, fill func(index.Engine) error, agrees func(old, fresh *Engine) error) error {
	make := func(next generation) error {
		s, _, err := e.readState(ctx, e.options.Prefix+"-"+states)
		if err != nil {
			return err
		}
		return e.make(ctx, next, state{Follows: s.Follows})
	}
	return e.replace(ctx, "rebuild index", make, func(fresh *Engine) error { return fill(fresh) }, agrees)
}

// replace makes a generation, fills it, compares it, fills it once more and lets it serve.
func (e *Engine) replace(ctx context.Context, doing string, make func(generation) error, fill func(fresh *Engine) error, agrees func(old, fresh *Engine) error) error {
	e.feeding.Lock()
	defer e.feeding.Unlock()
	done, err := e.build(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	defer done()
	v, err := e.look(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	all, err := e.generations(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	next := generation{e.options.Prefix, slices.MaxFunc(append(all, v.g), func(a, b generation) int { return a.number - b.number }).number + 1}
	fresh := &Engine{Weights: e.Weights, Versions: e.Versions, options: e.options, schema: e.schema, c: e.c, clauses: e.clauses, fixed: &next, terms: map[uint64]struct{}{}}
	err = make(next)
	if err == nil {
		_, err = fresh.look(ctx)
	}
	if err == nil {
		err = fill(fresh)
	}
	if err == nil && agrees != nil {
		if err = agrees(e, fresh); err == nil {
			err = fill(fresh)
		}
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = e.point(ctx, next)
	}
	if err != nil {
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		return errors.Join(fmt.Errorf("%s: %w", doing, err), e.remove(clean, next))
	}
	e.terms = fresh.terms
	if _, err := e.look(ctx); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	for _, g := range all {
		if g != v.g { // older ones, and what was left of a rebuild that was killed
			err = errors.Join(err, e.remove(ctx, g))
		}
	}
	return err
}

// Back lets the generation before the serving one serve again, whatever it holds: for a rebuild that turned out wrong.
func (e *Engine) Back(ctx context.Context) error {
	v, err := e.look(ctx)
	if err != nil {
		return fmt.Errorf("go back: %w", err)
	}
	all, err := e.generations(ctx)
	if err != nil {
		return fmt.Errorf("go back: %w", err)
	}
	i := slices.Index(all, v.g)
	if i < 1 {
		return errors.New("go back: no generation before the serving one is kept")
	}
	if err := e.point(ctx, all[i-1]); err != nil {
		return err
	}
	e.mu.Lock()
	e.newest = nil
	e.mu.Unlock()
	_, err = e.look(ctx)
	return err
}
