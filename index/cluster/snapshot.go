package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Snapshot is a copy of an index in a repository of the cluster.
type Snapshot struct {
	Repository string `json:"repository"`
	Name       string `json:"name"`
	Seq        uint64 `json:"seq"`     // of the archive, that it has reached
	Follows    string `json:"archive"` // the archive
}

const (
	// holdTime is how long no batch is begun by itself: who makes a snapshot asks for more while it goes on.
	holdTime = 2 * time.Minute
	holdStep = 500 * time.Millisecond
)

// waitHeld waits while a snapshot is made and gives the state after it.
func (e *Engine) waitHeld(ctx context.Context, name string) (s state, g generation, err error) {
	for {
		if s, g, err = e.readState(ctx, name); err != nil || !time.Now().Before(s.Held) {
			return s, g, err
		}
		select {
		case <-ctx.Done():
			return s, g, ctx.Err()
		case <-time.After(holdStep):
		}
	}
}

// hold keeps batches from being begun until a time; the zero time lets them begin again. One that is under way is begun anew
// after it.
func (e *Engine) hold(ctx context.Context, g generation, until time.Time) (s state, err error) {
	for range looks {
		if s, _, err = e.readState(ctx, g.name(states)); err != nil {
			return s, err
		}
		s.Held = until
		if err = e.writeState(ctx, g, &s); !errors.Is(err, ErrNotFeeder) {
			return s, err
		}
	}
	return s, err
}

// Register names a folder that all nodes share as a repository of snapshots, where there is none of that name. Its nodes must be allowed to write
// there (path.repo). A repository elsewhere, as in S3, is made by the cluster's own means.
func (e *Engine) Register(ctx context.Context, repository, folder string) error {
	err := e.c.call(ctx, http.MethodGet, "/_snapshot/"+repository, nil, nil)
	if statusOf(err) == http.StatusNotFound && folder != "" {
		err = e.c.call(ctx, http.MethodPut, "/_snapshot/"+repository, object{"type": "fs", "settings": object{"location": folder}}, nil)
	}
	if err != nil {
		return fmt.Errorf("find the repository %s of snapshots: %w", repository, err)
	}
	// Its folder or bucket may be gone, or a node may have no access to it: a snapshot would tell that only in the cluster's log.
	err = e.c.call(ctx, http.MethodPost, "/_snapshot/"+repository+"/_verify", nil, nil)
	if err != nil && statusOf(err) != http.StatusForbidden {
		return fmt.Errorf("use the repository %s of snapshots: all nodes must be able to write there: %w", repository, err)
	}
	return nil
}

// TakeSnapshot copies the serving generation into a repository, as it is at one moment: while it is made, nothing is taken in.
func (e *Engine) TakeSnapshot(ctx context.Context, repository, name string) (out Snapshot, err error) {
	fail := func(err error) (Snapshot, error) { return out, fmt.Errorf("make a snapshot: %w", err) }
	v, err := e.look(ctx)
	if err != nil {
		return fail(err)
	}
	s, err := e.hold(ctx, v.g, time.Now().Add(holdTime))
	if err != nil {
		return fail(err)
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		if _, x := e.hold(last, v.g, time.Time{}); x != nil && err == nil {
			err = x
		}
		_, _ = e.look(last)
	}()
	path := "/_snapshot/" + repository + "/" + name
	body := object{"indices": strings.Join(v.g.names(), ","), "include_global_state": false, "partial": false}
	err = e.c.call(ctx, http.MethodPut, path, body, nil)
	if x, ok := errors.AsType[*StatusError](err); ok && strings.HasPrefix(x.Type, "invalid_snapshot_name") && strings.Contains(x.Reason, "already") {
		err = nil // it was sent again after its answer was lost
	}
	if err != nil {
		return fail(err)
	}
	for held := time.Now(); ; {
		var res struct {
			Snapshots []struct {
				State    string
				Reason   string
				Failures []json.RawMessage
			}
		}
		if err := e.c.call(ctx, http.MethodGet, path, nil, &res); statusOf(err) == http.StatusNotFound {
			return fail(fmt.Errorf("the repository %s did not take it; the cluster's log says why: %w", repository, err))
		} else if err != nil {
			return fail(err)
		}
		if len(res.Snapshots) == 1 {
			switch x := res.Snapshots[0]; x.State {
			case "SUCCESS":
				return Snapshot{repository, name, s.Seq, s.Follows}, nil
			case "IN_PROGRESS":
			default:
				return fail(fmt.Errorf("it ended as %s: %s", strings.ToLower(x.State), x.Reason))
			}
		}
		if time.Since(held) > holdTime/4 {
			if _, err := e.hold(ctx, v.g, time.Now().Add(holdTime)); err != nil {
				return fail(err)
			}
			held = time.Now()
		}
		select {
		case <-ctx.Done():
			return fail(ctx.Err())
		case <-time.After(holdStep):
		}
	}
}

// lostTime is how long a part of what is restored may lie nowhere before it is given up.
const lostTime = time.Minute

// Restore makes a new generation of a snapshot while the old one serves, and lets it serve where agrees, which may be nil, has no error.
func (e *Engine) Restore(ctx context.Context, from Snapshot, agrees func(old, fresh *Engine) error) error {
	return e.replace(ctx, "restore index", func(next generation) error {
		body := object{
			"indices": "*-articles-*,*-agreements-*,*-words-*,*-state-*", "include_aliases": false, "include_global_state": false, "partial": false,
			"rename_pattern":     "^.*-(" + strings.Join(kinds, "|") + ")-[0-9]+$",
			"rename_replacement": fmt.Sprintf("%s-$1-%04d", next.prefix, next.number),
		}
		path := "/_snapshot/" + from.Repository + "/" + from.Name + "/_restore"
		if err := e.c.call(ctx, http.MethodPost, path, body, nil); err != nil && !e.there(ctx, next) {
			return err
		}
		lost := time.Time{}
		for {
			var health struct {
				Status       string `json:"status"`
				Initializing int    `json:"initializing_shards"`
			}
			err := e.c.call(ctx, http.MethodGet, "/_cluster/health/"+strings.Join(next.names(), ",")+"?timeout=1s", nil, &health)
			if err == nil && health.Status != "red" {
				break
			}
			if err != nil && statusOf(err) != http.StatusRequestTimeout && statusOf(err) != http.StatusServiceUnavailable {
				return err
			}
			if health.Initializing > 0 {
				lost = time.Time{}
			} else if lost.IsZero() {
				lost = time.Now()
			} else if time.Since(lost) > lostTime {
				return errors.New("a part of it cannot be brought back: see the cluster's log")
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(holdStep):
			}
		}
		_, err := e.hold(ctx, next, time.Time{})
		return err
	}, func(*Engine) error { return nil }, agrees)
}

// there reports whether a generation was made.
func (e *Engine) there(ctx context.Context, g generation) bool {
	all, err := e.generations(ctx)
	return err == nil && slices.Contains(all, g)
}
