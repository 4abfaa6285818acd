package names_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestOffices holds what is no place of learning but may have an agreement with one.
func TestOffices(t *testing.T) {
	table := names.Default()
	for _, c := range readTraps(t, "testdata/offices.txt") {
		var got []string
		for _, m := range table.Recognize(analysis.Read(c.text, "")) {
			if m.Kind == names.Institution && !m.Listed() {
				got = append(got, fmt.Sprintf("%s = %s", m.Surface, m.Body))
			}
		}
		slices.Sort(got)
		slices.Sort(c.want)
		switch same := slices.Equal(got, c.want); {
		case c.fault && same:
			t.Errorf("line %d: %q is right now: remove its mark", c.line, c.text)
		case !c.fault && !same:
			t.Errorf("line %d: %s\n got %q\nwant %q", c.line, c.text, got, c.want)
		}
	}
}

// What may be an office and is not sure enough to be told is surmised, behind what is told and with its doubt; it crosses nothing.
func TestSurmise(t *testing.T) {
	for text, want := range map[string]string{
		"Торайгыров Университет и Кварцит договорились о практике.":   "Торайгыров Университет, Кварцит?",
		"Есенов университеті әкімдікпен шартқа отырды.":               "Есенов университеті, әкімдікпен?",
		"Satbayev University и проект Petrofac заключили соглашение.": "Satbayev University, Petrofac?",
		"Посольство Японии и университет подписали договор.":          "Посольство Японии?",
	} {
		x := analysis.Read(text, "")
		var got []string
		all := names.Default().Surmise(x)
		for i, m := range all {
			if i > 0 && m.Doubt > 0 && all[i-1].Kind == names.Institution && m.Start < all[i-1].End && all[i-1].Start < m.End {
				t.Errorf("%s: %q crosses %q", text, m.Surface, all[i-1].Surface)
			}
			switch {
			case m.Kind == names.Country:
			case m.Doubt > 0:
				got = append(got, m.Surface+"?")
			default:
				got = append(got, m.Surface)
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %s, want %s", text, s, want)
		}
		if told := names.Default().Recognize(x); len(told) != len(names.Told(all)) || slices.ContainsFunc(told, func(m names.Mention) bool { return m.Doubt > 0 }) {
			t.Errorf("%s: %d mentions are told, %d of those that are surmised", text, len(told), len(names.Told(all)))
		}
	}
}
