package russian

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Tails learn how words that the dictionary lacks are read, from how words that end alike are: each ending of up to six letters
// votes with the changes of the lexemes that it was met in, and passes on what it does not know to the shorter one.
type tails struct {
	of     map[string]map[int]float64 // ending in letters, last first → change → votes
	totals map[string]float64         // of votes, once they are counted
}

const (
	longestTail = 6
	leastVotes  = 2.0
	surnameVote = 4.0 // the dictionary has few of the surnames there are
)

func newTails() *tails { return &tails{map[string]map[int]float64{}, map[string]float64{}} }

// count adds a word's readings: each lexeme has one vote over all its forms, in the proportion its forms are used.
func (t *tails) count(x word, c *convention, w *weighing, p *packer) {
	for _, f := range x.forms {
		tag := c.d.paradigms[c.d.lexemes[f.lexeme].paradigm][f.place].tag
		lemma, cl := c.lemma(x.text, f)
		if !open(cl) || c.d.paradigms[c.d.lexemes[f.lexeme].paradigm][f.place].prefix != "" {
			continue
		}
		var buf [longest]byte
		key, _ := spell(x.text, &buf)
		if len(key) < 4 {
			continue
		}
		votes := w.tag[tag] / w.sum[f.lexeme]
		switch {
		case cl == surname:
			votes *= surnameVote
		case cl == name && strings.Contains(c.d.tags[tag], "plur"):
			votes *= pluralNameKeeps
		}
		ch := p.change(changeTo(x.text, weighted{lemma: lemma, class: cl}))
		slices.Reverse(key)
		for n := 1; n <= longestTail && n < len(key); n++ {
			m := t.of[string(key[:n])]
			if m == nil {
				m = map[int]float64{}
				t.of[string(key[:n])] = m
			}
			m[ch] += votes
		}
	}
}

// open tells the classes to which new words come.
func open(c class) bool {
	switch c {
	case numeral, pronoun, particle, abbreviation:
		return false
	}
	return true
}

// automaton keeps of each ending the likeliest changes, where they differ from those of the shorter ending.
func (t *tails) automaton(p *packer) automaton {
	b := newBuilder()
	for _, k := range slices.Sorted(maps.Keys(t.of)) {
		if set, ok := t.set(k, p); ok {
			b.add([]byte(k), set)
		}
	}
	return b.finish()
}

// smoothing is how many votes the shorter ending has.
const smoothing = 1.0

// shares mixes an ending's votes with those of the shorter ones (Witten and Bell's idea).
func (t *tails) shares(k string) map[int]float64 {
	if k == "" {
		return map[int]float64{}
	}
	out := t.shares(k[:len(k)-1])
	total := t.votes(k)
	for ch := range out {
		out[ch] *= smoothing / (total + smoothing)
	}
	for ch, v := range t.of[k] {
		out[ch] += v / (total + smoothing)
	}
	return out
}

// votes adds up an ending's votes in a fixed order, so that the same dictionary gives the same bytes.
func (t *tails) votes(k string) float64 {
	total, ok := t.totals[k]
	if !ok {
		for _, ch := range slices.Sorted(maps.Keys(t.of[k])) {
			total += t.of[k][ch]
		}
		t.totals[k] = total
	}
	return total
}

func (t *tails) set(k string, p *packer) (uint32, bool) {
	if len(k) > 1 && t.votes(k) < leastVotes {
		return 0, false
	}
	shares := t.shares(k)
	order := slices.SortedFunc(maps.Keys(shares), func(a, b int) int {
		return cmp.Or(cmp.Compare(shares[b], shares[a]), cmp.Compare(a, b))
	})
	var bytes []byte
	for i, ch := range order {
		if i > 0 && (i == mostRead || shares[ch] < 0.05) {
			break
		}
		bytes = append(bytes, byte(ch), byte(ch>>8), byte(shares[ch]*shareSteps+0.5))
	}
	return p.number(bytes), true
}
