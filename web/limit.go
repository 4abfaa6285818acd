package web

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// fairRate is how many requests a minute one address may send where Config does not say: a program that reads
// page after page stays below, one that runs away leaves room for others.
const fairRate = 6000

// maxClients bounds what is remembered of addresses.
const maxClients = 10_000

// limiter gives each address so many requests a minute; they come back evenly. This machine's own programs are not counted,
// and what comes by a proxy counts for whoever asked it (Config.Proxies).
type limiter struct {
	aMinute int
	mu      sync.Mutex
	of      map[netip.Prefix]*rate.Limiter
}

func newLimiter(aMinute int) *limiter {
	return &limiter{aMinute: aMinute, of: map[netip.Prefix]*rate.Limiter{}}
}

// take counts a request. left are the requests that the address still has, and full is when it has all of them again.
func (l *limiter) take(r *http.Request, now time.Time) (left int, full time.Duration, ok bool) {
	from, counted := client(r)
	if !counted {
		return l.aMinute, 0, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.of[from]
	if c == nil {
		if len(l.of) >= maxClients {
			l.forget(now)
		}
		c = rate.NewLimiter(rate.Limit(float64(l.aMinute)/60), l.aMinute)
		l.of[from] = c
	}
	ok = c.AllowN(now, 1)
	tokens := math.Max(0, c.TokensAt(now))
	return int(tokens), time.Duration((float64(l.aMinute) - tokens) / float64(c.Limit()) * float64(time.Second)), ok
}

// forget drops the addresses that have all their requests; where all are busy, all of them.
func (l *limiter) forget(now time.Time) {
	for k, c := range l.of {
		if c.TokensAt(now) >= float64(l.aMinute) {
			delete(l.of, k)
		}
	}
	if len(l.of) >= maxClients {
		clear(l.of)
	}
}

// client is who is counted: of IPv6 the network that one household has.
func client(r *http.Request) (netip.Prefix, bool) {
	a := visitOf(r).client
	if !a.IsValid() || a.IsLoopback() {
		return netip.Prefix{}, false
	}
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	return p, err == nil
}

// limited says in the headers of an answer how many requests are left, and is a fault where none is.
func (s *server) limited(w http.ResponseWriter, r *http.Request) error {
	left, full, ok := s.limit.take(r, s.Now())
	h := w.Header()
	h.Set("RateLimit-Policy", fmt.Sprintf(`"api";q=%d;w=60`, s.limit.aMinute))
	h.Set("RateLimit", fmt.Sprintf(`"api";r=%d;t=%d`, left, int(math.Ceil(full.Seconds()))))
	if ok {
		return nil
	}
	return &fault{Status: http.StatusTooManyRequests, Key: "rate", Args: []string{strconv.Itoa(s.limit.aMinute)}}
}
