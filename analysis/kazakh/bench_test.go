package kazakh

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
)

// runningWords are the training list's words, each as often as it was counted, mixed as text mixes them.
func runningWords(tb testing.TB) []string {
	f, err := os.Open("data/kk-words.tsv")
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var words []string
	for s := bufio.NewScanner(f); s.Scan(); {
		w, n, _ := strings.Cut(s.Text(), "\t")
		k, _ := strconv.Atoi(n)
		for range max(1, k) {
			words = append(words, strings.Clone(w))
		}
	}
	for i := range words { // a fixed shuffle
		j := i * 7919 % len(words)
		words[i], words[j] = words[j], words[i]
	}
	return words
}

// Running text: most words were seen before.
func BenchmarkStemsRunning(b *testing.B) {
	words := runningWords(b)
	Stems("сөз")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Stems(words[i%len(words)])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// Words that the cache never holds.
func BenchmarkStemsUncached(b *testing.B) {
	words := runningWords(b)
	m := theModel()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		stemsOf(m, words[i%len(words)])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(modelText); err != nil {
			b.Fatal(err)
		}
	}
}
