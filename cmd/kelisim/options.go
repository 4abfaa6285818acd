package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// serveOptions are the flags of serve, and so what a config file says under [serve].
type serveOptions struct {
	addr, base    string
	answerTime    time.Duration // that an answer may take
	rate          int           // requests a minute of one address
	proxies       []string
	proxyHeader   string
	cert, key     string
	hsts          time.Duration
	metrics       string
	metricsPublic bool
	fetch, demo   bool
}

func (o *serveOptions) flags(f *pflag.FlagSet) {
	f.SortFlags = false
	o.addr, o.proxyHeader = "127.0.0.1:8080", "X-Forwarded-For"
	f.Var(checked{&o.addr, "string", hostPort}, "addr", "address to listen on")
	f.Var(checked{&o.base, "string", siteAddress}, "base", "address of the site for feeds, maps and canonical links, as https://news.example (default: as the connection came)")
	f.BoolVar(&o.fetch, "fetch", false, "follow the sources of the config file meanwhile")
	f.DurationVar(&o.answerTime, "answer-time", 2*time.Second, "how long one answer may take before the reader is asked to come again")
	f.IntVar(&o.rate, "rate", 6000, "how many requests a minute one address may send; programs of this machine are not counted")
	f.IntVar(&o.rate, "api-rate", 6000, "the former name of --rate")
	_ = f.MarkDeprecated("api-rate", "it is --rate now, and counts pages too")
	f.StringSliceVar(&o.proxies, "trusted-proxies", nil, "addresses or networks of proxies that are believed when they name who asks, as 127.0.0.1,10.0.0.0/8")
	f.Var(checked{&o.proxyHeader, "string", oneOf([]string{"X-Forwarded-For", "Forwarded"})}, "proxy-header", "the header in which they do: X-Forwarded-For or Forwarded")
	f.Var(checked{&o.cert, "file", nil}, "tls-cert", "certificate chain in PEM, for TLS without a proxy; a changed file is taken up by itself")
	f.Var(checked{&o.key, "file", nil}, "tls-key", "its private key in PEM")
	f.DurationVar(&o.hsts, "hsts", 365*24*time.Hour, "how long browsers that came over TLS shall come over TLS only; 0: they are not told")
	f.Var(checked{&o.metrics, "string", optional(hostPort)}, "metrics-addr", "address of a second listener with /metrics and /debug/pprof/, as 127.0.0.1:9464 (default: none)")
	f.BoolVar(&o.metricsPublic, "metrics-public", false, "let that be an address that other machines reach")
	f.BoolVar(&o.demo, "demo", false, "show five example articles from a temporary folder")
}

// check names what does not go together; each begins with the key that it is about.
func (o *serveOptions) check() (wrong []error) {
	if (o.cert == "") != (o.key == "") {
		wrong = append(wrong, errors.New("tls_cert and tls_key go together: one is missing"))
	}
	for key, path := range map[string]string{"tls_cert": o.cert, "tls_key": o.key} {
		if _, err := os.Stat(path); path != "" && err != nil {
			wrong = append(wrong, fmt.Errorf("%s cannot be read: %w", key, err))
		}
	}
	if _, err := prefixes(o.proxies); err != nil {
		wrong = append(wrong, fmt.Errorf("trusted_proxies has %w", err))
	}
	if o.rate < 1 {
		wrong = append(wrong, fmt.Errorf("rate is %d; at least one request a minute must be let in", o.rate))
	}
	if o.answerTime <= 0 {
		wrong = append(wrong, fmt.Errorf("answer_time is %s; it must be more than nothing", o.answerTime))
	}
	if o.hsts < 0 {
		wrong = append(wrong, fmt.Errorf("hsts is %s; it cannot be negative", o.hsts))
	}
	if host, _, err := net.SplitHostPort(o.metrics); err == nil && !o.metricsPublic && !loopback(host) {
		wrong = append(wrong, fmt.Errorf("metrics_addr %s can be reached by other machines, and pprof tells what is in memory; name 127.0.0.1, or allow it with metrics_public (--metrics-public)", o.metrics))
	}
	return wrong
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// prefixes reads addresses and networks.
func prefixes(list []string) (out []netip.Prefix, err error) {
	for _, s := range list {
		s = strings.TrimSpace(s)
		p, err := netip.ParsePrefix(s)
		if a, alone := netip.ParseAddr(s); alone == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("%q, which is no address or network; write 127.0.0.1 or 10.0.0.0/8", s)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// checked is a flag whose text must mean something; so the command line, the environment and the config file refuse the same.
type checked struct {
	to    *string
	kind  string // for pflag: «string», or «file», whose path is taken from where the config file lies
	check func(string) error
}

func (c checked) Set(s string) error {
	if c.check != nil {
		if err := c.check(s); err != nil {
			return err
		}
	}
	*c.to = s
	return nil
}

func (c checked) String() string {
	if c.to == nil {
		return ""
	}
	return *c.to
}

func (c checked) Type() string { return c.kind }

func optional(check func(string) error) func(string) error {
	return func(s string) error {
		if s == "" {
			return nil
		}
		return check(s)
	}
}

func hostPort(s string) error {
	if _, port, err := net.SplitHostPort(s); err != nil || port == "" {
		return fmt.Errorf("%q is not HOST:PORT", s)
	}
	if _, err := net.ResolveTCPAddr("tcp", s); err != nil {
		return fmt.Errorf("%q cannot be listened on: %w", s, err)
	}
	return nil
}

func siteAddress(s string) error {
	u, err := url.Parse(s)
	if s != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
		return fmt.Errorf("%q is no address of a site; write https://news.example", s)
	}
	return nil
}
