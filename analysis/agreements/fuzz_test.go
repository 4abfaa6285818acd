package agreements_test

import (
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/agreements/claims"
	"kelisim/analysis/names"
)

// FuzzFind: whatever a text is, what is read out of it quotes it, with a confidence between 0 and 1.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"КазНУ и Варшавский университет подписали меморандум 12 апреля 2024 года.", "Л.Н. Гумилев атындағы ЕҰУ мен Пекин университеті қос диплом туралы келісімге қол қойды.",
		"Nazarbayev University signed an agreement with Duke University.", "ЖОО мың үш жүз меморандумға қол қойды. 20-дан астам құжат", "Филиал МГУ открылся — в Астане. Не подписал.",
		"подписали подписали подписали", "31.02.2024 – 99 мая", "\xff келісім",
	} {
		f.Add(s, uint8(0))
	}
	table := names.Default()
	f.Fuzz(func(t *testing.T, s string, prior uint8) {
		if len(s) > 4000 {
			return
		}
		x := analysis.Read(s, []analysis.Lang{"", analysis.KK, analysis.RU, analysis.EN}[prior%4])
		for _, a := range agreements.Find(x, table.Surmise(x), "2025-11-17") {
			for _, e := range a.Evidence {
				if e.Start < 0 || e.End > len(s) || e.Start >= e.End || s[e.Start:e.End] != e.Quote || e.Confidence < 0 || e.Confidence > 1 {
					t.Fatalf("%q: %+v", s, e)
				}
			}
		}
		for _, c := range claims.Find(x) {
			if c.Start < 0 || c.End > len(s) || c.Start >= c.End || c.Number == "" {
				t.Fatalf("%q: %+v", s, c)
			}
		}
	})
}
