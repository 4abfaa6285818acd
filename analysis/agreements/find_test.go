package agreements_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/agreements/claims"
	"kelisim/analysis/names"
)

func seed(t testing.TB, n string) string {
	t.Helper()
	paths, err := filepath.Glob("../../seeds/" + n + "_*.txt")
	if err != nil || len(paths) != 1 {
		t.Fatalf("seed %s: %v %v", n, paths, err)
	}
	raw, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(raw[len(" date 2025-09-02 "):])
}

// One document of several sides is one record; a list of pairs is a record a pair; plans are not signed.
func TestSeeds(t *testing.T) {
	for n, want := range map[string]map[string]int{
		"000": {"signed": 6},
		"001": {"planned": 1},
		"003": {"in-force": 4},
		"004": {"in-force": 1},
	} {
		x := analysis.Read(seed(t, n), "")
		as := agreements.Find(x, names.Default().Surmise(x), "2025-11-17")
		got := map[string]int{}
		for _, a := range as {
			e := a.Evidence[0]
			if e.Confidence < agreements.Shown {
				continue
			}
			got[a.Status]++
			if len(a.Evidence) != 1 || x.Source[e.Start:e.End] != e.Quote || e.Rule == "" || len(e.Why) == 0 || e.Why[0] == "" || e.Confidence <= 0 || e.Confidence > 1 || a.ID == "" {
				t.Errorf("seed %s: evidence %+v", n, a.Evidence)
			}
			if strings.Contains(e.Quote, "1817") || strings.Contains(e.Quote, "2004") || strings.Contains(e.Quote, "референдум") || strings.Contains(e.Quote, "KAZINFORM") {
				t.Errorf("seed %s: record from «%s»", n, e.Quote)
			}
		}
		for status, k := range want {
			if got[status] < k { // gold has optional ones besides
				t.Errorf("seed %s: %d %s, want %d", n, got[status], status, k)
			}
		}
	}
}

// What names is not sure of is a side where the sentence tells it; a lone word is the office last named that has it.
func TestDoubt(t *testing.T) {
	for _, c := range [][3]string{
		{"Практика на заводе\nТорайгыров Университет и Qarmet подписали меморандум о практике студентов.", "Qarmet", "Toraighyrov University"},
		{"Тәжірибе\nЕсенов университеті облыстық әкімдікпен кадр даярлау туралы меморандумға қол қойды.", "облыстық әкімдікпен", "Yessenov University"},
		{"Министерство энергетики провело форум в Павлодаре. Там министерство и Торайгыров Университет подписали меморандум.", "Министерство энергетики", "Toraighyrov University"},
	} {
		x := analysis.Read(c[0], "")
		var got []string
		for _, a := range agreements.Find(x, names.Default().Surmise(x), "2025-11-17") {
			if a.Evidence[0].Confidence >= agreements.Shown {
				for _, p := range a.Parties {
					got = append(got, cmp.Or(p.Key, "-")+" "+p.Name+" "+p.Text)
				}
			}
		}
		if all := strings.Join(got, "; "); len(got) != 2 || !strings.Contains(all, c[1]) || !strings.Contains(all, c[2]) {
			t.Errorf("%s: %s", c[0], all)
		}
	}
}

// Any text, cut anywhere and joined anew, is read without panic, and spans stay inside it.
func TestAnyText(t *testing.T) {
	whole := seed(t, "002") + seed(t, "003")
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 4).Draw(t, "pieces") {
			i := rapid.IntRange(0, len(whole)).Draw(t, "from")
			b.WriteString(whole[i:min(len(whole), i+rapid.IntRange(0, 300).Draw(t, "size"))])
			b.WriteString(rapid.SampledFrom([]string{"", "\n", ", ", "(", ")", "«", " мен ", "-мен", "; ", "?"}).Draw(t, "joint"))
		}
		text := strings.ToValidUTF8(b.String(), "")
		x := analysis.Read(text, "")
		as := agreements.Find(x, names.Default().Surmise(x), "2025-09-02")
		for _, a := range as {
			if e := a.Evidence[0]; text[e.Start:e.End] != e.Quote {
				t.Errorf("quote %q is not at its span", e.Quote)
			}
		}
		for _, c := range claims.Find(x) {
			if text[c.Start:c.End] != c.Text {
				t.Errorf("claim %q is not at its span", c.Text)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var texts []*analysis.Text
	var ms [][]names.Mention
	size := 0
	for _, n := range []string{"000", "001", "002", "003", "004"} {
		x := analysis.Read(seed(b, n), "")
		texts, ms = append(texts, x), append(ms, names.Default().Surmise(x))
		size += len(x.Source)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for i, x := range texts {
			agreements.Find(x, ms[i], "2025-09-02")
		}
	}
}
