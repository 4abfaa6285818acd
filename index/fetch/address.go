package fetch

import (
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

//go:embed data/special.txt
var specialText string

// special are the ranges, names and ports of data/special.txt.
var special = func() (out struct {
	nets  []netip.Prefix
	names []string
	ports []string
}) {
	for line := range strings.Lines(specialText) {
		f := strings.Fields(line)
		if len(f) != 2 {
			continue
		}
		switch f[0] {
		case "net":
			out.nets = append(out.nets, netip.MustParsePrefix(f[1]))
		case "name":
			out.names = append(out.names, f[1])
		case "port":
			out.ports = append(out.ports, f[1])
		}
	}
	return out
}()

// ErrPrivate says that an address leads to no public host.
var ErrPrivate = errors.New("is no address of a public host")

// parseAddress reads an address that could be fetched: http(s) with a host, without a user's name.
func parseAddress(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil:
		return nil, errors.New("is no address")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("does not begin with http:// or https://")
	case u.Hostname() == "":
		return nil, errors.New("names no host")
	case u.User != nil:
		return nil, errors.New("has a user's name, which a link may not have")
	}
	return u, nil
}

// allowed are hosts as addresses spell them, with the port where they state one.
type allowed []string

func (a allowed) has(u *url.URL) bool {
	return slices.ContainsFunc(a, func(h string) bool { return strings.EqualFold(h, u.Host) })
}

// public is an error where the spelling of an address tells already that no public host stands there. A name may still lead to a
// private one: that is looked at when a connection is made.
func public(u *url.URL) error {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if p := u.Port(); p != "" && !slices.Contains(special.ports, p) {
		return fmt.Errorf("%w: no web server has the port %s", ErrPrivate, p)
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return publicIP(ip)
	}
	// 127.1, 2130706433 and 0x7f.1 are spellings of addresses that some programs read, and no names: a name does not end in a number.
	last := host[strings.LastIndexByte(host, '.')+1:]
	if _, err := strconv.ParseUint(last, 0, 64); err == nil || isDigits(last) {
		return fmt.Errorf("%w: %s is a number", ErrPrivate, host)
	}
	if !strings.Contains(host, ".") || slices.ContainsFunc(special.names, func(n string) bool { return host == n || strings.HasSuffix(host, "."+n) }) {
		return fmt.Errorf("%w: %s is a name of private networks", ErrPrivate, host)
	}
	return nil
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func publicIP(ip netip.Addr) error {
	ip = ip.Unmap().WithZone("")
	for _, n := range special.nets {
		if n.Contains(ip) {
			return fmt.Errorf("%w: %s is in %s", ErrPrivate, ip, n)
		}
	}
	return nil
}

// atConnect refuses connections to what is not public, after DNS has answered: a name may lead anywhere, and elsewhere each time.
func atConnect(_, address string, _ syscall.RawConn) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	if !slices.Contains(special.ports, port) {
		return fmt.Errorf("%w: no web server has the port %s", ErrPrivate, port)
	}
	return publicIP(ip)
}
