package analysis_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"kelisim/analysis"
)

func ExampleSimilarity() {
	fmt.Println(analysis.Sound("инновация"), analysis.Sound("innovation"))
	fmt.Printf("%.2f %.2f\n", analysis.Similarity("университет", "university"), analysis.Similarity("ректор", "bachelor"))
	// Output:
	// inovatsi inovatsi
	// 0.78 0.25
}

// TestSimilarity holds pairs of similar.txt above or below a bound.
func TestSimilarity(t *testing.T) {
	table(t, "similar.txt", func(line string) (string, string) {
		f := strings.Fields(line) // word, word, < or >, bound
		bound, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		got := analysis.Similarity(f[0], f[1])
		if back := analysis.Similarity(f[1], f[0]); back != got {
			t.Errorf("%s: %.2f one way, %.2f the other", line, got, back)
		}
		if f[2] == ">" && got >= bound || f[2] == "<" && got < bound {
			return "", ""
		}
		return fmt.Sprintf("%.2f", got), f[2] + " " + f[3]
	})
}

func FuzzSimilarity(f *testing.F) {
	f.Add("инновация", "innovation")
	f.Add("", "\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		if s := analysis.Similarity(a, b); s < 0 || s > 1 {
			t.Errorf("%q, %q: %f", a, b, s)
		}
		if analysis.Similarity(a, a) != 1 {
			t.Errorf("%q is not like itself", a)
		}
	})
}

func BenchmarkSimilarity(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		analysis.Similarity("инновация", "innovation")
	}
}

// One word against a vocabulary whose sounds are known.
func BenchmarkAlike(b *testing.B) {
	x, y := analysis.Sound("университет"), analysis.Sound("innovation")
	b.ReportAllocs()
	for b.Loop() {
		analysis.Alike(x, y)
	}
}
