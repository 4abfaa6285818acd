package enginetest

import (
	"embed"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"kelisim/analysis"
	"kelisim/index"
)

//go:embed testdata/*.txt
var testdata embed.FS

// material is what generated articles are made of.
type material struct {
	kazakh, russian           []string
	kazakhDeals, russianDeals []string
	home, abroad              [][2]string // Kazakh, Russian
}

var load = sync.OnceValue(func() material {
	return material{
		kazakh: lines("kaznerd"), russian: lines("russian"),
		kazakhDeals: lines("kazakh-deals"), russianDeals: lines("russian-deals"),
		home: pairs("home"), abroad: pairs("abroad"),
	}
})

func lines(name string) []string {
	b, err := testdata.ReadFile("testdata/" + name + ".txt")
	if err != nil {
		panic(err) // a wrong name in this file
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

func pairs(name string) [][2]string {
	var out [][2]string
	for _, l := range lines(name) {
		kk, ru, _ := strings.Cut(l, "\t")
		out = append(out, [2]string{kk, ru})
	}
	return out
}

// Articles generates n articles, the same for the same seed: news of about 2.6 kB, two thirds of them Kazakh, dated
// from 2015 to 2026, a third of which tell an agreement.
func Articles(seed uint64, n int) iter.Seq[index.Article] {
	return func(yield func(index.Article) bool) {
		for i := range n {
			if !yield(Article(seed, i)) {
				return
			}
		}
	}
}

// Article is the i-th of Articles.
func Article(seed uint64, i int) index.Article {
	m := load()
	of := func(of [][2]string) Draw { return func(r *rand.Rand) [2]string { return pick(r, of) } }
	return ArticleAmong(seed, i, of(m.home), of(m.abroad))
}

// Draw gives a university's Kazakh and Russian name.
type Draw func(r *rand.Rand) [2]string

// ArticleAmong is Article with other universities: of those few dozen, tens of thousands of articles tell thousands of agreements of each two.
func ArticleAmong(seed uint64, i int, home, abroad Draw) index.Article {
	m, r := load(), rand.New(rand.NewPCG(seed, uint64(i)))
	sentences, deals, lang := m.kazakh, m.kazakhDeals, 0
	if i%3 == 2 {
		sentences, deals, lang = m.russian, m.russianDeals, 1
	}
	a := index.Article{
		ID:        fmt.Sprintf("gen-%06d", i),
		URL:       fmt.Sprintf("https://example.org/%d/%06d", seed, i),
		Outlet:    []string{"Kazinform", "BAQ.KZ", "Tengrinews", "Zakon.kz", "Egemen Qazaqstan", ""}[r.IntN(6)],
		Published: index.Day(index.Date{Year: 2015}.First() + r.IntN(4200)),
		Path:      fmt.Sprintf("generated.jsonl#%d", i+1),
	}
	a.Title = strings.TrimSuffix(pick(r, sentences), ".")
	var body []string
	for range 4 + r.IntN(4) {
		var p []string
		for range 2 + r.IntN(3) {
			p = append(p, pick(r, sentences))
		}
		body = append(body, strings.Join(p, " "))
	}
	for range max(0, r.IntN(5)-2) {
		s := strings.NewReplacer("{a}", home(r)[lang], "{b}", abroad(r)[lang], "{n}", fmt.Sprint(2+r.IntN(60)))
		body[r.IntN(len(body))] += " " + s.Replace(pick(r, deals))
	}
	a.Body = strings.Join(body, "\n")
	return a
}

// Pairs are pairs of forms of Articles that a twentieth to a sixth of the first n have, at most twenty: what engines are asked in benchmarks.
func Pairs(n int) [][]string {
	df := map[string]int{}
	sample := min(n, 2000)
	for i := range sample {
		seen := map[string]bool{}
		a := Article(1, i)
		for _, t := range analysis.Split(a.Title + " " + a.Body) {
			if t.Kind == analysis.Word && !seen[t.Form] {
				seen[t.Form] = true
				df[t.Form]++
			}
		}
	}
	var forms []string
	for f, k := range df {
		if k > sample/20 && k < sample/6 {
			forms = append(forms, f)
		}
	}
	slices.Sort(forms)
	var out [][]string
	for i := 0; i+1 < len(forms) && len(out) < 20; i += max(2, len(forms)/20) {
		out = append(out, []string{forms[i], forms[i+1]})
	}
	return out
}
