package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// host is a server that is asked: rarely, and by few at once.
type host struct {
	mu    sync.Mutex
	next  time.Time     // when it may be asked again
	until time.Time     // it asked to be left alone until then
	delay time.Duration // between two requests
	asked time.Duration // the same, as robots.txt has it
	slots chan struct{}
}

func (c *Client) host(name string) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[name]
	if h == nil {
		h = &host{}
		c.hosts[name] = h
	}
	if h.slots == nil {
		h.slots = make(chan struct{}, max(1, c.Streams))
		h.delay = defaultDelay
		if c.Delay > 0 {
			h.delay = time.Duration(c.Delay)
		}
	}
	return h
}

// Held gives the hosts that asked to be left alone, and until when.
func (c *Client) Held() map[string]time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	out, now := map[string]time.Time{}, c.Clock.Now()
	for name, h := range c.hosts {
		h.mu.Lock()
		if h.until.After(now) {
			out[name] = h.until
		}
		h.mu.Unlock()
	}
	return out
}

const (
	defaultDelay = time.Second
	// A site that asks for more than maxDelay between two requests would never be read; it is asked that rarely.
	maxDelay = 2 * time.Minute
)

// pace sets the time between two requests to a host: what the config file says, and what its robots.txt asks for. The longer counts.
func (c *Client) pace(name string, own, asked time.Duration) {
	h := c.host(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	if own > 0 {
		h.delay = own
	}
	if asked > 0 {
		h.asked = min(asked, maxDelay)
		if from := c.Clock.Now().Add(h.asked); h.next.Before(from) { // the request for robots.txt was one too
			h.next = from
		}
	}
}

// turn waits until a host may be asked; release gives the place back.
func (c *Client) turn(ctx context.Context, name string) (release func(), err error) {
	h := c.host(name)
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	h.mu.Lock()
	now := c.Clock.Now()
	if h.until.After(now) {
		h.mu.Unlock()
		<-h.slots
		return nil, Hold{name, h.until}
	}
	start := now
	if h.next.After(start) {
		start = h.next
	}
	h.next = start.Add(max(h.delay, h.asked))
	h.mu.Unlock()
	if err := c.Clock.Sleep(ctx, start.Sub(now)); err != nil {
		<-h.slots
		return nil, err
	}
	return func() { <-h.slots }, nil
}

// robots is what a server's robots.txt says, until when it is believed.
type robots struct {
	mu    sync.Mutex
	until time.Time
	rules *robotstxt.Group
	err   error // it could not be had: nothing is allowed
}

const (
	robotsFor  = 24 * time.Hour // RFC 9309, 2.4
	robotsSoon = 10 * time.Minute
)

// allowedBy asks robots.txt of the server. own: see Request.
func (c *Client) allowedBy(ctx context.Context, u *url.URL, own bool) error {
	if c.Options.Robots != nil && !*c.Options.Robots {
		return nil
	}
	key := u.Scheme + "://" + u.Host
	c.mu.Lock()
	r := c.robots[key]
	if r == nil {
		r = &robots{}
		c.robots[key] = r
	}
	c.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := c.Clock.Now(); !r.until.After(now) {
		if err := c.askRobots(ctx, r, u, own); err != nil {
			return err
		}
	}
	if r.err != nil {
		return r.err
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	// Rules may be written with letters or with their escapes.
	if plain, err := url.PathUnescape(path); !r.rules.Test(path) || err == nil && !r.rules.Test(plain) {
		return ErrRobots
	}
	return nil
}

// noRobots says that robots.txt was not to be had, after as many tries as it may take.
type noRobots struct{ error }

func (e noRobots) Unwrap() error { return e.error }

// rulesOnly leaves the lines of robots.txt that say who may go where.
func rulesOnly(text []byte) []byte {
	var out []byte
	agent := false
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))) {
		name, _, ok := bytes.Cut(bytes.ToLower(line), []byte(":"))
		switch string(bytes.TrimSpace(name)) {
		case "user-agent":
			agent = true
		case "allow", "disallow":
		default:
			ok = false
		}
		if ok && agent {
			out = append(append(out, bytes.TrimSpace(line)...), '\n')
		}
	}
	return out
}

func (c *Client) askRobots(ctx context.Context, r *robots, u *url.URL, own bool) error {
	a, err := c.Get(ctx, Request{URL: u.Scheme + "://" + u.Host + "/robots.txt", What: aRobots, Own: own})
	status, isStatus := errors.AsType[Status](err)
	if _, held := errors.AsType[Hold](err); held || ctx.Err() != nil {
		return err
	}
	now := c.Clock.Now()
	code := http.StatusOK
	switch {
	case isStatus && status >= 400 && status < 500:
		code, a.Data = int(status), nil // there is none: everything is allowed
	case err != nil:
		// What a server says that is ill is not known, so nothing is allowed for now.
		r.err, r.until = noRobots{fmt.Errorf("robots.txt cannot be had: %w", err)}, now.Add(robotsSoon)
		return nil
	}
	all, err := robotstxt.FromStatusAndBytes(code, a.Data)
	if err != nil { // the library reads all lines or none
		if all, err = robotstxt.FromBytes(rulesOnly(a.Data)); err != nil {
			r.err, r.until = noRobots{fmt.Errorf("robots.txt cannot be read: %w", err)}, now.Add(robotsFor)
			return nil
		}
	}
	r.rules, r.err, r.until = all.FindGroup(c.Agent), nil, now.Add(robotsFor)
	if r.rules.CrawlDelay > 0 {
		c.pace(u.Host, 0, r.rules.CrawlDelay)
	}
	return nil
}
