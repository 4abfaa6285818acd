package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/archive"
)

// These tests run the program's parts in one process, which a hundred starts of it would take minutes for.

// command runs a subcommand on a data folder.
func command(data string, args ...string) (code int, said string) {
	var out bytes.Buffer
	code = run(context.Background(), append([]string{"--data", data}, args...), strings.NewReader(""), &out, &out)
	return code, out.String()
}

// harms are what may become of a file; older is what it was after the first of the articles.
var harms = []struct {
	name string
	do   func(file, older string) error
}{
	{"truncated", func(file, _ string) error {
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		return os.Truncate(file, info.Size()/2)
	}},
	{"emptied", func(file, _ string) error { return os.Truncate(file, 0) }},
	{"flipped", func(file, _ string) error {
		b, err := os.ReadFile(file)
		if err != nil || len(b) == 0 {
			return err
		}
		for i := len(b) / 2; i < min(len(b)/2+40, len(b)); i++ {
			b[i] ^= 0xff
		}
		return os.WriteFile(file, b, 0o644)
	}},
	{"removed", func(file, _ string) error { return os.Remove(file) }},
	{"older", func(file, older string) error {
		b, err := os.ReadFile(older)
		if err != nil {
			return nil // there was none
		}
		return os.WriteFile(file, b, 0o644)
	}},
}

// filled makes a data folder of two steps, and a copy of what it was after the first. Of one that was killed the newest articles are in
// SQLite's log only.
func filled(t *testing.T, killed bool) (data, older string) {
	t.Helper()
	data, older = filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "older")
	files := t.TempDir()
	for i := range 4 {
		if i == 2 {
			if err := os.CopyFS(older, os.DirFS(data)); err != nil {
				t.Fatal(err)
			}
		}
		if i == 1 && killed { // while somebody reads, the log is not written back
			reader, err := archive.Open(t.Context(), data)
			if err != nil {
				t.Fatal(err)
			}
			defer reader.Close()
			if _, err := reader.Seq(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		text := fmt.Sprintf(" date 2025-11-1%d Келісім %d\nБірінші сөз n%d. %s", i, i, i, strings.Repeat("Университет Льеж университетімен келісімге қол қойды. ", 20))
		name := filepath.Join(files, fmt.Sprintf("a%d.txt", i))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if code, said := command(data, "index", name); code != 0 {
			t.Fatal(said)
		}
	}
	if killed {
		left := filepath.Join(t.TempDir(), "left")
		if err := os.CopyFS(left, os.DirFS(data)); err != nil {
			t.Fatal(err)
		}
		return left, older
	}
	return data, older
}

// dataFiles are the files of a data folder, by their names in it.
func dataFiles(t *testing.T, data string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(data, path)
		names = append(names, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// served is a site in this process, with its log.
type served struct {
	*site
	stop func()
	log  *logged
}

type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// serving begins to serve a data folder; the error is what «serve» says where it does not begin.
func serving(t *testing.T, data string) (*served, error) {
	return servingAt(t, data, pace{followEvery, slowest})
}

func servingAt(t *testing.T, data string, p pace) (*served, error) {
	t.Helper()
	return servingWith(t, data, p, func(*site) {})
}

// servingWith lets a site be changed before it follows its archive.
func servingWith(t *testing.T, data string, p pace, change func(*site)) (*served, error) {
	t.Helper()
	log := &logged{}
	a := &app{data: data, in: strings.NewReader(""), out: log, errOut: log, weights: index.DefaultWeights(), serving: serveOptions{answerTime: time.Minute}}
	s, err := a.open(t.Context())
	if err != nil {
		return nil, a.explainLock(err)
	}
	s.page() // as serve does
	s.pace = p
	change(s)
	ctx, cancel := context.WithCancel(t.Context())
	ready, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.follow(ctx, func() { close(ready) })
	}()
	<-ready
	var once sync.Once
	return &served{s, func() {
		once.Do(func() {
			cancel()
			<-ended
			_ = s.close()
		})
	}, log}, nil
}

func (s *served) get(path string) (int, string) {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

// right reports whether a search has the right answer: the four articles, each marked where it is damaged. An answer that says that
// there is none now is right, too, and says so.
func (s *served) right() (right, refused bool, why string) {
	code, body := s.get("/api/v1/search?q=келісім&size=10")
	if code != http.StatusOK {
		return code == http.StatusServiceUnavailable, true, fmt.Sprint(code, " ", body)
	}
	var found struct {
		Total int
		Hits  []struct{ ID, Title string }
	}
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		return false, false, err.Error()
	}
	for _, h := range found.Hits {
		code, page := s.get("/article/" + h.ID + "?hl=en")
		if code == http.StatusServiceUnavailable && (strings.Contains(page, "is being built") || strings.Contains(page, "restored from a backup")) {
			return true, true, page
		}
		if code == http.StatusOK && !strings.Contains(page, "Бірінші") || code != http.StatusOK && !strings.Contains(page, "is damaged in the archive") {
			return false, false, fmt.Sprintf("article %s: %d", h.ID, code)
		}
	}
	return found.Total == 4 && len(found.Hits) == 4, false, fmt.Sprintf("%d articles, %d hits", found.Total, len(found.Hits))
}

// Each file of the archive and the index is harmed in turn, stopped and while it is served: verify names it or what it belongs to, or
// the harm has changed nothing; serve answers rightly, heals, or says what to put back; and never fewer or other articles.
func TestHarmedFiles(t *testing.T) {
	data, older := filled(t, false)
	harmedFiles(t, data, older, dataFiles(t, data))
}

// A program that was killed leaves SQLite's log and the file beside it.
func TestHarmedFilesOfKilled(t *testing.T) {
	data, older := filled(t, true)
	if info, err := os.Stat(filepath.Join(data, "archive.sqlite-wal")); err != nil || info.Size() == 0 {
		t.Fatalf("there is no log: %v", err)
	}
	harmedFiles(t, data, older, []string{"archive.sqlite-wal", "archive.sqlite-shm"})
}

func harmedFiles(t *testing.T, data, older string, names []string) {
	t.Helper()
	counts := map[string]int{}
	soon := pace{look: 20 * time.Millisecond, retry: 100 * time.Millisecond}
	for _, name := range names {
		for _, harm := range harms {
			for _, live := range []bool{false, true} {
				if testing.Short() && !live {
					continue // opened afterwards all the same
				}
				what := fmt.Sprintf("%s %s, served %v", name, harm.name, live)
				if only := os.Getenv("KELISIM_HARM"); only != "" && !strings.Contains(what, only) {
					continue
				}
				began := time.Now()
				at := filepath.Join(t.TempDir(), "data")
				if err := os.CopyFS(at, os.DirFS(data)); err != nil {
					t.Fatal(err)
				}
				var s *served
				var err error
				if live {
					if s, err = servingAt(t, at, soon); err != nil {
						t.Fatal(err)
					}
				}
				before, _ := os.ReadFile(filepath.Join(at, name))
				if err := harm.do(filepath.Join(at, name), filepath.Join(older, name)); err != nil {
					t.Logf("%s: %v", what, err) // bleve has merged it away
					if s != nil {
						s.stop()
					}
					continue
				}
				after, err := os.ReadFile(filepath.Join(at, name))
				if err == nil && bytes.Equal(before, after) {
					if s != nil {
						s.stop()
					}
					continue
				}
				if live {
					counts[s.heals(t, what)]++
					s.stop()
				}
				code, said := command(at, "verify")
				unnamed := code == 0 || !strings.Contains(said, filepath.Base(name))
				s, err = servingAt(t, at, soon)
				if err != nil {
					counts["refused"]++
					if !strings.Contains(err.Error(), "ack") {
						t.Errorf("%s: serve does not say what to put back: %v", what, err)
					}
					if code == 0 {
						t.Errorf("%s: verify says nothing, serve %v", what, err)
					}
					continue
				}
				outcome := s.heals(t, what)
				counts[outcome]++
				if unnamed && !live && outcome != "right" {
					t.Errorf("%s: verify does not name it: %d %s", what, code, said)
				} else if unnamed && !live && name != filepath.Join("index", "CURRENT") {
					counts["unnamed"]++
					t.Logf("%s: not named, and all is right: %s", what, said)
				}
				s.stop()
				if took := time.Since(began); took > 5*time.Second {
					t.Logf("%s took %v", what, took.Round(time.Second))
				}
			}
		}
	}
	t.Logf("%v", counts)
}

// heals waits until a site answers rightly, and tells how it came to. One that goes on refusing must say what to put back. It waits for
// the site to have looked at its files twice since, however long a slow machine takes for that.
func (s *served) heals(t *testing.T, what string) string {
	t.Helper()
	const longest = 5 * time.Minute
	outcome, looks := "right", s.looks.Load()+2
	for began := time.Now(); ; time.Sleep(s.pace.look) {
		right, refused, why := s.right()
		if !right {
			t.Errorf("%s: %s\n%s", what, why, s.log)
			return "wrong"
		}
		if refused || s.engine.Stale() {
			outcome = "healed"
		}
		if s.looks.Load() >= looks {
			switch err := s.lost.Load(); {
			case err != nil && *err != nil:
				if !strings.Contains(s.log.String(), "ack") {
					t.Errorf("%s: the log does not say what to put back: %s", what, s.log)
				}
				return "told"
			case refused || s.engine.Stale():
			case strings.Contains(s.log.String(), "is damaged in the archive"):
				return "marked"
			default:
				return outcome
			}
		}
		if time.Since(began) > longest {
			t.Errorf("%s: not well: %s\n%s", what, why, s.log)
			return "ill"
		}
	}
}
