package main_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// until waits for something that must come soon.
func until(t *testing.T, what string, f func() bool) {
	t.Helper()
	for began := time.Now(); !f(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatalf("%s does not come", what)
		}
	}
}

// A service as the unit runs it: it says to systemd how it is, logs each request, and counts on a second listener.
func TestService(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	writeFile(t, data, "kelisim.toml", "log_format = \"json\"\n[serve]\nmetrics_addr = \"127.0.0.1:0\"\ntrusted_proxies = [\"127.0.0.1\"]\n")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(t.TempDir(), "notify"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	t.Setenv("NOTIFY_SOCKET", socket.LocalAddr().String())
	t.Setenv("WATCHDOG_USEC", "300000")
	hears := func(word string) {
		t.Helper()
		buf := make([]byte, 4096)
		until(t, word, func() bool {
			_ = socket.SetReadDeadline(time.Now().Add(patience))
			n, err := socket.Read(buf)
			return err == nil && strings.Contains(string(buf[:n]), word)
		})
	}
	s := serveProcess(t, data)
	hears("READY=1")
	hears("WATCHDOG=1")

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+"/api/v1/search?q=kxsecret&size=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Request-Id", "ours-1")
	req.Header.Set("X-Forwarded-For", "198.51.100.7")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	var line map[string]any
	until(t, "the line of the log", func() bool {
		for text := range strings.Lines(s.log.String()) {
			line = nil
			if json.Unmarshal([]byte(text), &line) == nil && line["request"] == "ours-1" {
				return true
			}
		}
		return false
	})
	for key, want := range map[string]any{"msg": "answered", "level": "INFO", "method": "GET", "path": "/api/v1/search", "status": 200.0, "client": "198.51.100.7", "bytes": float64(len(body))} {
		if line[key] != want && key != "bytes" || key == "bytes" && line[key].(float64) <= 0 {
			t.Errorf("the log has %s=%v, want %v", key, line[key], want)
		}
	}
	if strings.Contains(s.log.String(), "kxsecret") {
		t.Error("the log has what was searched for")
	}

	at := regexp.MustCompile(`http://[^"]+/metrics`).FindString(s.log.String())
	second := func(path string) string {
		t.Helper()
		res, err := http.Get(strings.TrimSuffix(at, "/metrics") + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", path, res.StatusCode)
		}
		return string(b)
	}
	numbers := second("/metrics")
	for _, want := range []string{
		`kelisim_http_request_duration_seconds_count{route="/api/v1/search",status="200"} 1`, "kelisim_index_lag_changes 0", "kelisim_archive_changes 5", "kelisim_index_changes 5",
		"kelisim_index_ready 1", "kelisim_disk_free_bytes ", `kelisim_http_refused_total{why="busy"} 0`, "kelisim_http_requests_in_work 0", "kelisim_http_requests_waiting 0",
		"go_goroutines ", "process_open_fds ", "kelisim_build_info{",
	} {
		if !strings.Contains(numbers, want) {
			t.Errorf("metrics have no %s", want)
		}
	}
	second("/debug/pprof/")
	second("/debug/pprof/goroutine")
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		if status, _ := s.get(path); status != http.StatusNotFound {
			t.Errorf("%s is on the public listener: status %d", path, status)
		}
	}

	if out := must(t, data, "health"); !strings.HasPrefix(out, "ok") {
		t.Errorf("health says %q", out)
	}
	must(t, data, "health", "--live", s.base)
	s.end()
	hears("STOPPING=1")
	s.stop()
	if code, _, errOut := kelisim(t, data, "health"); code != 1 || !strings.Contains(errOut, "no server has") {
		t.Errorf("health without a server: exit code %d, %s", code, errOut)
	}
	killed := serveProcess(t, data)
	killed.kill()
	<-killed.done
	if code, _, errOut := kelisim(t, data, "health"); code != 1 || !strings.Contains(errOut, "no server has") {
		t.Errorf("health after a killed server: exit code %d, %s", code, errOut)
	}
}

// What other machines could reach is refused, unless it is allowed.
func TestPublicMetrics(t *testing.T) {
	for line, want := range map[string]string{
		"serve --metrics-addr 0.0.0.0:0":                  "--metrics-public",
		"serve --metrics-addr :9464":                      "--metrics-public",
		"serve --tls-cert nosuch.pem":                     "go together",
		"serve --tls-cert nosuch.pem --tls-key n.pem":     "cannot be read",
		"serve --trusted-proxies 127.0.0.1,proxy.example": `"proxy.example", which is no address`,
		"serve --proxy-header X-Real-IP":                  "is not one of",
		"--log-level loud serve":                          "is not one of debug, info, warn, error",
		"serve --rate 0":                                  "at least one request",
		"--config /nosuch/kelisim.toml search x":          "kelisim config example",
		"deploy windows":                                  "there are: alerts",
	} {
		code, _, errOut := kelisim(t, t.TempDir(), strings.Fields(line)...)
		if code != 2 || !strings.Contains(errOut, want) {
			t.Errorf("kelisim %s: exit code %d, %s", line, code, errOut)
		}
	}
}

// certify writes a certificate of its own maker for localhost.
func certify(t *testing.T, dir, name string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	k, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir, "cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	writeFile(t, dir, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: k})))
}

// Without a proxy it speaks TLS itself, tells browsers to come so, takes up a renewed certificate, and keeps the old one while the new one is
// half written. Our own commands find it.
func TestOwnTLS(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	must(t, data, "index", seedsFolder)
	certify(t, dir, "first")
	s := serve(t, data, "--tls-cert", filepath.Join(dir, "cert.pem"), "--tls-key", filepath.Join(dir, "key.pem"))
	shown := func() (string, *http.Response) {
		t.Helper()
		c := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true, ForceAttemptHTTP2: true}}
		res, err := c.Get(s.base + "/healthz")
		if err != nil {
			t.Fatalf("%v\n%s", err, s.log)
		}
		res.Body.Close()
		return res.TLS.PeerCertificates[0].Subject.CommonName, res
	}
	if name, res := shown(); name != "first" || res.Header.Get("Strict-Transport-Security") != "max-age=31536000" || res.Proto != "HTTP/2.0" {
		t.Errorf("%s, %s, %v", name, res.Proto, res.Header)
	}
	if out := must(t, data, "search", "келісім"); !strings.Contains(out, "article") {
		t.Errorf("search beside it says %q", out)
	}
	must(t, data, "health")
	writeFile(t, dir, "cert.pem", "half")
	until(t, "the word of the half certificate", func() bool {
		name, _ := shown()
		return name == "first" && strings.Contains(s.log.String(), "the old one goes on")
	})
	certify(t, dir, "second")
	until(t, "the new certificate", func() bool { name, _ := shown(); return name == "second" })
}

// The same program writes the same manual pages, one a subcommand, and the files for running it.
func TestManualAndFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man")
	must(t, t.TempDir(), "man", dir)
	for _, name := range []string{"kelisim.1", "kelisim-serve.1", "kelisim-config-check.1", "kelisim-backup.1"} {
		page, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.Contains(string(page), ".SH SYNOPSIS") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for line := range strings.Lines(must(t, t.TempDir(), "deploy")) {
		f := strings.Fields(line)
		file, err := os.ReadFile(filepath.Join("deploy", f[1]))
		if out := must(t, t.TempDir(), "deploy", f[0]); err != nil || out != string(file) {
			t.Errorf("deploy %s does not print %s: %v", f[0], f[1], err)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish"} {
		if out := must(t, t.TempDir(), "completion", shell); !strings.Contains(out, "kelisim") {
			t.Errorf("completion %s says nothing", shell)
		}
	}
}
