package web

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/mux"
)

// Visit is what there was of one request, for a log and for metrics.
type Visit struct {
	ID      string // X-Request-Id as a proxy gave it, or our own
	Method  string
	Path    string // without the query, which is the reader's own affair
	Query   string // for whoever looks for a fault
	Route   string // the pattern of the address, «/article/{id}»; "" for one that there is not
	Client  string // the address that it came from, behind trusted proxies
	Secure  bool   // the reader speaks TLS, with us or with a trusted proxy
	Status  int
	Bytes   int64  // of the body, as sent
	Refused string // why it was not worked on: «busy», «rate», «slow»; "" where it was
	Took    time.Duration

	client netip.Addr
}

type visitKey struct{}

// visitOf is the visit that a request belongs to; an empty one where the request did not come through guard.
func visitOf(r *http.Request) *Visit {
	if v, ok := r.Context().Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{}
}

// visit begins one.
func (s *server) visit(r *http.Request) (*Visit, *http.Request) {
	v := &Visit{ID: r.Header.Get("X-Request-Id"), Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery}
	if !sane(v.ID) {
		v.ID = rand.Text()
	}
	v.client, v.Secure = s.from(r)
	if v.client.IsValid() {
		v.Client = v.client.String()
	}
	return v, r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
}

// sane reports whether somebody else's request number may stand in a log and on a page.
func sane(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:") == ""
}

// from tells where a request comes from and whether over TLS. What a header says counts only where a trusted proxy has set it: the list
// is read from its end, where the nearest proxy has written, up to the first address that is no trusted proxy's.
func (s *server) from(r *http.Request) (netip.Addr, bool) {
	secure := r.TLS != nil
	at, ok := addressIn(r.RemoteAddr)
	if !ok || !s.trusts(at) {
		if ok && r.Header.Get(s.forwarded()) != "" {
			s.untrusted.Do(func() {
				s.Log.Warn("a header names who asks, but who sent it is no trusted proxy; if it is yours, name it with --trusted-proxies", "header", s.forwarded(), "from", at)
			})
		}
		return at, secure
	}
	hops, over := s.hops(r)
	for _, hop := range slices.Backward(hops) {
		next, ok := addressIn(hop)
		if !ok {
			break // hidden, or no address: the proxy is all that is known
		}
		if at = next; !s.trusts(at) {
			break
		}
	}
	return at, secure || strings.EqualFold(over, "https")
}

func (s *server) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// forwarded is the header in which trusted proxies name who asks. Only one counts: a proxy that sets one passes on what a reader wrote
// into the other.
func (s *server) forwarded() string {
	if strings.EqualFold(s.ProxyHeader, "Forwarded") {
		return "Forwarded"
	}
	return "X-Forwarded-For"
}

// hops are the addresses that proxies have written down, the nearest last, and how the reader reached the first.
func (s *server) hops(r *http.Request) (hops []string, over string) {
	all := strings.Split(strings.Join(r.Header.Values(s.forwarded()), ","), ",")
	if s.forwarded() == "X-Forwarded-For" {
		_, over := lastCut(strings.Join(r.Header.Values("X-Forwarded-Proto"), ","), ",")
		return all, strings.TrimSpace(over)
	}
	for _, element := range all { // RFC 7239
		for pair := range strings.SplitSeq(element, ";") {
			name, value, _ := strings.Cut(pair, "=")
			value = strings.Trim(strings.TrimSpace(value), `"`)
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "for":
				hops = append(hops, value)
			case "proto":
				over = value
			}
		}
	}
	return hops, over
}

func lastCut(s, sep string) (before, after string) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):]
	}
	return "", s
}

// addressIn reads an address with or without a port; ok is false where it is none.
func addressIn(s string) (a netip.Addr, ok bool) {
	s = strings.TrimSpace(s)
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return a.Unmap().WithZone(""), err == nil
}

// site is the address of this site as far as a request tells it. What the reader typed counts only where it can mean nobody else: this
// machine, or the very address that the connection came to. Else a stranger could have our links, in a cache or a feed, lead to himself.
func (s *server) site(r *http.Request) string {
	if r == nil || r.Host == "" {
		return ""
	}
	scheme := "http"
	if visitOf(r).Secure {
		scheme = "https"
	}
	host := r.Host
	if at, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && !own(host, at) {
		host = at.String()
	}
	return scheme + "://" + host
}

// own reports whether a host that a reader typed is this machine, or the address that he reached.
func own(host string, at net.Addr) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	typed, ok := addressIn(host)
	reached, _ := addressIn(at.String())
	return ok && (typed.IsLoopback() || typed == reached)
}

// meter counts what is sent.
type meter struct {
	http.ResponseWriter
	v *Visit
}

func (m meter) WriteHeader(status int) {
	if m.v.Status == 0 && status >= http.StatusOK {
		m.v.Status = status
	}
	m.ResponseWriter.WriteHeader(status)
}

func (m meter) Write(p []byte) (int, error) {
	if m.v.Status == 0 {
		m.v.Status = http.StatusOK
	}
	n, err := m.ResponseWriter.Write(p)
	m.v.Bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (m meter) Unwrap() http.ResponseWriter { return m.ResponseWriter }

// seen ends a visit.
func (s *server) seen(v *Visit, began time.Time) {
	if s.Seen == nil {
		return
	}
	if v.Status == 0 {
		v.Status = http.StatusOK // net/http sends it for a handler that wrote nothing
	}
	v.Took = time.Since(began)
	s.Seen(*v)
}

// routed notes which route a request took, and holds up an address that asks for too much. What costs nothing is not counted.
func (s *server) routed(next http.Handler) http.Handler {
	free := []string{"/static/{name}", "/healthz", "/readyz", "/robots.txt", "/openapi.json"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		v.Route, _ = mux.CurrentRoute(r).GetPathTemplate()
		if !slices.Contains(free, v.Route) {
			if err := s.limited(w, r); err != nil {
				s.answerFault(w, r, faultOf(err))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
