package fetch

import (
	"net/url"
	"strings"
	"testing"
)

// What is no public host is told by its spelling, or when it is connected to.
func TestPublic(t *testing.T) {
	for _, c := range []struct {
		address string
		ok      bool
	}{
		{"https://egemen.kz/article/1", true},
		{"http://xn--80a1acny.xn--80ao21a/", true},
		{"https://baq.kz:443/x", true},
		{"http://8.8.8.8/", true},
		{"http://[2a02:2f0::1]/", true},
		{"http://127.0.0.1/", false},
		{"http://127.1/", false},
		{"http://0x7f000001/", false},
		{"http://2130706433/", false},
		{"http://0177.0.0.1/", false},
		{"http://[::1]/", false},
		{"http://[::ffff:127.0.0.1]/", false},
		{"http://[::ffff:7f00:1]/", false},
		{"http://[64:ff9b::7f00:1]/", false},
		{"http://169.254.169.254/latest/meta-data/", false},
		{"http://[fe80::1%25eth0]/", false},
		{"http://100.64.1.1/", false},
		{"http://localhost/", false},
		{"http://localhost.:22/", false},
		{"http://a.localhost/", false},
		{"http://intranet/", false},
		{"http://printer.local/", false},
		{"http://news.example:22/", false},
		{"http://user:pw@news.example/", false},
		{"http://news.example@127.0.0.1/", false},
		{"javascript:alert(1)", false},
		{"file:///etc/passwd", false},
		{"gopher://127.0.0.1:70/", false},
		{"//127.0.0.1/x", false},
		{"https:///x", false},
	} {
		u, err := parseAddress(c.address)
		if err == nil {
			err = public(u)
		}
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.address, err)
		}
	}
	for at, ok := range map[string]bool{"8.8.8.8:443": true, "127.0.0.1:80": false, "[::ffff:10.0.0.1]:80": false, "8.8.8.8:25": false, "[fe80::1%eth0]:80": false} {
		if err := atConnect("tcp", at, nil); (err == nil) != ok {
			t.Errorf("%s: %v", at, err)
		}
	}
	u, _ := url.Parse("http://127.0.0.1:8080/x")
	if list := (allowed{"127.0.0.1:8080"}); !list.has(u) || list.has(&url.URL{Host: "localhost:8080"}) {
		t.Error("a host is allowed as it is spelled")
	}
}

func TestCheckAll(t *testing.T) {
	err := CheckAll(Options{Hosts: 100}, []Source{
		{Name: "a", Kind: "fed", Address: "https://x.kz/rss"},
		{Name: "a", Kind: List, Address: "ftp://x.kz/"},
		{Kind: Folder, Address: "news", Every: Duration(1)},
		{Name: "d", Kind: Feed, Match: "(", Text: "all", Relevance: 2, Lang: "kaz"},
		{Name: "e", Kind: Page, Addresses: []string{"https://x.kz/1", "https://x.kz/2"}},
	})
	for _, want := range []string{
		`[fetch]: hosts 100`, `[[source]] "a": kind "fed" is not known: feed, sitemap, list, page or folder`, `[[source]] "a": the name is that of [[source]] 1`,
		`address "ftp://x.kz/": does not begin`, `match is missing`, `[[source]] 3: name is missing`, `whole path`, `"d": address is missing`,
		`match "("`, `text "all"`, `relevance 2`, `lang "kaz"`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	if err := CheckAll(Options{}, []Source{{Name: "x.kz", Kind: Feed, Address: "https://x.kz/rss"}}); err != nil {
		t.Error(err)
	}
	var d Duration
	if err := d.UnmarshalText([]byte("7d")); err != nil || d.String() != "7d" {
		t.Error(d, err)
	}
}
