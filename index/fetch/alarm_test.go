package fetch_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/fetch"
)

// A source that goes silent, because it fails or has nothing new, is told once, also over a restart, and once when it is back.
func TestAlarm(t *testing.T) {
	broken, items := false, item("бір", "https://news.example/1")
	host := serveFunc(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		case broken:
			w.WriteHeader(http.StatusBadGateway)
		default:
			w.Header().Set("Content-Type", "application/rss+xml")
			write(w, rss("", items))
		}
	})
	w := newWorld(t, fetch.Options{Allow: []string{host}})
	source := fetch.Source{Name: "news", Kind: fetch.Feed, Address: "http://" + host + "/rss", Text: "feed", Every: fetch.Duration(time.Hour), Silent: fetch.Duration(48 * time.Hour)}
	health := func() index.Health {
		all, err := w.archive.Sources(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		return all[0]
	}
	go4 := func(hours int) {
		t.Helper()
		w.until(t, []fetch.Source{source}, w.clock.Now().Add(time.Duration(hours)*time.Hour))
		w.restart(t)
	}
	for _, step := range []struct {
		does          string
		hours         int
		silent        bool
		alarms, backs int
	}{
		{"reads", 3, false, 0, 0},
		{"fails", 2, false, 0, 0},
		{"fails for long", 4, true, 1, 0},
		{"fails for longer", 10, true, 1, 0},
		{"is back", 1, false, 1, 1},
		{"has nothing new", 50, true, 2, 1},
		{"has news", 2, false, 2, 2},
	} {
		broken = strings.HasPrefix(step.does, "fails")
		if step.does == "has news" {
			items += item("екі", "https://news.example/2")
		}
		go4(step.hours)
		h := health()
		alarms, backs := strings.Count(w.log.String(), "level=ERROR msg=\"a source went silent\""), strings.Count(w.log.String(), "a source is back")
		if h.Silent.IsZero() == step.silent || alarms != step.alarms || backs != step.backs || (h.Failed > 0) != broken {
			t.Errorf("it %s: %+v, %d alarms, %d times back\n%s", step.does, h, alarms, backs, w.log)
		}
	}
}

// A host that asks for much time between two requests does not keep the other sources waiting.
func TestTurn(t *testing.T) {
	const pages = 300
	host := serveFunc(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			write(w, "User-agent: *\nCrawl-delay: 10\n")
		case "/list":
			w.Header().Set("Content-Type", "text/html")
			for i := range pages {
				write(w, `<a href="/n/`+strings.Repeat("1", 1+i%7)+string(rune('a'+i/7%26))+string(rune('a'+i/182))+`">x</a>`)
			}
		default:
			w.Header().Set("Content-Type", "text/html")
			write(w, `<html><body><h1>Тақырып</h1><div class="article-body"><p>`+strings.Repeat("Мәтін "+r.URL.Path+". ", 10)+`</p></div></body></html>`)
		}
	})
	w := newWorld(t, fetch.Options{Allow: []string{host}, AllowLinks: []string{host}})
	slow := fetch.Source{Name: "slow", Kind: fetch.List, Address: "http://" + host + "/list", Match: "/n/", Every: fetch.Duration(time.Hour)}
	began, rounds := w.clock.Now(), 0
	w.until(t, []fetch.Source{slow}, began.Add(time.Minute))
	if took := w.clock.Now().Sub(began); took > 15*time.Minute {
		t.Errorf("its turn took %s", took)
	}
	for ; rounds < 10 && len(w.articles(t)) < pages; rounds++ {
		w.until(t, []fetch.Source{slow}, w.clock.Now().Add(time.Hour))
	}
	if n := len(w.articles(t)); n != pages {
		t.Errorf("%d of %d pages after %d rounds", n, pages, rounds)
	}
}

// A list that says of all its pages at every time that they changed makes nobody ask for them at every time; and a source that got
// another name goes on with what it had.
func TestRestlessAndRenamed(t *testing.T) {
	asked, said := map[string]int{}, "бір"
	w := newWorld(t, fetch.Options{})
	var host string
	host = serveFunc(t, func(rw http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		switch r.URL.Path {
		case "/robots.txt":
			rw.WriteHeader(http.StatusNotFound)
		case "/sitemap.xml":
			write(rw, `<urlset><url><loc>http://`+host+`/n/1</loc><lastmod>`+w.clock.Now().Format(time.RFC3339)+`</lastmod></url></urlset>`)
		default:
			rw.Header().Set("Content-Type", "text/html")
			write(rw, `<html><body><h1>Тақырып</h1><div class="article-body"><p>`+strings.Repeat("Мәтін "+said+". ", 20)+`</p></div></body></html>`)
		}
	})
	w.options = fetch.Options{Allow: []string{host}, AllowLinks: []string{host}}
	w.restart(t)
	source := fetch.Source{Name: "old", Kind: fetch.Sitemap, Address: "http://" + host + "/sitemap.xml", Every: fetch.Duration(15 * time.Minute)}
	w.until(t, []fetch.Source{source}, w.clock.Now().Add(6*time.Hour))
	if n := asked["/n/1"]; n < 4 || n > 8 {
		t.Errorf("in six hours the page was asked for %d times", n)
	}
	w.restart(t)
	source.Name, said = "new", "екі"
	w.Names = []string{"new"}
	w.until(t, []fetch.Source{source}, w.clock.Now().Add(2*time.Hour))
	all := w.articles(t)
	if len(all) != 1 || !strings.Contains(all[0].Body, "екі") {
		t.Errorf("under its new name: %+v", all)
	}
}
