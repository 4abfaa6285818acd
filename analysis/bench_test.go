package analysis_test

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"kelisim/analysis"
)

// corpus is the seed articles, repeated: running text with its many repetitions, as an index sees it.
func corpus(tb testing.TB) string {
	tb.Helper()
	var b strings.Builder
	files, err := os.ReadDir("../seeds")
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".txt") {
			text, err := os.ReadFile("../seeds/" + f.Name())
			if err != nil {
				tb.Fatal(err)
			}
			b.Write(text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	text := corpus(b)
	words := len(analysis.Read(text, "").Tokens)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	start := spent()
	for b.Loop() {
		analysis.Read(text, "")
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
	b.ReportMetric(float64(words*b.N)/(spent()-start).Seconds(), "words/cpu-s")
}

// spent is the processor time of this process: a machine that others use, too, makes the wall clock lie.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkSplit(b *testing.B) {
	text := corpus(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		analysis.Split(text)
	}
}

func BenchmarkQueryTerms(b *testing.B) {
	toks := analysis.Split("келісімдерінің договор memorandum казакстан")
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range toks {
			analysis.QueryTerms(t)
		}
	}
}
