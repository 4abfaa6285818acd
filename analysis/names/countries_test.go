package names_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestCountries scores countries in Kazakh news sentences: name, what names a country itself; place, also foreign cities
// and regions. What a sentence marks neutral is neither demanded nor punished, nor is what the other levels name.
func TestCountries(t *testing.T) {
	data, err := os.ReadFile("testdata/countries-dev.tsv")
	if err != nil {
		t.Fatal(err)
	}
	table := names.Default()
	var name, place tally
	for line := range strings.Lines(string(data)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(c) != 6 || c[0] == "id" {
			continue
		}
		var got []string
		for _, m := range table.Recognize(analysis.Read(c[5], analysis.KK)) {
			if m.Kind == names.Country && m.Key != names.Home && !slices.Contains(got, m.Key) {
				got = append(got, m.Key)
			}
		}
		named, free := codes(c[1]), slices.Concat(codes(c[2]), codes(c[4]))
		placed := slices.Concat(named, codes(c[3]))
		name.add(named, slices.Concat(free, placed), got)
		place.add(placed, free, got)
	}
	t.Logf("name F1 %.4f, place F1 %.4f", name.f1(), place.f1())
	if name.f1() < .985 || place.f1() < .975 {
		t.Errorf("name F1 %.4f, place F1 %.4f; want .985 and .975", name.f1(), place.f1())
	}
}

type tally struct{ told, right, wanted, found int }

func (t *tally) add(want, free, got []string) {
	for _, k := range got {
		if slices.Contains(want, k) {
			t.told++
			t.right++
		} else if !slices.Contains(free, k) {
			t.told++
		}
	}
	for _, k := range want {
		if k == names.Home {
			continue
		}
		if slices.Contains(got, k) {
			t.wanted++
			t.found++
		} else if !slices.Contains(free, k) || slices.Contains(want, k) {
			t.wanted++
		}
	}
}

func (t *tally) f1() float64 {
	p, r := float64(t.right)/float64(t.told), float64(t.found)/float64(t.wanted)
	return 2 * p * r / (p + r)
}

func codes(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
