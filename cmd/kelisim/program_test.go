package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	main "kelisim/cmd/kelisim"
)

const seedsFolder = "../../seeds"

// patience bounds what must happen soon; it is generous, since tests share two cores with others and the race detector.
const patience = 3 * time.Minute

// ended are called when all tests have run.
var ended []func()

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range ended {
		end()
	}
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

var built struct {
	once sync.Once
	dir  string
	err  error
}

// program is the path of the real binary, built once.
func program(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "kelisim"); built.err != nil {
			return
		}
		out, err := exec.Command("go", "build", "-o", filepath.Join(built.dir, "kelisim"), ".").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "kelisim")
}

// kelisim runs a subcommand on a data folder to its end, in this process: to start one takes a second of work, and the race detector sees
// only what runs here. What ends by a signal or must not share a process is started: see process.
func kelisim(t testing.TB, data string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return kelisimWith(t, "", data, args...)
}

func kelisimWith(t testing.TB, stdin, data string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code = main.Run(t.Context(), append([]string{"--data", data}, args...), strings.NewReader(stdin), &out, &errOut)
	return code, out.String(), errOut.String()
}

// process runs a subcommand of the real binary on a data folder to its end.
func process(t testing.TB, data string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t), append([]string{"--data", data}, args...)...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errOut.String()
}

// must runs a subcommand that must succeed.
func must(t testing.TB, data string, args ...string) string {
	t.Helper()
	code, out, errOut := kelisim(t, data, args...)
	if code != 0 {
		t.Fatalf("kelisim %s: exit code %d\n%s%s", strings.Join(args, " "), code, out, errOut)
	}
	return out
}

// server is a running kelisim serve.
type server struct {
	t    testing.TB
	base string
	pid  int
	log  *main.Logged
	end  func()        // asks it to
	kill func()        // nil in this process
	done chan struct{} // closed when it has ended
	code int           // after that
}

func serving(data string, flags []string) []string {
	return append([]string{"--data", data, "serve", "--addr", "127.0.0.1:0", "--answer-time", "1m"}, flags...)
}

// serve starts a server in this process on a free port and waits until it says where it is.
func serve(t testing.TB, data string, flags ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &server{t: t, pid: os.Getpid(), log: &main.Logged{}, end: cancel, done: make(chan struct{})}
	out, in := io.Pipe()
	go func() {
		s.code = main.Run(ctx, serving(data, flags), strings.NewReader(""), in, s.log)
		in.Close()
		close(s.done)
	}()
	s.begun(out)
	return s
}

// serveProcess starts the real binary.
func serveProcess(t testing.TB, data string, flags ...string) *server {
	t.Helper()
	cmd := exec.Command(program(t), serving(data, flags)...)
	s := &server{t: t, log: &main.Logged{}, done: make(chan struct{})}
	cmd.Stderr = s.log
	out, in := io.Pipe()
	cmd.Stdout = in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.pid, s.end, s.kill = cmd.Process.Pid, func() { _ = cmd.Process.Signal(syscall.SIGINT) }, func() { _ = cmd.Process.Kill() }
	go func() {
		_ = cmd.Wait()
		s.code = cmd.ProcessState.ExitCode()
		in.Close()
		close(s.done)
	}()
	s.begun(out)
	return s
}

// begun waits until a server says where it is.
func (s *server) begun(out io.Reader) {
	s.t.Helper()
	s.t.Cleanup(func() { s.stop() })
	line := make(chan string, 1)
	go func() {
		r := bufio.NewReader(out)
		l, _ := r.ReadString('\n')
		line <- strings.TrimSpace(l)
		_, _ = io.Copy(io.Discard, r)
	}()
	select {
	case s.base = <-line:
	case <-time.After(patience):
	}
	if !strings.HasPrefix(strings.Replace(s.base, "https:", "http:", 1), "http://localhost:") {
		s.t.Fatalf("the server says %q\n%s", s.base, s.log)
	}
}

// stop ends the server as Ctrl-C does and gives its exit code; a second stop does nothing.
func (s *server) stop() int {
	s.end()
	select {
	case <-s.done:
	case <-time.After(patience):
		if s.kill == nil {
			s.t.Fatalf("the server did not stop\n%s", s.log)
		}
		s.kill()
		<-s.done
		s.t.Errorf("the server did not stop\n%s", s.log)
	}
	return s.code
}

// answer is what tests read of /api/v1/search.
type answer struct {
	Total int `json:"total"`
	Hits  []struct {
		ID string `json:"id"`
	} `json:"hits"`
	Facets map[string][]struct {
		Key   string `json:"key"`
		Count int    `json:"count"`
	} `json:"facets"`
	Notes []struct {
		Code string `json:"code"`
	} `json:"notes"`
}

func (a answer) ids() []string {
	out := []string{}
	for _, h := range a.Hits {
		out = append(out, h.ID)
	}
	return out
}

func (s *server) get(path string) (status int, body []byte) {
	s.t.Helper()
	res, err := http.Get(s.base + path)
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.log)
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(res.Body); err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, body
}

func (s *server) search(v url.Values) (a answer) {
	s.t.Helper()
	status, body := s.get("/api/v1/search?" + v.Encode())
	if status != http.StatusOK {
		s.t.Fatalf("search %s: status %d %s\n%s", v.Encode(), status, body, s.log)
	}
	if err := json.Unmarshal(body, &a); err != nil {
		s.t.Fatal(err)
	}
	return a
}

// The binary itself: what it finds is on standard output, what went wrong on standard error and in the exit code.
func TestProgram(t *testing.T) {
	data := t.TempDir()
	for _, c := range []struct {
		args        []string
		code        int
		out, errOut string
	}{
		{[]string{"index", seedsFolder}, 0, "added 5", ""},
		{[]string{"search", "келісім"}, 0, "articles", ""},
		{[]string{"remove", "--reason", "x", "none"}, 1, "", "not in the archive"},
		{[]string{"serach"}, 2, "", "did you mean search?"},
	} {
		code, out, errOut := process(t, data, c.args...)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errOut, c.errOut) {
			t.Errorf("kelisim %v: exit code %d, %q, %q", c.args, code, out, errOut)
		}
	}
}

// One story is one hit with «+1» and who else tells it; --group 0 and --json have each article.
func TestProgramTellsStories(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	const body = "Қызылордада 1350 студентке арналған жатақхана ашылды. Оны ректор Бейбіт Қаратаев пен әкім Нұрлыбек Нәлібаев ашты."
	for id, more := range map[string]string{"a": "", "b": " Толығырақ сайтта."} {
		if err := os.WriteFile(filepath.Join(files, id+".txt"), []byte(" date 2026-03-01 Жатақхана ашылды\n"+body+more), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must(t, data, "index", files)
	for line, hits := range map[string]int{"search": 1, "search --group 0": 2} {
		out := must(t, data, strings.Fields(line)...)
		if strings.Count(out, "2026-03-01") != hits || strings.Contains(out, "+1: – kk ") != (hits == 1) || !strings.Contains(out, "2 articles") {
			t.Errorf("%s:\n%s", line, out)
		}
	}
	if out := must(t, data, "search", "--json"); strings.Count(out, `"story":"a"`) != 2 {
		t.Errorf("search --json:\n%s", out)
	}
}

// A mistake on the command line says what to write instead, and has exit code 2.
func TestUsageErrors(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	for line, want := range map[string]string{
		"serach x":                       `unknown command "serach"; did you mean search?`,
		"nonsense":                       `unknown command "nonsense"`,
		"index":                          "needs a file or a folder",
		"search --size 1000 x":           `kelisim: The parameter “size” cannot be “1000”`,
		"search --from 2025-13":          "is not a date",
		"agreements --match any":         "It can be: all, most",
		"agreements --min-confidence 70": "It is a number from 0 to 1",
		"extract --min-confidence x a":   "--min-confidence takes a number from 0 to 1",
		"serve --addr nowhere":           "is not HOST:PORT",
	} {
		code, _, errOut := kelisim(t, data, strings.Fields(line)...)
		if code != 2 || !strings.Contains(errOut, want) || strings.Contains(errOut, "address has") {
			t.Errorf("kelisim %s: exit code %d, %s", line, code, errOut)
		}
	}
}
