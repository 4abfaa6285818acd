package lexicon_test

import (
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
)

// BenchmarkLoad is what the first question pays.
func BenchmarkLoad(b *testing.B) {
	start := spent()
	for b.Loop() {
		if _, err := lexicon.Load(lexicon.Builtin()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((spent()-start).Milliseconds())/float64(b.N), "cpu-ms")
}

// spent is the processor time of this process: a machine that others use, too, makes the wall clock lie.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkHeap tells what stays in memory.
func BenchmarkHeap(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		l, err := lexicon.Load(lexicon.Builtin())
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(l)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
}

// BenchmarkExpand asks for the words of the seeds, line by line.
func BenchmarkExpand(b *testing.B) {
	lines, n := seedWords(b)
	l := lexicon.Default()
	b.ReportAllocs()
	start := spent()
	for b.Loop() {
		for _, words := range lines {
			l.Expand(words)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n*b.N), "µs/word")
	b.ReportMetric(float64((spent()-start).Microseconds())/float64(n*b.N), "cpu-µs/word")
}

// seedWords are the terms of the seeds' words as a reader types them, line by line, and how many words there are.
func seedWords(tb testing.TB) (lines [][][]string, n int) {
	tb.Helper()
	entries, err := os.ReadDir("../../seeds")
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".txt") {
			continue
		}
		data, err := os.ReadFile("../../seeds/" + e.Name())
		if err != nil {
			tb.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			words := terms(line)
			lines, n = append(lines, words), n+len(words)
		}
	}
	return lines, n
}

// terms are the index terms of each word of what is typed.
func terms(typed string) (words [][]string) {
	for _, t := range analysis.Split(typed) {
		words = append(words, analysis.QueryTerms(t))
	}
	return words
}
