package english_test

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"kelisim/analysis/english"
)

func Example() {
	for _, w := range []string{"universities", "university", "universal", "signed", english.Unaccent("liège")} {
		fmt.Println(w, english.Stems(w)[0])
	}
	// Output:
	// universities university
	// university university
	// universal universal
	// signed sign
	// liege lieg
}

func TestStems(t *testing.T) {
	for _, same := range [][]string{
		{"university", "universities"}, {"agreement", "agreements"}, {"sign", "signed", "signing", "signs"},
		{"memorandum", "memorandums"}, {"programme", "programmes"}, {"rector", "rectors", "rector's"}, {"science", "sciences"},
	} {
		for _, w := range same {
			if got, want := english.Stems(w)[0], english.Stems(same[0])[0]; got != want {
				t.Errorf("%s → %s, %s → %s", w, got, same[0], want)
			}
		}
	}
	for _, apart := range [][2]string{{"university", "universe"}, {"police", "policy"}, {"news", "new"}, {"general", "generate"}, {"business", "busy"}} {
		if english.Stems(apart[0])[0] == english.Stems(apart[1])[0] {
			t.Errorf("%s and %s share a stem", apart[0], apart[1])
		}
	}
}

func FuzzStems(f *testing.F) {
	for _, w := range []string{"", "'s", "a", "ß", "liège", "\xff", "qaz'", "universities"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, w string) {
		if utf8.ValidString(w) && w != "" && (len(english.Stems(w)) == 0 || english.Stems(w)[0] == "" || english.Unaccent(w) == "") {
			t.Errorf("%q: %q", w, english.Stems(w))
		}
	})
}
