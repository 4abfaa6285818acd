package world

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
)

// pairsOfLetters are read as one sound in some system: чж, цз, нь of Palladius; дж, кс, уэ, ау of others.
var pairsOfLetters = strings.Fields("аи ай ау ах дж дз дь ей ий ия йя кс кх ль мь нг нд нь ня оу рж сё ск сь сю ся тс тх тц тч тш ун он эн юн уа уй уо уэ ху хэ цз ць цю ця чж ши шт шч ье ьё ью ья юа юй юн юэ ян")

const (
	rounds        = 8     // of learning
	rarest        = 0.004 // share of a letter's readings that is kept
	mostLetter    = 3     // Latin letters of a reading
	fewest        = 250   // names of a country that show a system of its own
	foreignSystem = 0.5   // cost of reading by a single country's system
)

// twin is a name in both scripts, letter by letter.
type twin struct {
	cyrillic []string
	latin    string
	country  string
}

// learnTranscriptions learns which Latin letters stand for which Cyrillic ones from names that towns have in both
// scripts, by expectation and maximisation over all ways to lay one beside the other. Same towns, same table.
func learnTranscriptions(towns []*town, out io.Writer) error {
	twins := townTwins(towns)
	odds := learnOdds(twins)
	cost := costs(odds)
	of := map[string][]twin{}
	for _, t := range twins {
		of[t.country] = append(of[t.country], t)
	}
	for _, country := range slices.Sorted(maps.Keys(of)) {
		if len(of[country]) < fewest {
			continue
		}
		for c, m := range costs(learnOdds(of[country])) {
			for l, x := range m {
				x += foreignSystem
				if cost[c] == nil {
					cost[c] = map[string]float64{}
				}
				if y, ok := cost[c][l]; !ok || x < y {
					cost[c][l] = x
				}
			}
		}
	}
	return writeTranscriptions(cost, out)
}

// costs are the logarithms of how much rarer each reading is than the commonest.
func costs(odds map[string]map[string]float64) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	for c, m := range odds {
		top := slices.Max(slices.Collect(maps.Values(m)))
		out[c] = map[string]float64{}
		for l, p := range m {
			if p >= rarest {
				out[c][l] = math.Log(top / p)
			}
		}
	}
	return out
}

func learnOdds(twins []twin) map[string]map[string]float64 {
	pair := map[string]bool{}
	for _, p := range pairsOfLetters {
		pair[p] = true
	}
	odds := map[string]map[string]float64{} // letters → spelling → share
	for range rounds {
		next := map[string]map[string]float64{}
		for _, t := range twins {
			t.count(odds, next, pair)
		}
		for _, m := range next {
			sum := 0.0
			for _, k := range slices.Sorted(maps.Keys(m)) {
				sum += m[k]
			}
			for k, v := range m {
				if m[k] = v / sum; v < 1.5 && m[k] < .2 || m[k] < rarest/4 {
					delete(m, k)
				}
			}
		}
		odds = next
	}
	return odds
}

// townTwins are towns' names word by word, where both scripts have as many words.
func townTwins(towns []*town) []twin {
	var out []twin
	for _, p := range towns {
		if p.country == "KZ" || p.country == "RU" {
			continue // their Latin names are spelt from Cyrillic, by one system
		}
		latin := NameWords(p.name)
		for _, c := range p.cyrillic {
			words := NameWords(c)
			if len(words) != len(latin) || strings.ContainsAny(c, "ђјљњћџўї") {
				continue
			}
			for i, w := range words {
				n, m := utf8.RuneCountInString(w), len(latin[i])
				if !forms.Cyrillic(w) || !plainLatin(latin[i]) || n > 2*m || m > 2*n || n < 2 {
					continue
				}
				out = append(out, twin{strings.Split(russianLetters.Replace(w), ""), latin[i], p.country})
			}
		}
	}
	return out
}

// plainLatin reports whether a word is of plain Latin letters only.
func plainLatin(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' })
}

// count adds what the twin says of each reading, by how likely each way to lay its letters side by side is.
func (t twin) count(odds, next map[string]map[string]float64, pair map[string]bool) {
	n, m := len(t.cyrillic), len(t.latin)
	share := func(c, l string) float64 {
		if len(odds) == 0 {
			return math.Exp(-math.Abs(float64(utf8.RuneCountInString(c) - len(l))))
		}
		return odds[c][l]
	}
	type arc struct {
		i, j, k, l int
		c, s       string
		p          float64
	}
	var arcs []arc
	fore := make([]float64, (n+1)*(m+1))
	back := make([]float64, (n+1)*(m+1))
	fore[0], back[n*(m+1)+m] = 1, 1
	for i := range n {
		for j := range m + 1 {
			f := fore[i*(m+1)+j]
			if f == 0 {
				continue
			}
			for k := i + 1; k <= min(n, i+2); k++ {
				c := t.cyrillic[i]
				if k == i+2 {
					if c += t.cyrillic[i+1]; !pair[c] {
						continue
					}
				}
				for l := j; l <= min(m, j+mostLetter); l++ {
					if p := share(c, t.latin[j:l]); p > 0 {
						arcs = append(arcs, arc{i, j, k, l, c, t.latin[j:l], p})
						fore[k*(m+1)+l] += f * p
					}
				}
			}
		}
	}
	total := fore[n*(m+1)+m]
	if total == 0 {
		return
	}
	for _, a := range slices.Backward(arcs) {
		back[a.i*(m+1)+a.j] += a.p * back[a.k*(m+1)+a.l]
	}
	for _, a := range arcs {
		if w := fore[a.i*(m+1)+a.j] * a.p * back[a.k*(m+1)+a.l] / total; w > 0 {
			if next[a.c] == nil {
				next[a.c] = map[string]float64{}
			}
			next[a.c][a.s] += w
		}
	}
}

func writeTranscriptions(cost map[string]map[string]float64, out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprint(w, `# Latin spellings of Cyrillic letters in foreign names, and the cost of each: the logarithm of how much rarer it is than the
# commonest. Learnt by «kelisim lexicon names» from names of towns in both scripts (places.tsv: GeoNames, CC BY 4.0).
cyrillic	latin	cost
`)
	for _, c := range slices.Sorted(maps.Keys(cost)) {
		m := cost[c]
		for _, l := range slices.SortedFunc(maps.Keys(m), func(a, b string) int { return cmp.Or(cmp.Compare(m[a], m[b]), cmp.Compare(a, b)) }) {
			fmt.Fprintf(w, "%s\t%s\t%.2f\n", c, l, m[l])
		}
	}
	return w.Flush()
}
