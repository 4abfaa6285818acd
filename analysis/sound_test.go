package analysis_test

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"kelisim/analysis"
)

func TestSound(t *testing.T) {
	for _, same := range [][]string{
		{"қазақстан", "казакстан", "qazaqstan", "kazakstan"}, {"меморандум", "memorandum"}, {"университет", "universitet"},
		{"жетісу", "жетису", "zhetisu"}, {"шымкент", "shymkent", "şymkent"}, {"хабаровск", "khabarovsk"},
	} {
		for _, w := range same[1:] {
			if a, b := analysis.Sound(same[0]), analysis.Sound(w); a != b {
				t.Errorf("%s sounds %s, %s sounds %s", same[0], a, w, b)
			}
		}
	}
	if s := analysis.Sound("北京"); s != "北京" {
		t.Errorf("another script becomes %s", s)
	}
}

func ExampleSound() {
	fmt.Println(analysis.Sound("инновация"), analysis.Sound("innovation"))
	// Output: inovatsi inovatsi
}

func FuzzSound(f *testing.F) {
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, word string) {
		if once := analysis.Sound(word); utf8.ValidString(word) && !utf8.ValidString(once) {
			t.Errorf("%q sounds %q", word, once)
		}
	})
}
