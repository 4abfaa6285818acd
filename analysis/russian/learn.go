package russian

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Learn makes the data file of this package from two wheels of the Python Package Index: pymorphy3-dicts-ru (OpenCorpora's
// dictionary) and wordfreq (frequencies of words). The same wheels give the same bytes.
func Learn(dictionary, frequencies *zip.Reader, out io.Writer) error {
	d, err := readDictionary(dictionary)
	if err != nil {
		return fmt.Errorf("learn russian: %w", err)
	}
	freq, err := readFrequencies(frequencies)
	if err != nil {
		return fmt.Errorf("learn russian: %w", err)
	}
	p := newPacker()
	w, c, tails := weigh(d, freq), newConvention(d), newTails()
	for _, x := range d.words {
		tails.count(x, c, w, p)
	}
	g := newGrower(p, tails, d.knows, freq)
	type entry struct {
		text string
		set  uint32
	}
	var all []entry
	for k, x := range d.words {
		shares, often := w.expect(k)
		all = append(all, entry{x.text, p.set(x.text, g.known(x.text, often, c.readings(x, shares)))})
	}
	g.each(func(text string, rs []weighted) { all = append(all, entry{text, p.set(text, rs)}) })
	slices.SortFunc(all, func(a, b entry) int { return strings.Compare(spelling(a.text), spelling(b.text)) })
	b := newBuilder()
	for _, e := range all {
		b.add([]byte(spelling(e.text)), e.set)
	}
	return p.write(out, b.finish(), tails.automaton(p))
}

func spelling(word string) string {
	var buf [longest]byte
	spelt, _ := spell(word, &buf)
	return string(spelt)
}

// A weighted is a lemma with its class and its share among the readings of a word.
type weighted struct {
	lemma string
	class class
	front int // letters of a prefix that the lemma lacks
	share float64
}

// readings joins the readings of one lemma, the likeliest first.
func (c *convention) readings(x word, shares []float64) []weighted {
	var out []weighted
	best := map[string]float64{}
	shares = c.lean(x, shares)
	for i, f := range x.forms {
		lemma, cl := c.lemma(x.text, f)
		p := c.d.paradigms[c.d.lexemes[f.lexeme].paradigm]
		front := 0
		if cl != superlative && p[f.place].prefix != "" && p[0].prefix == "" {
			front = len(p[f.place].prefix) / 2
		}
		k := slices.IndexFunc(out, func(r weighted) bool { return r.lemma == lemma })
		if k < 0 {
			out = append(out, weighted{lemma: lemma, class: cl, front: front})
			k = len(out) - 1
		}
		out[k].share += shares[i]
		if shares[i] > best[lemma] {
			best[lemma] = shares[i]
			out[k].class, out[k].front = cl, front
		}
	}
	slices.SortStableFunc(out, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.share, a.share), strings.Compare(a.lemma, b.lemma))
	})
	return out
}

// A change makes a word its lemma: letters cut in front, bytes cut behind, letters added behind.
type change struct {
	class       class
	front, back uint8
	add         string
}

func changeTo(text string, r weighted) change {
	var wb, lb [longest]byte
	w, _ := spell(text, &wb)
	l, _ := spell(r.lemma, &lb)
	if r.front > len(w) {
		r.front = 0
	}
	w = w[r.front:]
	n := 0
	for n < len(w) && n < len(l) && w[n] == l[n] {
		n++
	}
	return change{r.class, uint8(r.front), uint8(size(w[n:])), r.lemma[size(l[:n]):]}
}

// A packer numbers changes and sets of them.
type packer struct {
	changes []change
	of      map[change]int
	sets    [][]byte
	setOf   map[string]uint32
}

const (
	shareSteps = 15   // shares are kept in fifteenths
	mostRead   = 4    // readings kept of a word
	leastShare = 0.02 // readings rarer than this are dropped
)

func newPacker() *packer { return &packer{of: map[change]int{}, setOf: map[string]uint32{}} }

func (p *packer) change(c change) int {
	n, ok := p.of[c]
	if !ok {
		n = len(p.changes)
		p.of[c] = n
		p.changes = append(p.changes, c)
	}
	return n
}

// set numbers the readings of a word; each takes three bytes: number of the change, share.
func (p *packer) set(text string, rs []weighted) uint32 {
	var b []byte
	for i, r := range rs {
		if i > 0 && (i == mostRead || r.share < leastShare) {
			break
		}
		n := p.change(changeTo(text, r))
		b = append(b, byte(n), byte(n>>8), byte(r.share*shareSteps+0.5))
	}
	return p.number(b)
}

func (p *packer) number(b []byte) uint32 {
	n, ok := p.setOf[string(b)]
	if !ok {
		n = uint32(len(p.sets))
		p.setOf[string(b)] = n
		p.sets = append(p.sets, bytes.Clone(b))
	}
	return n
}
