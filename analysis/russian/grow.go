package russian

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// A grower finds lexemes that the dictionary lacks among the words of the frequency list: of the lemmas that a word's ending allows,
// the one is likelier of which other words of the list can be forms too (хаба, хабов, хабы beside хабом: хаб, not «хабый»).
type grower struct {
	p      *packer
	tails  *tails
	top    map[string][]guessed // ending → its likeliest changes
	words  []string
	may    [][]candidate // of each word
	weight map[lemmaKey]float64
	forms  map[lemmaKey]float64 // how often its forms occur
}

type guessed struct {
	change int
	share  float64
}

type lemmaKey struct {
	lemma string
	kind  byte // n nominal, a adjectival, v verbal, o other
}

type candidate struct {
	key   lemmaKey
	class class
	share float64 // by the ending
	now   float64 // by the ending and the other forms
}

const (
	growRounds  = 4
	mostGuesses = 8
	loneLemma   = 0.2 // what a lemma counts of which no other form is met
	leastOthers = 0.8 // from so many other forms on a guess goes into the dictionary
	shortest    = 4   // letters
)

func kindOf(c class) byte {
	switch c {
	case noun, name, surname, patronymic, place, abbreviation:
		return 'n'
	case adjective, superlative, comparative:
		return 'a'
	case verb, gerund, participle, shortParticiple:
		return 'v'
	}
	return 'o'
}

func newGrower(p *packer, t *tails, known func(string) bool, freq map[string]float64) *grower {
	g := &grower{p: p, tails: t, top: map[string][]guessed{}, weight: map[lemmaKey]float64{}, forms: map[lemmaKey]float64{}}
	for _, w := range slices.Sorted(maps.Keys(freq)) {
		if !known(w) && len(w) >= 2*shortest && !strings.Contains(w, "-") {
			if c := g.candidates(w); len(c) > 0 {
				g.words, g.may = append(g.words, w), append(g.may, c)
			}
		}
	}
	for range growRounds {
		next := map[lemmaKey]float64{}
		for i := range g.words {
			g.judge(g.may[i])
			for _, c := range g.may[i] {
				next[c.key] += c.now
			}
		}
		g.weight = next
	}
	for i, w := range g.words {
		for _, c := range g.may[i] {
			g.forms[c.key] += c.now * freq[w]
		}
	}
	return g
}

// judge divides a word among its candidates. What the word itself gave to a lemma does not count.
func (g *grower) judge(may []candidate) {
	own := map[lemmaKey]float64{}
	for _, c := range may {
		own[c.key] += c.now
	}
	total := 0.0
	for i, c := range may {
		may[i].now = c.share * (max(g.weight[c.key]-own[c.key], 0) + loneLemma)
		total += may[i].now
	}
	for i := range may {
		may[i].now /= total
	}
}

func (g *grower) candidates(word string) []candidate {
	var buf [longest]byte
	key, _ := spell(word, &buf)
	key = slices.Clone(key)
	slices.Reverse(key)
	n := min(longestTail, len(key)-1)
	for n > 1 && g.tails.votes(string(key[:n])) < leastVotes {
		n--
	}
	var out []candidate
	for _, c := range g.guesses(string(key[:n])) {
		ch := g.p.changes[c.change]
		if keep := len(word) - int(ch.back); keep > 2 && ch.front == 0 {
			out = append(out, candidate{key: lemmaKey{word[:keep] + ch.add, kindOf(ch.class)}, class: ch.class, share: c.share})
		}
	}
	return out
}

func (g *grower) guesses(ending string) []guessed {
	if out, ok := g.top[ending]; ok {
		return out
	}
	var out []guessed
	for ch, share := range g.tails.shares(ending) {
		out = append(out, guessed{ch, share})
	}
	slices.SortFunc(out, func(a, b guessed) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.change, b.change))
	})
	out = slices.Clip(out[:min(len(out), mostGuesses)])
	g.top[ending] = out
	return out
}

// each gives the words that other forms tell how to read.
func (g *grower) each(f func(word string, rs []weighted)) {
	for i, w := range g.words {
		var rs []weighted
		others := 0.0
		for _, c := range g.may[i] {
			k := slices.IndexFunc(rs, func(r weighted) bool { return r.lemma == c.key.lemma })
			if k < 0 {
				rs = append(rs, weighted{lemma: c.key.lemma, class: c.class})
				k = len(rs) - 1
			}
			rs[k].share += c.now
			others = max(others, g.weight[c.key]-c.now)
		}
		if others < leastOthers {
			continue
		}
		slices.SortStableFunc(rs, func(a, b weighted) int { return cmp.Compare(b.share, a.share) })
		f(w, rs)
	}
}

// known joins to the readings of a word of the dictionary the surname that the dictionary lacks, where its other forms are met:
// токаев is not only a genitive of токай, as токаева is there. often is how often the word is expected as the dictionary reads it.
func (g *grower) known(text string, often float64, rs []weighted) []weighted {
	if !slices.ContainsFunc([]string{"ов", "ев", "ин", "ын"}, func(e string) bool { return strings.HasSuffix(text, e) }) ||
		slices.ContainsFunc(rs, func(r weighted) bool { return r.lemma == text }) {
		return rs
	}
	k := lemmaKey{text, 'n'}
	if g.weight[k] < 0.5 {
		return rs
	}
	share := g.forms[k] / (g.forms[k] + often) // a name's nominative is about as frequent as its other forms together
	for i := range rs {
		rs[i].share *= 1 - share
	}
	rs = append(rs, weighted{lemma: text, class: surname, share: share})
	slices.SortStableFunc(rs, func(a, b weighted) int { return cmp.Compare(b.share, a.share) })
	return rs
}
