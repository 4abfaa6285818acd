package cluster

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"kelisim/index"
)

// Engine is an index in a cluster. It is safe for concurrent use.
type Engine struct {
	Weights index.Weights // change it before the first search only
	// Versions gives the archive's states of some articles, which are kept with them. nil: none is kept.
	Versions func(ctx context.Context, ids []string) (map[string]index.Version, error)

	options Options
	schema  string
	c       *client
	clauses int         // that a query may have
	fixed   *generation // that is looked at whatever serves; nil: the serving one

	weak atomic.Bool // the cluster is not whole: what it has is better than nothing

	mu     sync.Mutex
	newest *view // nil where none was looked at yet
	looked time.Time
	well   time.Time // when the cluster was last asked how it is, and was well; zero: it was not
	purged int

	next nextReads

	feeding sync.Mutex
	claimed int                 // the batch that this process has claimed last
	terms   map[uint64]struct{} // words that were written
}

// ErrNone says that there is no index.
var ErrNone = errors.New("there is no index in the cluster with the prefix")

// Open opens the index in a cluster, and makes an empty one where there is none, unless only an existing one is wanted. Call Stale next: an index of another schema
// still serves, and has to be rebuilt.
func Open(ctx context.Context, o Options, schema int) (*Engine, error) {
	if o.Prefix == "" {
		o.Prefix = "kelisim"
	}
	c, err := connect(o)
	if err != nil {
		return nil, err
	}
	e := &Engine{Weights: index.DefaultWeights(), options: o, schema: signature(schema), c: c, terms: map[uint64]struct{}{}}
	_, err = e.look(ctx)
	if err == nil || statusOf(err) == http.StatusNotFound {
		e.allow(ctx)
	}
	if statusOf(err) == http.StatusNotFound && o.Existing {
		return nil, errors.Join(fmt.Errorf("%w %q", ErrNone, o.Prefix), e.Close())
	}
	if statusOf(err) == http.StatusNotFound {
		g := generation{o.Prefix, 1}
		if err = e.make(ctx, g, state{}); err == nil {
			err = e.point(ctx, g)
		}
		if err == nil {
			_, err = e.look(ctx)
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the index in the cluster: %w", o.hungUp(err)), e.Close())
	}
	return e, nil
}

// signature names all that an index must agree with to be used: another facet is another schema.
func signature(schema int) string {
	out := strconv.Itoa(schema) + "." + strconv.Itoa(layout)
	for _, f := range index.Facets() {
		out += " " + f.Name
	}
	return out
}

// layout is the number of what is written: the mapping, and what documents hold. Another one has to be built anew.
const layout = 2

// Close lets go of the cluster.
func (e *Engine) Close() error { return e.c.close() }

// Stale reports whether the index has to be rebuilt: it is of another schema.
func (e *Engine) Stale() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.newest == nil || e.newest.s.Schema != e.schema
}

// Of reports whether the index was built by a schema.
func (e *Engine) Of(schema int) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.newest != nil && e.newest.s.Schema == signature(schema)
}

// Follows is the identity of the archive that the index was built from; "" where nobody said so.
func (e *Engine) Follows() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.newest == nil {
		return ""
	}
	return e.newest.s.Follows
}

// Seq implements index.Engine.
func (e *Engine) Seq() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.newest == nil {
		return 0
	}
	return e.newest.s.Seq
}

// Remove removes all that lies in the cluster under the engine's prefix.
func (e *Engine) Remove(ctx context.Context) error {
	all, err := e.generations(ctx)
	for _, g := range all {
		err = errors.Join(err, e.remove(ctx, g))
	}
	if x := e.c.call(ctx, http.MethodDelete, "/"+e.leases(), nil, nil); x != nil && statusOf(x) != http.StatusNotFound {
		err = errors.Join(err, x)
	}
	return err
}

// Prefix is what the names of all indices begin with.
func (e *Engine) Prefix() string { return e.options.Prefix }
