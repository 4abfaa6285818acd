package kazakh

import (
	"bufio"
	_ "embed"
	"math"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/model.tsv
var modelText string

// A Reading is one way to read a word: its stem, the stem's class (N noun, V verb) and the suffixes that follow it.
type Reading struct {
	Stem, Class string
	Chain       []string
	Weight      float64 // natural logarithm of the probability of the stem and its suffixes
}

var theModel = sync.OnceValue(func() *model {
	m := &model{chain: map[string]float64{}, stem: map[string]float64{}}
	s := bufio.NewScanner(strings.NewReader(modelText))
	for s.Scan() {
		f := strings.Split(s.Text(), "\t")
		if len(f) != 3 {
			continue
		}
		v, _ := strconv.ParseFloat(f[2], 64)
		switch f[0] {
		case "chain":
			m.chain[f[1]] = v
		case "stem":
			m.stem[f[1]] = v
			m.n += v
		}
	}
	return m
})

// longest is the most runes of a word that are analysed; a longer one stands for itself.
const longest = 48

var cache sync.Map

// Stems gives the stems of a folded word (lower case, NFC, ё as е), the likeliest first: one, or two where it is
// close. It returns word itself where nothing is known of it, and is never empty.
func Stems(word string) []string {
	if v, ok := cache.Load(word); ok {
		return v.([]string)
	}
	rs := Explain(word)
	if len(rs) == 0 {
		return []string{word}
	}
	best := map[string]float64{}
	var order []string
	for _, r := range rs {
		if v, ok := best[r.Stem]; ok {
			best[r.Stem] = v + math.Log1p(math.Exp(r.Weight-v))
			continue
		}
		best[r.Stem] = r.Weight
		order = append(order, r.Stem)
	}
	sort.SliceStable(order, func(i, j int) bool { return best[order[i]] > best[order[j]] })
	if len(order) > 1 && best[order[0]]-best[order[1]] < 1 {
		order = order[:2]
	} else {
		order = order[:1]
	}
	cache.Store(word, order)
	return order
}

// Weight gives the natural logarithm of the probability of the word's best reading.
func Weight(word string) float64 {
	if rs := Explain(word); len(rs) > 0 {
		return rs[0].Weight
	}
	return -100
}

// Explain gives the readings of a folded word, the likeliest first; none where the grammar reads none.
func Explain(word string) []Reading {
	if len(word) > 4*longest {
		return nil
	}
	for _, r := range word {
		if r < 'а' || r > 'ӿ' {
			return nil
		}
	}
	m := theModel()
	var rs []Reading
	for _, a := range analyses(word) {
		rs = append(rs, Reading{a.stem, string(a.cls), strings.Split(a.chain, "+")[min(1, len(a.chain)):], m.score(word, a)})
	}
	sort.Slice(rs, func(i, j int) bool {
		return rs[i].Weight > rs[j].Weight || rs[i].Weight == rs[j].Weight && rs[i].Stem < rs[j].Stem
	})
	return rs
}
