package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"kelisim/index"
	"kelisim/index/enginetest"
)

// BenchmarkPages is the processor's time for each kind of page of the seeds, and what it weighs: once what is made once is there, and
// before (cold), as for an article nobody read before. The clock of a busy machine would say little.
func BenchmarkPages(b *testing.B) {
	s := seedSite(b)
	word := url.QueryEscape("келісім")
	for _, p := range []struct{ name, address string }{
		{"first", "/"}, {"search", "/?q=" + word}, {"filtered", "/?q=" + word + "&status=signed&country=-CN&from=2025"}, {"agreements", "/agreements"},
		{"article", "/article/002_14cb3ffd79eb1075?q=" + word}, {"versions", "/article/002_14cb3ffd79eb1075/versions"},
		{"institution", "/institution/ror:03q0vrn42"}, {"country", "/country/CN"}, {"compare", "/compare?country=CN&country=EE"},
		{"table", "/?tab=table"}, {"wide-table", "/?tab=table&rows=institution&cols=country&min_confidence=0.45"},
		{"trend", "/?tab=trend"}, {"split-trend", "/?tab=trend&by=month&split=country"}, {"network", "/?tab=network"}, {"map", "/?tab=map"},
		{"concordance", "/?tab=concordance&q=" + word}, {"facet", "/?more=institution"}, {"nothing", "/?q=" + url.QueryEscape("нетаких")}, {"help", "/help"}, {"about", "/about"},
		{"api", "/api/v1/search?q=" + word}, {"feed", "/feed.atom?q=" + word},
	} {
		b.Run(p.name, func(b *testing.B) {
			began := cpuTime()
			s.get(b, p.address)
			cold := cpuTime() - began
			s.get(b, p.address)
			size := 0
			began = cpuTime()
			for b.Loop() {
				w := s.get(b, p.address)
				if w.Code != http.StatusOK {
					b.Fatalf("status %d", w.Code)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size)/1000, "kB")
			b.ReportMetric((cpuTime()-began)*1000/float64(b.N), "cpu-ms/op") // others may be busy on the machine
			b.ReportMetric(cold*1000, "cold-cpu-ms")
		})
	}
}

// BenchmarkStories is the processor's time of a page on which every fourth hit has two others below it, and of the same without stories.
func BenchmarkStories(b *testing.B) {
	var all []index.Article
	for i := range 240 {
		a := enginetest.Article(7, i)
		a.Published = index.Day(20000 + i/4)
		all = append(all, a)
		for k := range (i % 4) / 3 * 2 { // two copies of each fourth
			a := a
			a.ID, a.URL, a.Outlet = fmt.Sprint(a.ID, "-", k), fmt.Sprint(a.URL, "-", k), "Zakon.kz"
			a.Body += "\nТолығырақ сайтта."
			all = append(all, a)
		}
	}
	s, err := siteOf(nil, all)
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range []string{"&sort=oldest", "&q=" + url.QueryEscape("университет")} {
		b.Run(strings.Trim(q, "&")[:1], func(b *testing.B) {
			var took [2]float64
			for i := 0; b.Loop(); i++ { // in turn: a busy machine is as busy for both
				for group := range took {
					began := cpuTime()
					if w := s.get(b, fmt.Sprint("/?group=", group, q)); w.Code != http.StatusOK {
						b.Fatalf("status %d", w.Code)
					}
					if i > 0 {
						took[group] += cpuTime() - began
					}
				}
			}
			b.ReportMetric(took[0]*1000/float64(b.N), "apart-cpu-ms")
			b.ReportMetric(took[1]*1000/float64(b.N), "folded-cpu-ms")
		})
	}
}

// cpuTime is what this process has taken of the processors, in seconds.
func cpuTime() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
