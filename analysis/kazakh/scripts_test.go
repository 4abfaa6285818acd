package kazakh_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"kelisim/analysis/kazakh"
)

func ExampleFromLatin() {
	fmt.Println(kazakh.FromLatin("kelisim")[0], kazakh.FromLatin("kelısım")[0], kazakh.FromLatin("g'ylym")[0])
	// Output: келісім келісім ғылым
}

func ExampleFromArabic() {
	fmt.Println(kazakh.FromArabic("ٴبىلىم")[0])
	// Output: білім
}

func ExampleUnfold() {
	fmt.Println(kazakh.Unfold("казакстан")[0])
	// Output: қазақстан
}

// TestLettersAreLearnt holds the data file against its source.
func TestLettersAreLearnt(t *testing.T) {
	words, err := os.Open("data/kk-words.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer words.Close()
	var got bytes.Buffer
	if err := kazakh.LearnLetters(words, &got); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("scripts_letters.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Error("scripts_letters.tsv is not what LearnLetters makes of data/kk-words.tsv")
	}
}

func TestSearchIsBounded(t *testing.T) {
	for _, w := range []string{strings.Repeat("u", 119), strings.Repeat("a'", 50), strings.Repeat("у", 59), strings.Repeat("ngu", 39), "\xff", "", "'", strings.Repeat("a", 10000)} {
		for _, f := range []func(string) []string{kazakh.FromLatin, kazakh.FromArabic, kazakh.Unfold} {
			for _, c := range f(w) {
				if c == "" {
					t.Errorf("%q: an empty spelling", w)
				}
			}
		}
	}
}

func BenchmarkFromLatin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		kazakh.FromLatin("universitetterinin")
	}
}
