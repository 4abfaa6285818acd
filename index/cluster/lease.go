package cluster

import (
	"context"
	"encoding/json"
	"fmt"
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

// Lead asks to feed the index for a time, and reports whether this process does. Whoever does asks again before the time is over.
func (e *Engine) Lead(ctx context.Context, holder string, d time.Duration) (bool, error) {
	path := "/" + e.leases() + "/_doc/feeder"
	var doc got
	err := e.c.call(ctx, http.MethodGet, path, nil, &doc)
	if err != nil && statusOf(err) != http.StatusNotFound {
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
	if !doc.Found || e.newest == nil {
		_, err = e.look(ctx)
	}
	return err == nil, err
}

// Yield gives the lease back.
func (e *Engine) Yield(ctx context.Context, holder string) error {
	_, err := e.Lead(ctx, holder, 0)
	return err
}
