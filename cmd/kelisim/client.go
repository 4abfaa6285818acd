package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// client asks the HTTP API: of the running server, or, where none is, of the site opened in this process.
type client struct {
	base    string // of the server, "" for this process
	handler http.Handler
	again   int // how often it asks anew where it is told to come again
	close   func()
}

// askTimeout is longer than any answer of ours takes.
const askTimeout = 30 * time.Second

// get gives the body of an answer; the API's own words where it is an error.
func (c *client) get(ctx context.Context, target string) ([]byte, error) {
	for again := c.again; ; again-- {
		body, later, err := c.ask(ctx, target)
		if err == nil || later == 0 || again <= 0 {
			return body, err
		}
		select {
		case <-time.After(later):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// ask asks once. Beside an error later is when to come again, as Retry-After says, or 0.
func (c *client) ask(ctx context.Context, target string) (body []byte, later time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+target, nil)
	if err != nil {
		return nil, 0, fmt.Errorf("ask: %w", err)
	}
	var status int
	var header http.Header
	if c.handler != nil {
		w := &recorder{status: http.StatusOK, header: http.Header{}}
		req.RequestURI = target
		c.handler.ServeHTTP(w, req)
		status, header, body = w.status, w.header, w.body.Bytes()
	} else {
		res, err := direct.Do(req)
		if err != nil {
			return nil, 0, fmt.Errorf("ask the server: %w", err)
		}
		defer res.Body.Close()
		if body, err = io.ReadAll(res.Body); err != nil {
			return nil, 0, fmt.Errorf("ask the server: %w", err)
		}
		status, header = res.StatusCode, res.Header
	}
	if status == http.StatusOK {
		return body, 0, nil
	}
	if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil {
		later = time.Duration(seconds) * time.Second
	}
	var p struct{ Title, Detail string }
	if json.Unmarshal(body, &p) == nil && p.Title != "" {
		err = errors.New(p.Title)
		if p.Detail != "" {
			err = fmt.Errorf("%s: %s", p.Title, p.Detail)
		}
	} else {
		err = fmt.Errorf("the answer has status %d", status)
	}
	if status == http.StatusBadRequest {
		// Its title speaks of an address in a browser; the detail names the parameter, which is our flag.
		if p.Detail != "" {
			err = errors.New(p.Detail)
		}
		return nil, 0, usageError{err}
	}
	return nil, later, err
}

// recorder keeps an answer of the site in this process.
type recorder struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }

func decode(body []byte, v any) error {
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}
