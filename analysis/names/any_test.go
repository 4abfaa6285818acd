package names_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// Whatever the text: spans stand at rune borders in order, say what stands there, and lie inside one another or apart.
func TestRecognizeAnything(t *testing.T) {
	table := names.Default()
	words := strings.Fields("Қазақстан университеті университеттері университет имени атындағы Л.Н. Гумилев КазНУ ПГУ (ПГУ) «МИФИ» филиал " +
		"филиалы Университет Института академии технологий и және мен , . « » ( ) Лодзи University of Twente and KIT Tallinn Қытайдың АҚШ доллары " +
		"ҚазҰУ-дың Горно-Алтайского государственных университетов \u00ad é İ 日本 \n - – 12 әл-Фараби школа мектебі орталығы")
	rapid.Check(t, func(rt *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(rt, "words"), rapid.SampledFrom([]string{" ", "", "\u00a0"}).Draw(rt, "gap"))
		source += rapid.StringN(0, 20, 80).Draw(rt, "tail")
		x := analysis.Read(source, "")
		ms := table.Recognize(x)
		for i, m := range ms {
			if m.Start >= m.End || m.End > len(source) || source[m.Start:m.End] != m.Surface || utf8.ValidString(source) && !utf8.ValidString(m.Surface) {
				rt.Fatalf("%q: mention %+v", source, m)
			}
			if m.First >= m.Last || m.Last > len(x.Tokens) || m.Key == "" || m.Kind == names.Institution && (m.Name == "" || m.Body == "") {
				rt.Fatalf("%q: mention %+v", source, m)
			}
			if i > 0 && ms[i-1].Start > m.Start {
				rt.Fatalf("%q: out of order: %+v, %+v", source, ms[i-1], m)
			}
			for _, o := range ms[:i] {
				if o.Start < m.Start && m.Start < o.End && o.End < m.End {
					rt.Fatalf("%q: %q crosses %q", source, o.Surface, m.Surface)
				}
			}
		}
	})
}

// Texts of one repeated word take time in step with their length.
func TestRecognizeRepeats(t *testing.T) {
	table := names.Default()
	for _, unit := range []string{"ПГУ ", "Л. ", "Қазақстан ", "Университет Лодзи и ", "новый ", "КазНУ (КазНУ) ", "University of Twente and ", "«", "Ыстамбұл, ", "атындағы ", "филиал КазНУ "} {
		x := analysis.Read(strings.Repeat(unit, 10_000), analysis.KK)
		start := time.Now()
		table.Recognize(x)
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%q 10,000 times takes %v", unit, d)
		}
	}
}
