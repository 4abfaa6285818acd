package russian_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"kelisim/analysis/russian"
)

// BenchmarkStems reads the words of stems.txt over and over, as running text repeats its words.
func BenchmarkStems(b *testing.B) {
	words := load(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		russian.Stems(words[i%len(words)])
	}
}

// BenchmarkStemsNew reads words that were not met before: each is known, or guessed from its ending.
func BenchmarkStemsNew(b *testing.B) {
	words := load(b)
	var more []string
	for _, p := range words {
		for _, w := range words {
			more = append(more, p+"-"+w)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		russian.Stems(more[i%len(more)])
	}
}

func load(b *testing.B) []string {
	f, err := os.Open("testdata/stems.txt")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var words []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if l := strings.TrimPrefix(s.Text(), "! "); l != "" && l[0] != '#' {
			words = append(words, strings.Fields(l)[0])
		}
	}
	return words
}
