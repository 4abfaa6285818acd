package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

const (
	bulkBytes = 4 << 20 // of a request: small heaps take several at once
	// patience is how long a write that the cluster cannot take now is sent again.
	patience = 3 * time.Minute
)

// write is one document to be written or deleted.
type write struct {
	index, id string
	doc       any  // nil: it is deleted
	create    bool // nothing is done where it is there
}

// bulk writes documents: those that the cluster has no room for now are sent again, slower each time. What was written is
// in all copies; it is seen after a refresh.
func (c *client) bulk(ctx context.Context, writes []write) error {
	var body bytes.Buffer
	var in []write
	for i, w := range writes {
		if err := line(&body, w); err != nil {
			return err
		}
		in = append(in, w)
		if body.Len() >= bulkBytes || i == len(writes)-1 {
			if err := c.send(ctx, in, body.Bytes()); err != nil {
				return err
			}
			body.Reset()
			in = nil
		}
	}
	return nil
}

func line(to *bytes.Buffer, w write) error {
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	op := "index"
	switch {
	case w.doc == nil:
		op = "delete"
	case w.create:
		op = "create"
	}
	err := enc.Encode(object{op: object{"_index": w.index, "_id": w.id}})
	if err == nil && w.doc != nil {
		err = enc.Encode(w.doc)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", w.id, err)
	}
	return nil
}

// send sends a request until all its writes are done. The cluster answers 200 even where it refused some of them.
func (c *client) send(ctx context.Context, in []write, body []byte) error {
	began := time.Now()
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		var res struct {
			Errors bool
			Items  []map[string]struct {
				Status int
				Error  struct{ Type, Reason string }
			}
		}
		err := c.call(ctx, http.MethodPost, "/_bulk?timeout=10s", body, &res)
		if err == nil && !res.Errors {
			return nil
		}
		var left []write
		if err == nil {
			for i, item := range res.Items {
				for op, x := range item {
					switch {
					case x.Status < 300, x.Status == http.StatusConflict && op == "create", x.Status == http.StatusNotFound && op == "delete":
					case x.Status >= 500 || x.Status == http.StatusTooManyRequests:
						left = append(left, in[i])
						err = &StatusError{http.MethodPost, "/_bulk of " + in[i].id, x.Status, x.Error.Type, x.Error.Reason}
					default:
						return fmt.Errorf("write %s: the cluster refuses it: %d %s: %s", in[i].id, x.Status, x.Error.Type, x.Error.Reason)
					}
				}
			}
			if len(left) == 0 {
				return nil
			}
		} else {
			if s := statusOf(err); s == http.StatusRequestEntityTooLarge && len(in) > 1 {
				half := len(in) / 2
				if err := c.bulk(ctx, in[:half]); err != nil {
					return err
				}
				return c.bulk(ctx, in[half:])
			} else if s != 0 && s < 500 && s != http.StatusTooManyRequests {
				return err
			}
			left = in
		}
		if errors.Is(err, ErrFull) {
			return err // it may last for days: who feeds goes on trying, and says so
		}
		if time.Since(began) > patience {
			return fmt.Errorf("the cluster takes nothing for %s: %w", patience, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		in = left
		var b bytes.Buffer
		for _, w := range in {
			if err := line(&b, w); err != nil {
				return err
			}
		}
		body = b.Bytes()
	}
}
