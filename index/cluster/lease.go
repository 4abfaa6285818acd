package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

// lease says who feeds the index, and until when nobody else does. It only keeps two from working for nothing: what is written is guarded by
// the state itself.
type lease struct {
	Holder string    `json:"holder"`
	Until  time.Time `json:"until"`
}

func (e *Engine) leases() string { return e.options.Prefix + "-lease" }

// What one process at a time does.
const (
	feeder  = "feeder"
	builder = "builder" // of a new generation
)

// Lead asks to feed the index for a time, and reports whether this process does. Whoever does asks again before the time is over.
func (e *Engine) Lead(ctx context.Context, holder string, d time.Duration) (bool, error) {
	ok, err := e.lead(ctx, feeder, holder, d)
	if ok && err == nil {
		_, err = e.look(ctx) // what the one before has written
	}
	return ok && err == nil, err
}

func (e *Engine) lead(ctx context.Context, what, holder string, d time.Duration) (bool, error) {
	path := "/" + e.leases() + "/_doc/" + what
	var doc got
	err := e.c.call(ctx, http.MethodGet, path, nil, &doc)
	if x, ok := errors.AsType[*StatusError](err); ok && x.Type == "index_not_found_exception" {
		err = e.create(ctx, e.leases(), object{"settings": everywhere()})
	} else if statusOf(err) == http.StatusNotFound {
		err = nil
	}
	if err != nil {
		return false, fmt.Errorf("ask who feeds the index: %w", err)
	}
	put := path + "?op_type=create"
	if doc.Found {
		var l lease
		if err := json.Unmarshal(doc.Source, &l); err != nil {
			return false, fmt.Errorf("read who feeds the index: %w", err)
		}
		if l.Holder != holder && time.Now().Before(l.Until) {
			return false, nil
		}
		put = fmt.Sprintf("%s?if_seq_no=%d&if_primary_term=%d", path, doc.Seq, doc.Term)
	}
	err = e.c.call(ctx, http.MethodPut, put, lease{holder, time.Now().Add(d)}, nil)
	if statusOf(err) == http.StatusConflict {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("ask to feed the index: %w", err)
	}
	return true, nil
}

// buildTime is how long who builds a generation may be silent before another may begin one.
const buildTime = time.Minute

// ErrBuilding says that another process builds a generation.
var ErrBuilding = errors.New("another process builds the index anew; wait until it has")

// build takes care that nobody else builds a generation until done is called: both would fill the same one.
func (e *Engine) build(ctx context.Context) (done func(), err error) {
	holder := fmt.Sprintf("%x", rand.Uint64())
	switch ok, err := e.lead(ctx, builder, holder, buildTime); {
	case err != nil:
		return nil, err
	case !ok:
		return nil, ErrBuilding
	}
	holding, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-holding.Done():
				return
			case <-time.After(buildTime / 4):
			}
			_, _ = e.lead(holding, builder, holder, buildTime) // who cannot ask cannot fill either
		}
	}()
	return func() {
		stop()
		<-ended
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		_, _ = e.lead(last, builder, holder, 0) // else it ends by itself
	}, nil
}

// Yield gives the lease back.
func (e *Engine) Yield(ctx context.Context, holder string) error {
	_, err := e.Lead(ctx, holder, 0)
	return err
}
