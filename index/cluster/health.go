package cluster

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"kelisim/index"
)

// Refresh looks for what another process has written, and how the cluster is. The error is [ErrPartial] where it can be searched and
// is not whole: it has no quorum, or misses all copies of something of ours. Until the next Refresh searches then give what there is,
// and say so; any other error is one of not being searched at all.
func (e *Engine) Refresh(ctx context.Context) error {
	v, err := e.look(ctx)
	if err != nil {
		e.weak.Store(true)
		return err
	}
	e.mu.Lock()
	known := time.Since(e.well) < healthEvery
	e.mu.Unlock()
	if known {
		return nil
	}
	var health struct{ Status string }
	// Of what serves: one that is being built or restored is not whole yet.
	path := "/_cluster/health/" + strings.Join(v.g.names(), ",") + "?timeout=1s&cluster_manager_timeout=1s"
	err = e.c.call(ctx, http.MethodGet, path, nil, &health)
	switch {
	case err != nil:
		err = fmt.Errorf("%w: it does not say how it is: %w", ErrPartial, err)
	case health.Status == "red":
		err = fmt.Errorf("%w: its health is red", ErrPartial)
	}
	e.weak.Store(err != nil)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.well = time.Now(); err != nil {
		e.well = time.Time{}
	}
	return err
}

// healthEvery is how long a cluster that was well counts as well: several servers look for what is new several times a second.
const healthEvery = time.Second

// SetFollows writes the identity of the archive that the index is built from.
func (e *Engine) SetFollows(ctx context.Context, archive string) error {
	e.feeding.Lock()
	defer e.feeding.Unlock()
	name := e.options.Prefix + "-" + states
	s, g, err := e.readState(ctx, name)
	if err != nil || s.Follows == archive {
		return err
	}
	s.Follows = archive
	if err := e.writeState(ctx, g, &s); err != nil {
		return err
	}
	e.mu.Lock()
	e.newest = nil // its version is another
	e.mu.Unlock()
	_, err = e.look(ctx)
	return err
}

// Whole compares the articles that a search finds with those that are there by their ids.
func (e *Engine) Whole(ctx context.Context) error {
	found, err := e.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Newest})
	if err != nil {
		return err
	}
	roll, err := e.Roll(ctx)
	if err == nil && roll.N != found.Total {
		err = fmt.Errorf("a search finds %d articles of %d", found.Total, roll.N)
	}
	return err
}
