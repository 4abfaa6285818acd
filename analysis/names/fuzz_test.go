package names_test

import (
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// FuzzRecognize: whatever a text is, mentions lie in it, at rune borders, in order, and have a key.
func FuzzRecognize(f *testing.F) {
	for _, s := range []string{
		"Мәскеу мемлекеттік университетінде сөз сөйледі.", "Студент университета имени Ш. Есенова (Казахстан).", "Rector of Charles University and «Lancaster University»",
		"ҚР БҒМ, ҚазҰУ-дың", "институт институт институт", "«»", "Университет\u00ad\u200b \xff\xd0", "имени имени", "А. А. А. университеті мен", "University of of the",
	} {
		f.Add(s, uint8(0))
	}
	table := names.Default()
	f.Fuzz(func(t *testing.T, s string, prior uint8) {
		if len(s) > 4000 {
			return
		}
		borders := map[int]bool{len(s): true} // a byte that is no letter's is one by itself
		for i := range s {
			borders[i] = true
		}
		x := analysis.Read(s, []analysis.Lang{"", analysis.KK, analysis.RU, analysis.EN}[prior%4])
		last := 0
		for _, m := range table.Recognize(x) {
			if m.Start < last && m.How != "inside" && m.How != "city" || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("%q: mention %+v", s, m)
			}
			last = max(last, m.Start)
			if m.Key == "" || !borders[m.Start] || !borders[m.End] {
				t.Fatalf("%q: mention %+v", s, m)
			}
		}
	})
}
