package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"kelisim/index"
)

// state says what of a generation is visible. It is changed by whoever has read it last only: a feeder that was taken for dead
// and goes on finds that it is none any more.
type state struct {
	Schema  string `json:"schema"`
	Follows string `json:"follows,omitempty"` // the archive
	Seq     uint64 `json:"seq"`               // of the archive, that was reached

	Updated time.Time `json:"updated"` // when the newest article was read
	Held    time.Time `json:"held"`    // until then no batch is begun: see hold

	Batch   int      `json:"batch"`             // documents up to it are seen
	Claimed int      `json:"claimed"`           // the one that is written, or was when a feeder died
	Aborted []int    `json:"aborted,omitempty"` // batches of which something may lie around, and nothing counts
	Purged  int      `json:"purged"`            // what was dead at this batch is deleted: who looks at an older one looks again
	Dead    []string `json:"dead,omitempty"`    // documents that are seen no more, and not deleted yet

	term version // of this document
}

const stateID = "state"

// version is of a document, for a write that holds only if it is still that one.
type version struct{ seq, term int }

// ErrNotFeeder says that another process feeds the index now.
var ErrNotFeeder = errors.New("another process feeds the index")

// got is a document as the cluster gives it.
type got struct {
	Index   string          `json:"_index"`
	Found   bool            `json:"found"`
	Seq     int             `json:"_seq_no"`
	Term    int             `json:"_primary_term"`
	Version int             `json:"_version"`
	Source  json.RawMessage `json:"_source"`
}

// readState reads the state that an alias or index names, and which generation it is of.
func (e *Engine) readState(ctx context.Context, name string) (s state, g generation, err error) {
	var doc got
	// Each node has a copy (everywhere), so none has to wait for another.
	if err := e.c.call(ctx, http.MethodGet, "/"+name+"/_doc/"+stateID+"?preference=_local", nil, &doc); err != nil {
		return s, g, fmt.Errorf("read the state of the index: %w", err)
	}
	if err := json.Unmarshal(doc.Source, &s); err != nil {
		return s, g, fmt.Errorf("read the state of the index: %w", err)
	}
	s.term = version{doc.Seq, doc.Term}
	g, ok := generationOf(e.options.Prefix, doc.Index)
	if !ok {
		return s, g, fmt.Errorf("index %s is none of ours", doc.Index)
	}
	return s, g, nil
}

// writeState replaces a state that was read. The error is [ErrNotFeeder] where another has done so.
func (e *Engine) writeState(ctx context.Context, g generation, s *state) error {
	path := fmt.Sprintf("/%s/_doc/%s?if_seq_no=%d&if_primary_term=%d&timeout=30s", g.name(states), stateID, s.term.seq, s.term.term)
	var res got
	err := e.c.call(ctx, http.MethodPut, path, s, &res)
	if statusOf(err) == http.StatusConflict {
		// A write that was sent again after its answer was lost conflicts with itself.
		now, _, readErr := e.readState(ctx, g.name(states))
		if readErr == nil && same(now, *s) {
			s.term = now.term
			return nil
		}
		return ErrNotFeeder
	}
	if err != nil {
		return fmt.Errorf("write the state of the index: %w", err)
	}
	s.term = version{res.Seq, res.Term}
	return nil
}

func same(a, b state) bool {
	a.term, b.term = version{}, version{}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// view is one state of a generation, with what is known of it: what a search finds in it belongs together.
type view struct {
	e *Engine
	g generation
	s state
	known

	some  bool        // what there is of it is wanted where the cluster is not whole
	lacks atomic.Bool // some shards did not answer
}

// freshness is how old a view may be before it is looked whether there is a newer one.
const freshness = 100 * time.Millisecond

// view is the newest state.
func (e *Engine) view(ctx context.Context) (*view, error) {
	e.mu.Lock()
	v, at := e.newest, e.looked
	e.mu.Unlock()
	if v != nil && time.Since(at) < freshness {
		return v, nil
	}
	return e.look(ctx)
}

func (e *Engine) look(ctx context.Context) (*view, error) {
	if e.fixed != nil {
		s, g, err := e.readState(ctx, e.fixed.name(states))
		if err != nil {
			return nil, err
		}
		return e.show(g, s), nil
	}
	s, g, err := e.readState(ctx, e.options.Prefix+"-"+states)
	if statusOf(err) == http.StatusNotFound {
		if found, x := e.named(ctx); x != nil {
			return nil, x
		} else if found {
			s, g, err = e.readState(ctx, e.options.Prefix+"-"+states)
		}
	}
	if err != nil {
		return nil, err
	}
	return e.show(g, s), nil
}

// show makes a state the newest, if it is newer.
func (e *Engine) show(g generation, s state) *view {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.looked = time.Now()
	if v := e.newest; v != nil && g == v.g && s.Batch < v.s.Batch {
		return v // an answer that came late
	} else if v != nil && g == v.g && s.Batch == v.s.Batch {
		v.e.purged = max(v.e.purged, s.Purged)
		return v
	}
	e.newest = &view{e: e, g: g, s: s}
	e.purged = s.Purged
	return e.newest
}

// holds reports whether nothing that a view sees was deleted: it is asked after an answer came.
func (v *view) holds(ctx context.Context) (bool, error) {
	s, err := v.e.next.read(ctx, v.g.name(states), func(ctx context.Context, name string) (state, error) {
		s, _, err := v.e.readState(ctx, name)
		return s, err
	})
	if statusOf(err) == http.StatusNotFound {
		return false, nil // the generation was removed
	}
	if err != nil {
		return false, err
	}
	return s.Purged <= v.s.Batch, nil
}

// looks is how often a search is begun anew because what it looked at was deleted meanwhile.
const looks = 20

// with does something with the newest view, again while what it looks at goes away.
func (e *Engine) with(ctx context.Context, do func(*view) error) error {
	return e.looking(ctx, false, do)
}

// withSome is the same for who is told that an answer is not whole, and so may have one while the cluster is not.
func (e *Engine) withSome(ctx context.Context, do func(*view) error) error {
	return e.looking(ctx, true, do)
}

func (e *Engine) looking(ctx context.Context, some bool, do func(*view) error) error {
	for range looks {
		v, err := e.view(ctx)
		if err != nil {
			return err
		}
		if some && e.weak.Load() {
			v = &view{e: e, g: v.g, s: v.s, some: true} // what is counted now must not be remembered
		}
		err = do(v)
		gone := statusOf(err) == http.StatusNotFound
		if err != nil && !gone {
			return err
		}
		if !gone {
			if ok, err := v.holds(ctx); ok || err != nil {
				return err
			}
		}
		if _, err := e.look(ctx); err != nil {
			return err
		}
	}
	return errors.New("the index changes faster than it can be searched")
}

// seen are the documents of an index that can be found.
func (v *view) seen() []any {
	return append(v.there(), object{"bool": object{"must_not": object{"term": object{"wrong": true}}}})
}

// there are the documents of an index that a view sees, those too that are kept and not found.
func (v *view) there() []any {
	filter := []any{object{"range": object{"batch": object{"lte": v.s.Batch}}}}
	var not []any
	if len(v.s.Dead) > 0 {
		not = append(not, object{"terms": object{"_id": v.s.Dead}})
	}
	if len(v.s.Aborted) > 0 {
		not = append(not, object{"terms": object{"batch": v.s.Aborted}})
	}
	if len(not) > 0 {
		filter = append(filter, object{"bool": object{"must_not": not}})
	}
	return filter
}

func kindOf(t index.Tab) string {
	if t == index.Agreements {
		return agreements
	}
	return articles
}
