package words

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kelisim/analysis"
)

// A list finds what looking through all its patterns finds, however few letters they begin with.
func TestFindIsLookingThroughAll(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[аш]{1,4}`)
		list, all := List{}, []*pattern{}
		for range rapid.IntRange(1, 12).Draw(t, "patterns") {
			words := rapid.StringMatching(`[аш]{2,4}\*?(/[аш]{2,4}|/[аш]{2,3}\*[аш]?)?( ~1)?( [аш]{1,3}\*?)?`).Draw(t, "pattern")
			words = strings.TrimSuffix(words, " ~1")
			value := []string{words}
			ending := func(string) bool { return true }
			if rapid.Bool().Draw(t, "plain") {
				ending = nil
			}
			one := List{}
			for _, l := range []List{list, one} {
				if err := l.Add(words, value, ending); err != nil {
					t.Fatal(err)
				}
			}
			for _, ps := range one {
				all = append(all, ps[0])
				break
			}
		}
		text := analysis.Read(strings.Join(rapid.SliceOfN(word, 1, 8).Draw(t, "words"), " "), analysis.KK)
		line := NewLine(text, nil)
		for i := range line.Forms {
			var want Hit
			ok := false
			for _, p := range all {
				last, rest := p.match(line, 0, i, len(line.Forms))
				if last > want.Last {
					want, ok = Hit{i, last, p.value, rest}, true
				} else if last > 0 && last == want.Last && rest != "" && len(rest) < len(want.Ending) {
					want = Hit{i, last, p.value, rest}
				}
			}
			got, is := list.Find(line, i, len(line.Forms))
			if is != ok || !reflect.DeepEqual(got, want) {
				t.Fatalf("at %q: %+v %v, want %+v %v", line.Forms[i:], got, is, want, ok)
			}
			if ok {
				found++
			}
		}
	})
	if found == 0 {
		t.Error("nothing was found")
	}
}
