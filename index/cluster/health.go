package cluster

import (
	"context"
	"fmt"
	"net/http"

	"kelisim/index"
)

// Refresh looks for what another process has written. The error says that the cluster cannot answer as a whole now: it does not
// answer, has no quorum, or misses all copies of something of ours.
func (e *Engine) Refresh(ctx context.Context) error {
	var health struct{ Status string }
	path := "/_cluster/health/" + e.options.Prefix + "-*?timeout=2s&cluster_manager_timeout=2s&level=indices"
	if err := e.c.call(ctx, http.MethodGet, path, nil, &health); err != nil {
		return fmt.Errorf("ask the cluster how it is: %w", err)
	}
	if health.Status == "red" {
		return fmt.Errorf("%w: its health is red", ErrPartial)
	}
	_, err := e.look(ctx)
	return err
}

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
