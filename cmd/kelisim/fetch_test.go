package main_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kelisim/index/archive"
)

// newsroom is a site with a feed on loopback; said is what its second article says.
func newsroom(t *testing.T, said *atomic.Value) (host string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := func(title, text string) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<html lang="kk"><body><h1>%s</h1><time class="published" datetime="2025-11-17">17</time><div class="article-body"><p>%s</p></div></body></html>`, title, text)
		}
		switch r.URL.Path {
		case "/rss":
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>Жаңалық</title><item><title>Бірінші</title><link>http://%[1]s/1</link></item><item><title>Екінші</title><link>http://%[1]s/2</link><description>%[2]v</description></item></channel></rss>`, r.Host, said.Load())
		case "/1":
			page("Бірінші жаңалық", "Тарту университеті мен ҚазҰУ ынтымақтастық туралы меморандумға қол қойды, құжат бес жылға есептелген.")
		case "/2":
			page("Екінші жаңалық", "Университетте халықаралық конференция өтті, оған "+said.Load().(string)+" адам қатысып, баяндама жасады деп хабарланды.")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

func writeConfig(t *testing.T, data, text string) {
	t.Helper()
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "kelisim.toml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A new user's way: a config file, fetch, search; what changes becomes a version; a source that fails is told by the exit code, the others
// are read; a folder is followed as sites are.
func TestFetch(t *testing.T) {
	var said atomic.Value
	said.Store("елу")
	host, data, inbox := newsroom(t, &said), t.TempDir(), t.TempDir()
	writeConfig(t, data, fmt.Sprintf("[fetch]\nallow = [%[1]q]\nallow_links = [%[1]q]\ndelay = \"1ms\"\n[[source]]\nname = \"news\"\nkind = \"feed\"\naddress = \"http://%[1]s/rss\"\n"+
		"[[source]]\nname = \"inbox\"\nkind = \"folder\"\naddress = %[2]q\n[[source]]\nname = \"broken\"\nkind = \"feed\"\naddress = \"http://%[1]s/nothing\"\n", host, inbox))
	note := filepath.Join(inbox, "a.txt")
	if err := os.WriteFile(note, []byte(" date 2025-11-01 Файлдан\nҚалтадағы файлдан оқылған мәтін."), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, errOut := kelisim(t, data, "fetch")
	if code != 1 || !strings.Contains(out, "news: 2 items, 2 pages asked for; added 2, changed 0") || !strings.Contains(out, "inbox: ") || !strings.Contains(errOut, "broken: the server answers 404") {
		t.Fatalf("exit code %d\n%s%s", code, out, errOut)
	}
	if found := must(t, data, "search", "меморандум"); !strings.Contains(found, "Бірінші жаңалық") {
		t.Errorf("what was fetched is not found: %s", found)
	}
	if found := must(t, data, "search", "қалтадағы"); !strings.Contains(found, "Файлдан") {
		t.Errorf("what lay in the folder is not found: %s", found)
	}
	if out := must(t, data, "fetch", "news", "inbox"); !strings.Contains(out, "news: 2 items, 0 pages asked for; added 0, changed 0") || !strings.Contains(out, "added 0, changed 0, unchanged 0") {
		t.Errorf("fetched again: %s", out)
	}
	said.Store("алпыс")
	if err := os.Remove(note); err != nil {
		t.Fatal(err)
	}
	if out := must(t, data, "fetch", "news"); !strings.Contains(out, "1 page asked for; added 0, changed 1") {
		t.Errorf("after a change: %s", out)
	}
	if code, _, errOut := kelisim(t, data, "fetch", "inbox"); code != 1 || !strings.Contains(errOut, "is it mounted?") {
		t.Errorf("an emptied folder: exit code %d, %s", code, errOut)
	}
	if code, _, errOut := kelisim(t, data, "fetch", "nobody"); code != 2 || !strings.Contains(errOut, "nobody") {
		t.Errorf("an unknown source: exit code %d, %s", code, errOut)
	}
	must(t, data, "verify")
}

// A service that begins with nothing but a config file feeds itself, says how its sources do, and goes on after a restart.
func TestServeFetch(t *testing.T) {
	var said atomic.Value
	said.Store("елу")
	host, data := newsroom(t, &said), t.TempDir()
	writeConfig(t, data, fmt.Sprintf("[serve]\nfetch = true\n[fetch]\nallow = [%[1]q]\nallow_links = [%[1]q]\ndelay = \"1ms\"\n[[source]]\nname = \"news\"\nkind = \"feed\"\naddress = \"http://%[1]s/rss\"\n", host))
	for range 2 {
		s := serve(t, data)
		deadline := time.Now().Add(patience)
		for {
			_, page := s.get("/sources?hl=en")
			_, list := s.get("/?hl=en&q=" + url.QueryEscape("меморандум"))
			if strings.Contains(string(page), "as it should be") && strings.Contains(string(list), "Бірінші жаңалық") {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("nothing came:\n%s\n%s", s.log, page)
			}
			time.Sleep(100 * time.Millisecond)
		}
		s.stop()
	}
}

// Killed while it fetches, it goes on where it was: no page is lost, none is archived twice.
func TestFetchKilled(t *testing.T) {
	const pages = 120
	var served atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path == "/list":
			w.Header().Set("ETag", `"same"`)
			if r.Header.Get("If-None-Match") == `"same"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			for i := range pages {
				fmt.Fprintf(w, `<a href="/n/%d">%d</a>`, i, i)
			}
		case strings.HasPrefix(r.URL.Path, "/n/"):
			served.Add(1)
			fmt.Fprintf(w, `<html><body><h1>Жаңалық %[1]s</h1><div class="article-body"><p>%[2]s</p></div></body></html>`, r.URL.Path, strings.Repeat("Университет туралы мәтін "+r.URL.Path+". ", 5))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(s.Close)
	host, data := strings.TrimPrefix(s.URL, "http://"), t.TempDir()
	writeConfig(t, data, fmt.Sprintf("[fetch]\nallow = [%[1]q]\nallow_links = [%[1]q]\ndelay = \"1ms\"\n[[source]]\nname = \"news\"\nkind = \"list\"\naddress = \"http://%[1]s/list\"\nmatch = \"/n/\"\n", host))
	for _, after := range []int64{1, 40, 60, 75} { // pages that it asks for before it is killed
		served.Store(0)
		cmd := exec.Command(program(t), "--data", data, "fetch")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = cmd.Wait(); close(ended) }()
		for deadline := time.Now().Add(patience); served.Load() < after && time.Now().Before(deadline); {
			select {
			case <-ended:
				deadline = time.Time{}
			case <-time.After(time.Millisecond):
			}
		}
		_ = cmd.Process.Kill()
		<-ended
	}
	if code, out, errOut := kelisim(t, data, "fetch"); code != 0 {
		t.Fatalf("exit code %d\n%s%s", code, out, errOut)
	}
	arch, err := archive.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer arch.Close()
	ids := 0
	if err := arch.Origins(t.Context(), func(id, _ string) {
		ids++
		if versions, err := arch.Versions(t.Context(), id); err != nil || len(versions) != 1 {
			t.Errorf("%s has %d versions, %v", id, len(versions), err)
		}
	}); err != nil || ids != pages {
		t.Errorf("%d articles of %d, %v", ids, pages, err)
	}
	must(t, data, "verify")
}
