package cluster

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kelisim/index"
)

// Rebuild fills a new generation while the old one serves, and lets it serve when it is full and agrees: all aliases move at
// once. Where fill or agrees fails, all stays as it was. agrees, which may be nil, compares what served with what will. The old
// generation is kept until the next rebuild, for going back (see [Engine.Back]).
func (e *Engine) Rebuild(ctx context.Context, fill func(index.Engine) error, agrees func(old, fresh *Engine) error) error {
	e.feeding.Lock()
	defer e.feeding.Unlock()
	v, err := e.look(ctx)
	if err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	all, err := e.generations(ctx)
	if err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	next := generation{e.options.Prefix, slices.MaxFunc(append(all, v.g), func(a, b generation) int { return a.number - b.number }).number + 1}
	fresh := &Engine{Weights: e.Weights, options: e.options, schema: e.schema, c: e.c, clauses: e.clauses, fixed: &next, terms: map[uint64]struct{}{}}
	err = e.make(ctx, next, state{Follows: v.s.Follows})
	if err == nil {
		_, err = fresh.look(ctx)
	}
	if err == nil {
		err = fill(fresh)
	}
	if err == nil && agrees != nil {
		err = agrees(e, fresh)
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
		return errors.Join(fmt.Errorf("rebuild index: %w", err), e.remove(clean, next))
	}
	e.terms = fresh.terms
	if _, err := e.look(ctx); err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	for _, g := range all {
		if g.number < v.g.number {
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

// Difference compares what two engines answer to requests: totals, counts and the first hits. It names the first that is another; "" where all are
// as they were.
func Difference(ctx context.Context, old, fresh *Engine, requests []index.Request) (string, error) {
	for _, r := range requests {
		a, err := old.Search(ctx, r)
		if err != nil {
			return "", err
		}
		b, err := fresh.Search(ctx, r)
		if err != nil {
			return "", err
		}
		what := "everything"
		if r.Tree != nil {
			what = r.Tree.String()
		}
		if a.Total != b.Total || a.More != b.More {
			return fmt.Sprintf("%s finds %d and %d more, not %d and %d", what, b.Total, b.More, a.Total, a.More), nil
		}
		if x, y := hitIDs(a), hitIDs(b); x != y {
			return fmt.Sprintf("%s finds %s first, not %s", what, y, x), nil
		}
	}
	return "", nil
}

func hitIDs(r index.Result) string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.ID)
	}
	return strings.Join(out, ", ")
}
