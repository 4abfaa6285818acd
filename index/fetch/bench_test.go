package fetch_test

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kelisim/index/fetch"
	"kelisim/index/source"
)

// BenchmarkPages follows a site map of 10,000 pages on a server of this machine (which takes part of the time) from nothing to archived
// articles. Half of the pages have a body that a rule knows; for the other half go-trafilatura has to look for it.
func BenchmarkPages(b *testing.B) {
	const pages = 10_000
	menu := `<nav><ul>` + strings.Repeat(`<li><a href="/x">Жаңалықтар тізімі</a></li>`, 60) + `</ul></nav>`
	foot := `<footer>` + strings.Repeat(`<p><a href="/y">Сайт туралы мәлімет</a></p>`, 30) + `</footer>`
	var served atomic.Int64
	var host string
	host = serveFunc(b, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		case r.URL.Path == "/sitemap.xml":
			write(w, "<urlset>")
			for i := range pages {
				write(w, fmt.Sprintf("<url><loc>http://%s/news/%d</loc></url>", host, i))
			}
			write(w, "</urlset>")
		default:
			n := served.Add(1)
			box := "article-body"
			if n%2 == 0 {
				box = "zzz"
			}
			s := story{site: "x", path: r.URL.Path}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			write(w, `<!DOCTYPE html><html lang="kk"><head><title>`+s.title(1)+`</title><style>`+strings.Repeat("a{b:c}", 500)+`</style></head><body>`+menu+`<h1>`+s.title(1)+`</h1><div class="`+box+`"><p>`+
				strings.Repeat(strings.Join(s.paragraphs(1), "</p><p>")+"</p><p>", 4)+`</p></div>`+foot)
		}
	})
	for b.Loop() {
		w := newWorld(b, fetch.Options{Allow: []string{host}, AllowLinks: []string{host}, Delay: 1, Streams: 4})
		w.Follower.Client = fetch.NewClient(w.options, "bench", fetch.Wall{}, nil)
		w.Reader = source.Web{Now: fetch.Wall{}.Now}
		before, began := cpu(b), time.Now()
		got := w.once(b, fetch.Source{Name: "bench", Kind: fetch.Sitemap, Address: "http://" + host + "/sitemap.xml", Items: pages, Pages: pages})[0]
		took, used := time.Since(began), cpu(b)-before
		if got.Err != nil || got.Counts.Added != pages {
			b.Fatalf("%+v", got)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(pages/took.Seconds(), "pages/s")
		b.ReportMetric(float64(used.Microseconds())/1000/pages, "cpu-ms/page")
		b.ReportMetric(float64(m.Sys)/(1<<20), "MiB")
	}
}

// cpu is what this process has used, the server in it too.
func cpu(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
