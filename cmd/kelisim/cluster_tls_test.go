package main_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kelisim/index/cluster/clustertest"
)

// secureNode is a node with OpenSearch's own security plugin: TLS, and users with rights.
func secureNode(t *testing.T) (*clustertest.Cluster, *clustertest.Authority) {
	t.Helper()
	if !clustertest.Asked() {
		t.Skip("a cluster takes minutes and 2 GB: «make test-cluster» runs this")
	}
	if _, _, err := clustertest.SecureParts(); err != nil {
		t.Skip(err)
	}
	by, err := clustertest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	c, err := clustertest.UpSecure(t.TempDir(), 1, by)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Down() })
	return c, by
}

// admin changes something in a secured cluster as its admin.
func admin(t *testing.T, c *clustertest.Cluster, method, path, body string) {
	t.Helper()
	var says string
	until(t, method+" "+path, func() bool {
		req, err := http.NewRequestWithContext(t.Context(), method, c.URL(1)+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		res, err := c.Do(req)
		if err != nil {
			says = err.Error()
			return false
		}
		defer res.Body.Close()
		data := make([]byte, 2000)
		n, _ := res.Body.Read(data)
		if says = res.Status + " " + string(data[:n]); res.StatusCode >= 400 && res.StatusCode < 500 {
			t.Fatal(says)
		}
		return res.StatusCode < 300
	})
}

// front stands before a node with another certificate.
func front(t *testing.T, c *clustertest.Cluster, by *clustertest.Authority, cert, key []byte) string {
	t.Helper()
	pair, err := tls.X509KeyPair(cert, key)
	to, err2 := url.Parse(c.URL(1))
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(by.PEM)
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	s := httptest.NewUnstartedServer(proxy)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of each client that hangs up
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// Over TLS, by a user with the rights that «kelisim deploy opensearch-role» prints and no others, all works; what is wrong is said in words that name
// what mends it; and the password stands nowhere.
func TestClusterTLS(t *testing.T) {
	c, by := secureNode(t)
	const secret = "Kz7:%40#qorgan/Süt-9x"
	role := must(t, t.TempDir(), "deploy", "opensearch-role")
	admin(t, c, http.MethodPut, "/_plugins/_security/api/roles/kelisim", role)
	setPassword := func(p string) {
		admin(t, c, http.MethodPut, "/_plugins/_security/api/internalusers/kelisim", `{"password":"`+p+`","opendistro_security_roles":["kelisim"]}`)
	}
	setPassword(secret)
	admin(t, c, http.MethodPut, "/_plugins/_security/api/internalusers/stranger", `{"password":"`+secret+`"}`)
	admin(t, c, http.MethodPut, "/_snapshot/backups", `{"type":"fs","settings":{"location":"`+filepath.Join(c.Snapshots(), "backups")+`"}}`)

	dir := t.TempDir()
	ca := writeFile(t, dir, "ca.pem", string(by.PEM))
	password := writeFile(t, dir, "password", secret+"\n")
	other, err := clustertest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	right := map[string]string{"--engine": "opensearch", "--opensearch-url": c.URL(1), "--opensearch-user": "kelisim", "--opensearch-password-file": password, "--opensearch-ca": ca,
		"--opensearch-replicas": "0", "--opensearch-repository": "backups", "--log-level": "debug"}
	with := func(changes ...string) (flags []string) {
		f := map[string]string{}
		for k, v := range right {
			f[k] = v
		}
		for i := 0; i < len(changes); i += 2 {
			f[changes[i]] = changes[i+1]
		}
		for k, v := range f {
			if v != "" {
				flags = append(flags, k+"="+v)
			}
		}
		slices.Sort(flags)
		return flags
	}
	silent := func(what, said string) {
		t.Helper()
		for _, s := range []string{secret, url.QueryEscape(secret), "qorgan"} {
			if strings.Contains(said, s) {
				t.Errorf("%s tells the password: %s", what, said)
			}
		}
	}
	data := t.TempDir()
	run := func(want int, changes []string, args ...string) string {
		t.Helper()
		code, out, says := kelisim(t, data, append(args, with(changes...)...)...)
		silent(args[0], out+says)
		if code != want {
			t.Errorf("%s %v: exit code %d\n%s%s", args, changes, code, out, says)
		}
		return out + says
	}

	// All that one does with an index, by that user.
	run(0, nil, "index", seedsFolder)
	if out := run(0, nil, "verify"); !strings.Contains(out, "cluster: 5 articles as in the archive") {
		t.Errorf("verify says %s", out)
	}
	run(0, nil, "reindex")
	backup := filepath.Join(dir, "backup")
	if out := run(0, nil, "backup", backup); !strings.Contains(out, "in snapshot backups/") {
		t.Errorf("backup says %s", out)
	}
	restored := filepath.Join(dir, "restored")
	if code, out, says := kelisim(t, restored, append([]string{"restore", backup}, with()...)...); code != 0 || !strings.Contains(out, "in snapshot backups/") {
		t.Errorf("restore: %d %s %s", code, out, says)
	}

	// What is wrong.
	expired, expiredKey, err := by.Issue("old", time.Now().Add(-time.Hour), "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	late := front(t, c, by, expired, expiredKey)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(c.URL(1), "https://"))
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for name, wrong := range map[string]struct {
		code    int
		changes []string
		want    string
	}{
		"no authority":           {1, []string{"--opensearch-ca", ""}, "name that authority's PEM file with --opensearch-ca"},
		"another authority":      {1, []string{"--opensearch-ca", writeFile(t, dir, "other.pem", string(other.PEM))}, "not of the authority in --opensearch-ca"},
		"no PEM":                 {1, []string{"--opensearch-ca", password}, "--opensearch-ca has no certificate"},
		"no such authority":      {2, []string{"--opensearch-ca", filepath.Join(dir, "none.pem")}, "opensearch_ca cannot be read"},
		"a wrong password":       {1, []string{"--opensearch-password-file", writeFile(t, dir, "wrong", "qorgan-wrong")}, `does not take user "kelisim" with that password: mend --opensearch-user`},
		"an empty password":      {1, []string{"--opensearch-password-file", writeFile(t, dir, "empty", "\n")}, "is empty (--opensearch-password-file)"},
		"no password":            {2, []string{"--opensearch-password-file", ""}, "--opensearch-password-file"},
		"no user":                {1, []string{"--opensearch-user", "", "--opensearch-password-file", ""}, "the cluster wants a user: name one with --opensearch-user"},
		"a user without rights":  {1, []string{"--opensearch-user", "stranger"}, `user "stranger" may not do that in the cluster: give them the rights`},
		"a password in the URL":  {2, []string{"--opensearch-url", strings.Replace(c.URL(1), "//", "//kelisim:"+url.QueryEscape(secret)+"@", 1)}, "has a user or a password in it"},
		"one that is no URL":     {2, []string{"--opensearch-url", "https://kelisim:" + secret + "@127.0.0.1"}, "has a user or a password in it"},
		"an expired certificate": {1, []string{"--opensearch-url", late}, "valid from"},
		"another name":           {1, []string{"--opensearch-url", "https://localhost:" + port}, "not for localhost: name the node in --opensearch-url"},
		"http":                   {1, []string{"--opensearch-url", "http://127.0.0.1:" + port}, "if it speaks TLS, write https:// in --opensearch-url"},
		"https to who has none":  {1, []string{"--opensearch-url", strings.Replace(plain.URL, "http:", "https:", 1)}, "the cluster speaks no TLS: write http:// in --opensearch-url"},
	} {
		if says := run(wrong.code, wrong.changes, "verify"); !strings.Contains(says, wrong.want) {
			t.Errorf("%s: it does not say %q but %s", name, wrong.want, says)
		}
	}
	run(0, []string{"--opensearch-url", late + "," + c.URL(1)}, "verify") // one node's certificate has run out, another's not

	// A server, while its password is changed behind its back.
	s := serve(t, data, append(with(), "--metrics-addr", "127.0.0.1:0")...)
	if n := totalOf(s, "q="+url.QueryEscape("меморандум")); n == 0 {
		t.Error("nothing is found")
	}
	readyz := func(want int) func() bool {
		return func() bool { status, _ := s.get("/readyz"); return status == want }
	}
	until(t, "readyz is well", readyz(http.StatusOK))
	setPassword("Other-" + secret)
	flushed := time.Time{}
	until(t, "the log says why", func() bool {
		// The plugin remembers for an hour whom it has let in, whom it looked at while the password changed, too.
		if time.Since(flushed) > 10*time.Second {
			admin(t, c, http.MethodDelete, "/_plugins/_security/api/cache", "")
			flushed = time.Now()
		}
		return strings.Contains(s.log.String(), `does not take user \"kelisim\" with that password`)
	})
	until(t, "readyz says no", readyz(http.StatusServiceUnavailable))
	setPassword(secret)
	until(t, "readyz is well again", readyz(http.StatusOK))
	_, metrics, ok := strings.Cut(s.log.String(), "http://")
	if !ok {
		t.Fatal("no metrics")
	}
	address, _, _ := strings.Cut(metrics, "/metrics")
	for _, path := range []string{"/metrics", "/debug/pprof/cmdline"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body := make([]byte, 1<<20)
		n, _ := res.Body.Read(body)
		res.Body.Close()
		silent(path, string(body[:n]))
	}
	s.stop()
	silent("the log", s.log.String())
	if out := run(0, nil, "config", "show"); !strings.Contains(out, password) {
		t.Errorf("config show says %s", out)
	}
	if _, err := os.Stat(filepath.Join(data, "index")); err == nil {
		t.Error("there is an index in the folder")
	}
}
