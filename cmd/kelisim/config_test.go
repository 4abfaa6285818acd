package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index/fetch"
)

// ran runs the program in this process.
func ran(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e strings.Builder
	code = run(t.Context(), args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// Every mistake is named, with its line and the nearest right word.
func TestConfigCheck(t *testing.T) {
	code, _, errOut := ran(t, "config", "check", "testdata/config/wrong.toml")
	want, err := os.ReadFile("testdata/config/wrong.txt")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), errOut); code != exitUsage || d != "" {
		t.Errorf("exit code %d, %s", code, d)
	}
	for text, want := range map[string]string{
		"a = [\n1,\nb = 2\n":                       ":3: ",
		"[serve]\n[serve]":                         ":2: ",
		"[[serve]]\n":                              ":1: unknown table [[serve]]",
		"\n[serve]\nproxy_header = \"X-Real-IP\"":  ":3: serve.proxy_header: \"X-Real-IP\" is not one of X-Forwarded-For, Forwarded",
		"serve.addr = \"nowhere\"":                 ":1: serve.addr: \"nowhere\" is not HOST:PORT",
		"[serve]\nbase = \"news.example\"":         ":2: serve.base: \"news.example\" is no address of a site",
		"[serve]\ntrusted_proxies = \"127.0.0.1\"": ":2: serve.trusted_proxies: \"127.0.0.1\" is a text; it takes a list",
	} {
		path := filepath.Join(t.TempDir(), "k.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errOut := ran(t, "config", "check", path); code != exitUsage || !strings.Contains(errOut, path+want) {
			t.Errorf("%q: exit code %d, %s", text, code, errOut)
		}
		if code, _, errOut := ran(t, "--config", path, "serve"); code != exitUsage || !strings.Contains(errOut, path+want) {
			t.Errorf("serve with %q: exit code %d, %s", text, code, errOut)
		}
	}
	t.Setenv("KELISIM_ADDDR", "127.0.0.1:1")
	t.Setenv("KELISIM_RATE", "many")
	t.Setenv("KELISIM_FETCH_HOSTS", "x")
	if code, _, errOut := ran(t, "config", "check"); code != exitUsage || !strings.Contains(errOut, "did you mean KELISIM_ADDR?") ||
		!strings.Contains(errOut, "environment KELISIM_RATE") || !strings.Contains(errOut, "environment KELISIM_FETCH_HOSTS") {
		t.Errorf("environment: exit code %d, %s", code, errOut)
	}
}

// The example names all keys there are, has no mistakes, and none when each key is taken in use.
func TestConfigExample(t *testing.T) {
	_, example, _ := ran(t, "config", "example")
	used := ""
	for line := range strings.Lines(example) {
		if !strings.HasPrefix(line, "# ") {
			line = strings.TrimPrefix(line, "#")
		}
		used += line
	}
	for _, text := range []string{example, used} {
		path := filepath.Join(t.TempDir(), "k.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errOut := ran(t, "config", "check", path); code != 0 {
			t.Errorf("the example has mistakes: %s", errOut)
		}
	}
	keys := []string{}
	for _, f := range configurable((&app{}).root()) {
		keys = append(keys, f.name())
	}
	for _, of := range []any{new(fetch.Options), new(fetch.Source)} {
		for key := range fieldsOf(of) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		if !strings.Contains(example, "\n#"+key+" = ") {
			t.Errorf("the example has no %s", key)
		}
	}
}

// A flag wins over the environment, the environment over the file, the file over the default; show says which it was.
func TestConfigOrder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, configName)
	text := "log_level = \"warn\"\n\n[serve]\nrate = 5\naddr = \"127.0.0.1:5\"\ntls_cert = \"c.pem\"\ntls_key = \"/k.pem\"\nhsts = \"1h\"\n[fetch]\nhosts = 3\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := readConfig(path)
	if err != nil || len(c.mistakes) > 0 {
		t.Fatal(err, c.mistakes)
	}
	t.Setenv("KELISIM_RATE", "6")
	t.Setenv("KELISIM_ADDR", "127.0.0.1:6")
	t.Setenv("KELISIM_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8")
	t.Setenv("KELISIM_FETCH_ALLOW", "a:1,b:2")
	a := &app{}
	root := a.root()
	serve, rest, err := root.Find([]string{"serve", "--addr", "127.0.0.1:7"})
	if err == nil {
		err = serve.ParseFlags(rest)
	}
	if err != nil {
		t.Fatal(err)
	}
	from, mistakes := c.apply(root)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	o := a.serving
	if a.logLevel != "warn" || o.rate != 6 || o.addr != "127.0.0.1:7" || o.cert != filepath.Join(dir, "c.pem") || o.key != "/k.pem" || o.hsts.Hours() != 1 || len(o.proxies) != 2 {
		t.Errorf("%+v", o)
	}
	if d := cmp.Diff([]string{"a:1", "b:2"}, c.Fetch.Allow); d != "" || c.Fetch.Hosts != 3 {
		t.Error(c.Fetch)
	}
	for key, want := range map[string]string{"serve.addr": "--addr", "serve.rate": "KELISIM_RATE", "serve.hsts": path + ":8", "log_format": "default", "log_level": path + ":1"} {
		if from[key] != want {
			t.Errorf("%s comes from %s", key, from[key])
		}
	}
}
