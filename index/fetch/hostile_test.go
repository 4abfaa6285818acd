package fetch_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"golang.org/x/text/encoding/charmap"

	"kelisim/index"
	"kelisim/index/fetch"
)

func rss(dtd, items string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + dtd + `<rss version="2.0"><channel><title>kx</title>` + items + `</channel></rss>`
}

func item(title, link string) string {
	return "<item><title>" + title + "</title><link>" + link + "</link><description>текст</description></item>"
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func brotlied(b []byte) []byte {
	var out bytes.Buffer
	z := brotli.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

// Feeds and pages that were made to do harm: the rows of hostile/ingest.tsv about them, and others of their kinds. Each gives the articles
// that it should, or an error; no forbidden address is ever asked for; and the feed behind it is read all the same.
func TestHostile(t *testing.T) {
	const ok = "https://news.example/1"
	var mu sync.Mutex
	asked := map[string]int{}
	var host string
	laughs := func() string {
		d := `<!DOCTYPE r [<!ENTITY a0 "ha">`
		for i := 1; i < 10; i++ {
			d += fmt.Sprintf(`<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
		}
		return rss(d+"]>", item("&a9;", ok))
	}
	links := func() (s string) {
		for _, l := range []string{"javascript:alert(1)", "file:///etc/passwd", "http://" + host + "/forbidden-link", "http://[::1]/forbidden", "http://0x7f000001/", "http://2130706433/",
			"http://127.1/", "http://169.254.169.254/latest/meta-data/", "http://user:pw@news.example/", "gopher://127.0.0.1:70/", "http://localhost.:22/", "http://news.example@127.0.0.1/",
			"//127.0.0.1/x", "http://[::ffff:127.0.0.1]/", "http://news.example:22/", "http://017700000001/", "http://0/", "http://127。0。0。1/", "http://[::ffff:7f00:1]:80/", "data:text/html,x", "\thttp://127.0.0.1/ ", "http://metadata.internal/"} {
			s += item("l", l)
		}
		return rss("", s)
	}
	many := rss("", strings.Repeat(item("ok", ok), 200_000))
	bombed := []byte(rss("", strings.Repeat(" ", 16<<20)))
	packed := map[string][]byte{"gzip": gzipped(bombed), "br": brotlied(bombed), "xml.gz": gzipped(bombed), "twice": gzipped(gzipped(bombed)), "small": gzipped([]byte(rss("", item("ok", ok)))), "small br": brotlied([]byte(rss("", item("ok", ok))))}
	cp1251, err := charmap.Windows1251.NewEncoder().String(strings.Replace(rss("", item("Соглашение университетов", ok)), "UTF-8", "windows-1251", 1))
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{
		"/ok.xml": rss("", item("ok", ok)), "/laughs.xml": laughs(), "/xxe.xml": rss(`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>`, item("&x;", ok)),
		"/param.xml": rss(`<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>`, item("x", ok)),
		"/deep.xml":  rss("", strings.Repeat("<a>", 200_000)), "/many.xml": many, "/badchar.xml": strings.Replace(rss("", item("\xff\xfe\x00", ok)), "UTF-8", "UTF-8", 1),
		"/badutf8.xml": rss("", item("\xc3\x28", ok)), "/cp1251.xml": cp1251, "/utf7.xml": strings.Replace(rss("", item("+ADw-script+AD4-", ok)), "UTF-8", "UTF-7", 1),
		"/cut.xml": strings.TrimSuffix(rss("", strings.Repeat(item("ok", ok), 3)), "iption>текст</description></item></channel></rss>"), "/html-as-feed": "<html><body>not a feed</body></html>",
		"/empty.xml": "", "/deep.json": `{"version":"https://jsonfeed.org/version/1.1","items":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}",
		"/json": `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","url":"` + ok + `","title":"ok","content_text":"x"}]}`,
	}
	pages := map[string]string{
		"/deep.html": strings.Repeat("<div>", 300_000), "/tables.html": strings.Repeat("<table><tr><td>", 100_000),
		"/script.html": "<html><title>ok</title><article><p>Соглашение<script>alert(1)</script><img src=x onerror=alert(1)></article>",
		"/canon.html":  `<html><title>ok</title><link rel="canonical" href="https://bank.example/1"><article><p>Соглашение университетов подписано</article>`,
	}
	host = serveFunc(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		head := w.Header()
		head.Set("Content-Type", "application/rss+xml")
		if b, ok := bodies[r.URL.Path]; ok {
			write(w, b)
			return
		}
		if b, ok := pages[r.URL.Path]; ok {
			head.Set("Content-Type", "text/html; charset=utf-8")
			write(w, b)
			return
		}
		var n int
		switch _, err := fmt.Sscanf(r.URL.Path, "/hop%d", &n); {
		case err == nil && n > 0:
			http.Redirect(w, r, fmt.Sprintf("/hop%d", n-1), http.StatusFound)
			return
		case err == nil:
			write(w, bodies["/ok.xml"])
			return
		}
		endless := func(root string) {
			write(w, root)
			for range 4000 {
				if _, err := w.Write(bytes.Repeat([]byte("<item/>"), 10_000)); err != nil {
					return
				}
			}
		}
		switch r.URL.Path {
		case "/robots.txt":
			head.Set("Content-Type", "text/plain")
			write(w, "User-agent: *\nCrawl-delay: oops\nDisallow: /private/\n")
		case "/private/page.html":
			write(w, "<html>private")
		case "/xxe-http.xml":
			write(w, rss(`<!DOCTYPE r SYSTEM "http://`+host+`/forbidden-dtd">`, item("ok", ok)))
		case "/attrs.xml":
			var b strings.Builder
			for i := range 100_000 {
				fmt.Fprintf(&b, `a%d="1" `, i)
			}
			write(w, rss("", "<item "+b.String()+"/>"))
		case "/links.xml":
			write(w, links())
		case "/refresh.html":
			head.Set("Content-Type", "text/html")
			write(w, `<html><meta http-equiv=refresh content="0;url=http://`+host+`/forbidden-refresh"><p>текст`)
		case "/gzip.xml":
			head.Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed["gzip"])
		case "/br.xml":
			head.Set("Content-Encoding", "br")
			_, _ = w.Write(packed["br"])
		case "/file.xml.gz":
			_, _ = w.Write(packed["xml.gz"])
		case "/twice.xml.gz":
			head.Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed["twice"])
		case "/stacked.xml":
			head.Set("Content-Encoding", "gzip, gzip")
			_, _ = w.Write(packed["twice"])
		case "/small.xml":
			head.Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed["small"])
		case "/small-br.xml":
			head.Set("Content-Encoding", "br")
			_, _ = w.Write(packed["small br"])
		case "/endless.xml":
			endless("")
		case "/endless-rss.xml":
			endless("<rss><channel>")
		case "/endless.html":
			head.Set("Content-Type", "text/html")
			endless("<html><body><p>")
		case "/bomb.html":
			head.Set("Content-Type", "text/html")
			head.Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed["gzip"])
		case "/picture.html":
			head.Set("Content-Type", "text/html")
			write(w, "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00", 1000))
		case "/film.html":
			head.Set("Content-Type", "video/mp4")
		case "/utf16.xml":
			var b []byte
			for _, u := range utf16.Encode([]rune("\ufeff" + strings.Replace(bodies["/ok.xml"], "UTF-8", "UTF-16", 1))) {
				b = append(b, byte(u), byte(u>>8))
			}
			_, _ = w.Write(b)
		case "/feed-as-page":
			head.Set("Content-Type", "text/html")
			write(w, bodies["/ok.xml"])
		case "/map.xml":
			write(w, "<urlset><url><loc>"+ok+"</loc></url><url><loc>http://"+host+"/forbidden-map</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>")
		case "/map-of-maps.xml":
			write(w, "<sitemapindex><sitemap><loc>http://"+host+"/forbidden-map</loc></sitemap></sitemapindex>")
		case "/list":
			head.Set("Content-Type", "text/html")
			write(w, `<base href="http://127.0.0.1/"><a href="/forbidden">x</a><a href="http://`+host+`/forbidden">y</a>`)
		case "/drip.xml":
			for range 100 {
				write(w, " ")
				w.(http.Flusher).Flush()
				select {
				case <-r.Context().Done():
					return
				case <-time.After(50 * time.Millisecond):
				}
			}
		case "/bighead.xml":
			for i := range 200 {
				head.Set(fmt.Sprintf("X-%d", i), strings.Repeat("a", 8000))
			}
			write(w, bodies["/ok.xml"])
		case "/loop":
			http.Redirect(w, r, "/loop?"+fmt.Sprint(time.Now().UnixNano()), http.StatusFound)
		case "/to-file":
			head.Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case "/to-loopback":
			head.Set("Location", "http://localhost"+host[strings.LastIndexByte(host, ':'):]+"/forbidden-redirect")
			w.WriteHeader(http.StatusFound)
		case "/to-meta":
			head.Set("Location", "http://169.254.169.254/latest/meta-data/")
			w.WriteHeader(http.StatusFound)
		case "/to-crlf":
			head.Set("Location", "/ok.xml%0d%0aX-Evil:1")
			w.WriteHeader(http.StatusFound)
		case "/to-private":
			head.Set("Location", "/private/page.html")
			w.WriteHeader(http.StatusFound)
		case "/png":
			head.Set("Content-Type", "image/png")
			write(w, "\x89PNG\r\n\x1a\n")
		case "/png-as-feed":
			write(w, "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00", 1000))
		case "/500.xml":
			w.WriteHeader(http.StatusInternalServerError)
		case "/429.xml":
			head.Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	w := newWorld(t, fetch.Options{Allow: []string{host}})
	for _, c := range []struct {
		row, path string
		articles  int
		err       string // in the error, "" none
		check     func(a index.Article) bool
	}{
		{"feed-1", "/ok.xml", 1, "", func(a index.Article) bool { return a.Title == "ok" && a.URL == ok && a.Body == "текст" }},
		{"feed-2", "/laughs.xml", 0, "entities", nil},
		{"feed-3", "/xxe.xml", 0, "entities", nil},
		{"feed-3: a parameter entity", "/param.xml", 0, "entities", nil},
		{"feed-4", "/xxe-http.xml", 1, "", nil},
		{"feed-5", "/deep.xml", 0, "one inside another", nil},
		{"feed-5: of JSON", "/deep.json", 0, "one inside another", nil},
		{"feed-6", "/many.xml", 1, "", nil},
		{"feed-7", "/attrs.xml", 0, "attributes", nil},
		{"feed-8", "/links.xml", 0, "", nil},
		{"feed-9", "/badchar.xml", 0, "zero byte", nil},
		{"feed-9: only bad UTF-8", "/badutf8.xml", 0, "is not UTF-8", nil},
		{"feed-10", "/cp1251.xml", 1, "", func(a index.Article) bool { return a.Title == "Соглашение университетов" }},
		{"feed-11", "/utf7.xml", 0, "not supported", nil},
		{"feed-12", "/cut.xml", 0, "it was cut", nil},
		{"feed-13", "/html-as-feed", 0, "not a feed: a web page", nil},
		{"feed-13: nothing", "/empty.xml", 0, "not a feed", nil},
		{"feed-14", "/gzip.xml", 0, "unpacked", nil},
		{"feed-14: brotli", "/br.xml", 0, "unpacked", nil},
		{"feed-14: a file", "/file.xml.gz", 0, "unpacked", nil},
		{"feed-14: packed twice", "/twice.xml.gz", 0, "unpacked", nil},
		{"feed-14: stacked", "/stacked.xml", 0, "not asked for", nil},
		{"packed", "/small.xml", 1, "", nil},
		{"packed with brotli", "/small-br.xml", 1, "", nil},
		{"a JSON feed", "/json", 1, "", nil},
		{"feed-15", "/endless.xml", 0, "not a feed", nil},
		{"feed-15: of a feed", "/endless-rss.xml", 0, "MiB", nil},
		{"feed-16", "/drip.xml", 0, "no whole answer", nil},
		{"feed-17", "/bighead.xml", 0, "limit", nil},
		{"feed-18", "/loop", 0, "more than 5", nil},
		{"feed-19", "/hop3", 1, "", nil},
		{"feed-20", "/hop20", 0, "more than 5", nil},
		{"feed-21", "/to-file", 0, "does not begin with http", nil},
		{"feed-22", "/to-loopback", 0, "no address of a public host", nil},
		{"feed-23", "/to-meta", 0, "no address of a public host", nil},
		{"feed-24", "/to-crlf", 0, "404", nil},
		{"robots.txt of a redirect", "/to-private", 0, "robots.txt forbids it", nil},
		{"feed-25", "/png", 0, "image/png", nil},
		{"feed-25: called a feed", "/png-as-feed", 0, "PNG", nil},
		{"feed-26", "/500.xml", 0, "500", nil},
		{"page-1", "/refresh.html", 1, "", nil},
		{"page-2", "/deep.html", 0, "512", nil},
		{"page-3", "/tables.html", 0, "512", nil},
		{"page-4", "/script.html", 1, "", func(a index.Article) bool { return !strings.Contains(a.Text(), "alert") }},
		{"a page that speaks for another site", "/canon.html", 1, "", func(a index.Article) bool { return a.URL == "http://"+host+"/canon.html" }},
		{"page: endless", "/endless.html", 0, "longer than", nil},
		{"page: packed to do harm", "/bomb.html", 0, "unpacked", nil},
		{"page: a picture", "/picture.html", 0, "PNG", nil},
		{"page: a film", "/film.html", 0, "video/mp4", nil},
		{"UTF-16", "/utf16.xml", 1, "", nil},
		{"a feed that is called a page", "/feed-as-page", 1, "", nil},
		{"map: links", "/map.xml", 0, "", nil},
		{"map: of maps", "/map-of-maps.xml", 0, "", nil},
		{"map: feed-2", "/laughs.xml?map", 0, "not a site map", nil},
		{"map: feed-14", "/file.xml.gz?map", 0, "unpacked", nil},
		{"list: links", "/list", 0, "", nil},
		{"page-5", "/private/page.html", 0, "robots.txt forbids it", nil},
		{"feed-27", "/429.xml", 0, "asks to be left alone until", nil},
	} {
		w2 := newWorld(t, w.options)
		w2.Client.Limits.Time = 2 * time.Minute
		if c.path == "/drip.xml" {
			w2.Client.Limits.Time = 500 * time.Millisecond // of the five seconds that it takes
		}
		kind := fetch.Feed
		match := ""
		switch {
		case strings.HasSuffix(c.path, ".html"):
			kind = fetch.Page
		case strings.HasPrefix(c.path, "/map") || strings.HasSuffix(c.path, "?map"):
			kind = fetch.Sitemap
		case c.path == "/list":
			kind, match = fetch.List, "."
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		got := w2.once(t, fetch.Source{Name: "hostile", Kind: kind, Match: match, Address: "http://" + host + c.path})[0]
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		if (got.Err == nil) != (c.err == "") || got.Err != nil && !strings.Contains(got.Err.Error(), c.err) {
			t.Errorf("%s: %v", c.row, got.Err)
		}
		if all := w2.articles(t); len(all) != c.articles {
			t.Errorf("%s: %+v %q", c.row, all, got.Warned)
		} else if c.check != nil && !c.check(all[0]) {
			t.Errorf("%s: %+v", c.row, all[0])
		}
		// Generous, since the machine is shared: what these bounds are for takes minutes and gigabytes.
		if took > 2*time.Minute {
			t.Errorf("%s: took %s", c.row, took)
		}
		if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 150<<20 {
			t.Errorf("%s: %d MiB more", c.row, grown>>20)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for path, n := range asked {
		if strings.HasPrefix(path, "/forbidden") || strings.HasPrefix(path, "/private") {
			t.Errorf("%s was asked for %d times", path, n)
		}
	}
	if asked["/500.xml"] != 3 || asked["/429.xml"] != 1 {
		t.Errorf("/500.xml was asked for %d times, /429.xml %d", asked["/500.xml"], asked["/429.xml"])
	}
}
