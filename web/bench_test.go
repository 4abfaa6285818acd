package web_test

import (
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
)

// BenchmarkPages is the time of the server for a page of the seeds, and what it weighs.
func BenchmarkPages(b *testing.B) {
	s := seedSite(b)
	for name, address := range map[string]string{
		"search": "/?q=%D0%BA%D0%B5%D0%BB%D1%96%D1%81%D1%96%D0%BC", "agreements": "/agreements", "table": "/?tab=table", "wide-table": "/?tab=table&rows=institution&cols=country&min_confidence=0.45",
		"article": "/article/002_14cb3ffd79eb1075?q=%D0%BA%D0%B5%D0%BB%D1%96%D1%81%D1%96%D0%BC", "institution": "/institution/ror:03q0vrn42", "compare": "/compare?country=CN&country=EE", "first": "/",
	} {
		b.Run(name, func(b *testing.B) {
			size, began := 0, cpuTime()
			for b.Loop() {
				w := httptest.NewRecorder()
				s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
				if w.Code != http.StatusOK {
					b.Fatalf("status %d", w.Code)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size)/1000, "kB")
			b.ReportMetric((cpuTime()-began)*1000/float64(b.N), "cpu-ms/op") // others may be busy on the machine
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
