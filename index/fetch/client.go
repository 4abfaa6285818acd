package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Limits of one request. They are of what a server sends; what a source may say is bounded where it is read.
type Limits struct {
	List     int64         // bytes of a feed or a list, unpacked
	Sitemap  int64         // bytes of a site map: the protocol allows 50 MiB
	Page     int64         // bytes of a page
	Robots   int64         // bytes of robots.txt: RFC 9309 asks for 500 KiB at least
	Headers  int64         // bytes of an answer's head
	Time     time.Duration // from the connection to the last byte
	Connect  time.Duration
	Hops     int           // redirects
	Tries    int           // of a request that failed for a reason that passes
	Pause    time.Duration // before the second try; four times that before the third
	LongHold time.Duration // the longest that a server may ask to be left alone
}

// DefaultLimits are generous to honest servers.
var DefaultLimits = Limits{List: 10 << 20, Sitemap: 50 << 20, Page: 10 << 20, Robots: 512 << 10, Headers: 64 << 10, Time: 30 * time.Second, Connect: 10 * time.Second,
	Hops: 5, Tries: 3, Pause: time.Second, LongHold: 7 * 24 * time.Hour}

// Clock is what time it is. Tests have one that nobody has to wait for.
type Clock interface {
	Now() time.Time
	// Sleep waits; the error is that of ctx.
	Sleep(ctx context.Context, d time.Duration) error
}

// Wall is the machine's clock.
type Wall struct{}

// Now is the time now, in UTC.
func (Wall) Now() time.Time { return time.Now().UTC() }

// Sleep waits.
func (Wall) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Client asks servers. Its methods may be called from many goroutines.
type Client struct {
	Options
	Limits Limits
	Agent  string // the product that robots.txt names it by
	About  string // behind the product: version, where to complain
	Clock  Clock
	// Dial connects to the hosts of Allow and AllowLinks; nil: as to all others, but to addresses that are not public too.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)

	http   *http.Client
	mu     sync.Mutex
	hosts  map[string]*host
	robots map[string]*robots
}

// NewClient makes a client for some options. held are hosts that asked to be left alone.
func NewClient(o Options, version string, clock Clock, held map[string]time.Time) *Client {
	c := &Client{Options: o, Limits: DefaultLimits, Agent: "Kelisim", Clock: clock, hosts: map[string]*host{}, robots: map[string]*robots{}}
	c.About = "/" + version
	if o.Contact != "" {
		c.About += " (+" + o.Contact + ")"
	}
	for h, until := range held {
		c.hosts[h] = &host{until: until}
	}
	c.http = &http.Client{Transport: c.transport(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return c
}

func (c *Client) transport() *http.Transport {
	free := &net.Dialer{Timeout: c.Limits.Connect}
	bound := &net.Dialer{Timeout: c.Limits.Connect, Control: atConnect}
	list := slices.Concat(c.Allow, c.AllowLinks)
	return &http.Transport{
		// No proxy: the address would be looked up there, out of sight.
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			if slices.ContainsFunc(list, func(h string) bool { return addr == h || addr == h+":80" || addr == h+":443" }) {
				if c.Dial != nil {
					return c.Dial(ctx, network, addr)
				}
				return free.DialContext(ctx, network, addr)
			}
			return bound.DialContext(ctx, network, addr)
		},
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // it is unpacked under a limit
		MaxResponseHeaderBytes: c.Limits.Headers,
		TLSHandshakeTimeout:    c.Limits.Connect,
		ResponseHeaderTimeout:  c.Limits.Time,
		IdleConnTimeout:        time.Minute,
		MaxIdleConnsPerHost:    16,
	}
}

// What is asked for.
type what int

const (
	aList what = iota
	aSitemap
	aPage
	aRobots
)

// Request is what to ask for.
type Request struct {
	URL      string
	What     what
	Own      bool   // the address stands in the config file: it may be one of Allow
	ETag     string // of what is there already
	Modified string
}

// Answer is what came.
type Answer struct {
	URL      string // where it stands in the end
	Same     bool   // it has not changed: 304
	Data     []byte // unpacked
	Charset  string // that the head states
	Cut      bool   // there was more than the limit
	ETag     string
	Modified string
}

// Errors of a request. Whoever asked tells them apart by errors.As and errors.Is.
var (
	// ErrRobots says that robots.txt forbids it.
	ErrRobots = errors.New("robots.txt forbids it")
	// ErrDown says that a host was not reached, so that it makes no sense to ask it again now.
	ErrDown = errors.New("not reached")
	// ErrLimit says that an answer was larger or slower than any honest one.
	ErrLimit = errors.New("over the limit")
)

// Status is an answer that is no success.
type Status int

func (s Status) Error() string {
	if t := http.StatusText(int(s)); t != "" {
		return fmt.Sprintf("the server answers %d %s", int(s), t)
	}
	return fmt.Sprintf("the server answers %d", int(s))
}

// Gone reports whether there is nothing at the address any more.
func (s Status) Gone() bool { return s == http.StatusNotFound || s == http.StatusGone }

// Hold says that a host asked to be left alone.
type Hold struct {
	Host  string
	Until time.Time
}

func (h Hold) Error() string {
	return fmt.Sprintf("%s asks to be left alone until %s", h.Host, h.Until.Format("2006-01-02 15:04:05 MST"))
}

// Get asks for an address, as often as its limits allow where the reason of a failure passes. It waits for the host's turn.
func (c *Client) Get(ctx context.Context, r Request) (a Answer, err error) {
	u, err := parseAddress(r.URL)
	if err != nil {
		return a, fmt.Errorf("%s %w", r.URL, err)
	}
	pause := c.Limits.Pause
	for try := 1; ; try++ {
		a, err = c.follow(ctx, r, u)
		if err == nil || try >= c.Limits.Tries || !passes(err) || ctx.Err() != nil {
			return a, err
		}
		if err := c.Clock.Sleep(ctx, pause); err != nil {
			return a, err
		}
		pause *= 4
	}
}

// passes reports whether a failure may be another in a moment.
func passes(err error) bool {
	if s, ok := err.(Status); ok {
		return s == 500 || s == 502 || s == 503 || s == 504
	}
	_, robots := errors.AsType[noRobots](err)
	return errors.Is(err, errBroken) && !robots
}

var errBroken = errors.New("the connection broke")

// follow asks once and goes where it is sent.
func (c *Client) follow(ctx context.Context, r Request, u *url.URL) (a Answer, err error) {
	first := u.Host
	for hop := 0; ; hop++ {
		if err := c.mayGo(u, r.Own && u.Host == first); err != nil {
			return a, err
		}
		if r.What != aRobots {
			if err := c.allowedBy(ctx, u, r.Own && u.Host == first); err != nil {
				return a, err
			}
		}
		a, to, err := c.once(ctx, r, u)
		if err != nil || to == "" {
			return a, err
		}
		if hop == c.Limits.Hops {
			return a, fmt.Errorf("redirected more than %d times", c.Limits.Hops)
		}
		next, err := u.Parse(to)
		if err == nil {
			next, err = parseAddress(next.String())
		}
		if err != nil {
			return a, fmt.Errorf("redirected to %.200q, which %w", to, err)
		}
		u = next
	}
}

// mayGo refuses what is no public host. own says that it is the address of a source.
func (c *Client) mayGo(u *url.URL, own bool) error {
	if own && allowed(c.Allow).has(u) || allowed(c.AllowLinks).has(u) {
		return nil
	}
	if err := public(u); err != nil {
		return fmt.Errorf("%s %w", u.Redacted(), err)
	}
	return nil
}

// MayLink reports whether a link that was found may be followed and kept.
func (c *Client) MayLink(address string) error {
	u, err := parseAddress(address)
	if err != nil {
		return fmt.Errorf("%.200s %w", address, err)
	}
	return c.mayGo(u, false)
}

// once asks one server once; to is where it sends.
func (c *Client) once(ctx context.Context, r Request, u *url.URL) (a Answer, to string, err error) {
	release, err := c.turn(ctx, u.Host)
	if err != nil {
		return a, "", err
	}
	defer release()
	limited, cancel := context.WithTimeout(ctx, c.Limits.Time)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodGet, u.String(), nil)
	if err != nil {
		return a, "", err
	}
	req.Header.Set("User-Agent", c.Agent+c.About)
	req.Header.Set("Accept", accepts[r.What])
	req.Header.Set("Accept-Encoding", "gzip, br")
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.Modified != "" {
		req.Header.Set("If-Modified-Since", r.Modified)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return a, "", c.plain(ctx, err)
	}
	defer resp.Body.Close()
	a.URL = u.String()
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified && (r.ETag != "" || r.Modified != ""):
		a.Same, a.ETag, a.Modified = true, r.ETag, r.Modified
		return a, "", nil
	case code >= 300 && code < 400 && resp.Header.Get("Location") != "":
		return a, resp.Header.Get("Location"), nil
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != "":
		return a, "", c.hold(u.Host, resp.Header.Get("Retry-After"))
	case code != http.StatusOK:
		return a, "", Status(code)
	}
	kind, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		kind = ""
	}
	if err := fits(r.What, kind); err != nil {
		return a, "", err
	}
	a.Charset, a.ETag, a.Modified = params["charset"], resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	a.Data, a.Cut, err = unpacked(resp.Body, resp.Header.Get("Content-Encoding"), c.limit(r.What), r.What == aList || r.What == aSitemap)
	if err != nil {
		return a, "", c.plain(ctx, err)
	}
	return a, "", nil
}

func (c *Client) limit(w what) int64 {
	return map[what]int64{aList: c.Limits.List, aSitemap: c.Limits.Sitemap, aPage: c.Limits.Page, aRobots: c.Limits.Robots}[w]
}

var accepts = map[what]string{
	aList:    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5",
	aSitemap: "application/xml, text/xml, */*;q=0.5",
	aPage:    "text/html, application/xhtml+xml, */*;q=0.1",
	aRobots:  "text/plain, */*;q=0.1",
}

// fits refuses what cannot be text by the word of the server.
func fits(w what, kind string) error {
	top, sub, _ := strings.Cut(kind, "/")
	switch {
	case kind == "", w == aRobots, top == "text":
		return nil
	case top == "application" && w != aPage && (strings.Contains(sub, "xml") || strings.Contains(sub, "json") || strings.Contains(sub, "rss") || strings.Contains(sub, "atom") ||
		sub == "octet-stream" || strings.Contains(sub, "gzip")):
		return nil
	case top == "application" && strings.Contains(sub, "xhtml"), top == "application" && sub == "xml":
		return nil
	}
	return fmt.Errorf("the server says that it is %.60q, which holds no articles", kind)
}

// plain says what went wrong without the address, which the reader has already.
func (c *Client) plain(ctx context.Context, err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	dns, isDNS := errors.AsType[*net.DNSError](err)
	netErr, isNet := errors.AsType[net.Error](err)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrPrivate), errors.Is(err, ErrLimit):
		if e, ok := errors.AsType[*net.OpError](err); ok {
			err = e.Err
		}
		return err
	case isDNS:
		return fmt.Errorf("%w: the name %s is not found", ErrDown, dns.Name)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: no whole answer within %s", ErrLimit, c.Limits.Time)
	case isNet && netErr.Timeout():
		return fmt.Errorf("%w: %v", ErrDown, err)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return fmt.Errorf("%w: %w (%v)", ErrDown, errBroken, err)
	case strings.Contains(err.Error(), "exceeded") && strings.Contains(err.Error(), "header"):
		return fmt.Errorf("%w: %v", ErrLimit, err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return fmt.Errorf("%w: %v", errBroken, err)
	}
	return err
}

// hold keeps what a host asked for.
func (c *Client) hold(name, after string) error {
	now := c.Clock.Now()
	until := now.Add(15 * time.Minute) // where it does not say how long
	if s, err := strconv.ParseInt(strings.TrimSpace(after), 10, 64); err == nil && s >= 0 {
		until = now.Add(time.Duration(min(s, int64(c.Limits.LongHold/time.Second))) * time.Second)
	} else if t, err := http.ParseTime(after); err == nil {
		until = t.UTC()
	}
	if most := now.Add(c.Limits.LongHold); until.After(most) {
		until = most
	}
	h := c.host(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	if until.After(h.until) {
		h.until = until
	}
	return Hold{name, h.until}
}
