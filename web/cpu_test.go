package web_test

import (
	"net/url"
	"syscall"
	"testing"
)

// BenchmarkViews tells the processor time of each view on the seeds; the clock of a busy machine says little.
func BenchmarkViews(b *testing.B) {
	s := seedSite(b)
	for _, view := range []string{"table", "trend", "trend&by=month&split=country", "network", "map", "concordance&q=" + url.QueryEscape("келісім")} {
		b.Run(view, func(b *testing.B) {
			s.get(b, "/?tab="+view) // what is made once is no part of a page
			var before, after syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				s.get(b, "/?tab="+view)
			}
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
				b.Fatal(err)
			}
			used := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
			b.ReportMetric(float64(used)/1e6/float64(b.N), "cpu-ms/op")
		})
	}
}
