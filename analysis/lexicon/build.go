package lexicon

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"kelisim/analysis"
)

// A builder makes a lexicon of packed lists.
type builder struct {
	*Lexicon
	bits  map[string]uint32 // of sources
	trust []float32         // of sources
	words []listed          // of the list that is read
	texts []texted          // of the list that is read
	found []mass
	// What entries share comes out of two long slices: a slice each would cost more than all the rest.
	stemStock []int32
	wordStock []word
}

// A listed is what stands between two spaces of a text: «келісім-шарт» is two words.
type listed struct {
	text  string
	lang  int
	words []word
}

// A mass is what the sources say for two entries being translations of one another.
type mass struct {
	a, b    texted
	of      float32
	sources uint32
}

// texted is the entry of a text, -1 for none.
type texted struct {
	entry int32
	own   bool // the entry bears this text, not another with the same stems
}

// newBuilder makes a builder with room for so many entries; a wrong guess costs time only.
func newBuilder(sources []Source, m model, room int) (*builder, error) {
	b := &builder{
		Lexicon: &Lexicon{stems: make(map[string]int32, room/2), others: map[form]int32{}, first: make([]int32, 0, room/2), next: make(map[step]int32, 3*room/4), at: make([]int32, 1, 5*room/4),
			ends: make([]end, 1, 5*room/4), entries: make([]entry, 0, room), terms: make([]string, 0, room/2), sources: sources, model: m},
		bits: map[string]uint32{}, found: make([]mass, 0, 3*room/2),
		stemStock: make([]int32, 0, room), wordStock: make([]word, 0, 2*room),
	}
	for i, s := range sources {
		trust, ok := m.trust[s.Kind]
		if !ok {
			return nil, fmt.Errorf("%s has no line for sources of the kind %q", weightsFile, s.Kind)
		}
		b.bits[s.Code] = 1 << i
		b.trust = append(b.trust, trust)
	}
	return b, nil
}

// read takes in a packed list.
func (b *builder) read(packed string) error {
	p, err := partsOf(packed)
	if err != nil {
		return err
	}
	b.words, b.texts = slices.Grow(b.words[:0], strings.Count(p.words, "\n")), slices.Grow(b.texts[:0], strings.Count(p.texts, "\n"))
	for l := range strings.SplitSeq(p.words, "\n") {
		lang, rest, _ := strings.Cut(l, "\t")
		text, stems, ok := strings.Cut(rest, "\t")
		i := slices.Index(langs[:], analysis.Lang(lang))
		if i < 0 || !ok {
			return fmt.Errorf("no word with its stems in %q", l)
		}
		b.words = append(b.words, listed{text, i, b.split(i, stems)})
	}
	for l := range strings.SplitSeq(p.texts, "\n") {
		e, err := b.text(l)
		if err != nil {
			return err
		}
		b.texts = append(b.texts, e)
	}
	for l := range strings.Lines(p.lines) {
		if err := b.line(strings.TrimSuffix(l, "\n")); err != nil {
			return fmt.Errorf("%w in %q", err, l)
		}
	}
	return nil
}

// split reads the stems of what stands between two spaces.
func (b *builder) split(lang int, stems string) []word {
	first := len(b.wordStock)
	for stems != "" {
		var w string
		w, stems, _ = strings.Cut(stems, ";")
		from := len(b.stemStock)
		for w != "" {
			var s string
			if s, w, _ = strings.Cut(w, "/"); s != "" {
				b.stemStock = append(b.stemStock, b.number(lang, s))
			}
		}
		if k := b.stemStock[from:]; len(k) > 0 {
			b.wordStock = append(b.wordStock, slices.Clip(k))
		}
	}
	return slices.Clip(b.wordStock[first:])
}

func (b *builder) number(lang int, stem string) int32 {
	term := stem
	if stem[0] < '0' || stem[0] > '9' {
		term = string(langs[lang]) + ":" + stem
	}
	n, ok := b.stems[term]
	if !ok {
		n = int32(len(b.terms))
		b.stems[term] = n
		b.terms, b.first = append(b.terms, term), append(b.first, 0)
	}
	return n
}

// longestRun bounds a phrase.
const longestRun = 6 // words

// text finds or makes the entry of a text, given by the numbers of its words; -1 for one that is no use.
func (b *builder) text(numbers string) (texted, error) {
	var words []word
	text, lang := "", 0
	first := len(b.wordStock)
	for numbers != "" {
		var number string
		number, numbers, _ = strings.Cut(numbers, " ")
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n >= len(b.words) {
			return texted{}, fmt.Errorf("no word %q", number)
		}
		w := &b.words[n]
		switch {
		case text == "" && numbers == "":
			text, lang, words = w.text, w.lang, w.words // most texts are one word
		case text == "":
			text, lang = w.text, w.lang
			b.wordStock = append(b.wordStock, w.words...)
		default:
			text += " " + w.text
			b.wordStock = append(b.wordStock, w.words...)
			words = slices.Clip(b.wordStock[first:])
		}
	}
	if len(words) == 0 || len(words) > longestRun {
		return texted{-1, false}, nil
	}
	e := b.entry(lang, text, words)
	own := b.entries[e].text == text
	if !own && len(words) == 1 {
		b.others[form{text, uint8(lang)}] = e
	}
	return texted{e, own}, nil
}

// line takes in the pairs of a line.
func (b *builder) line(l string) error {
	var in [len(langs)][]texted
	var place [3 * len(langs)]texted // for most lines
	free := place[:0]
	for i := range langs {
		cell, rest, ok := strings.Cut(l, "\t")
		if !ok {
			return fmt.Errorf("too few cells")
		}
		l = rest
		from := len(free)
		for cell != "" {
			var number string
			number, cell, _ = strings.Cut(cell, "|")
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 || n >= len(b.texts) {
				return fmt.Errorf("no text %q", number)
			}
			if e := b.texts[n]; e.entry >= 0 {
				free = append(free, e)
			}
		}
		in[i] = free[from:]
	}
	weight, codes, _ := strings.Cut(l, "\t")
	value, err := strconv.ParseFloat(weight, 64)
	if err != nil {
		return err
	}
	of, from, err := b.said(value, codes)
	if err != nil {
		return err
	}
	own := strings.HasPrefix(codes, "own") || strings.Contains(codes, "+own")
	for i := range langs {
		for k, x := range in[i] {
			b.entries[x.entry].own = b.entries[x.entry].own || own
			for j := i; j < len(langs); j++ {
				for n, y := range in[j] {
					if x.entry != y.entry && (i != j || n > k) {
						b.found = append(b.found, mass{x, y, of / float32((k+1)*(n+1)), from})
					}
				}
			}
		}
	}
	return nil
}

// said gives the mass of a line's weight and sources.
func (b *builder) said(weight float64, codes string) (of float32, from uint32, err error) {
	for rest := codes; rest != ""; {
		var code string
		code, rest, _ = strings.Cut(rest, "+")
		bit, ok := b.bits[code]
		if !ok {
			return 0, 0, fmt.Errorf("unknown source %q", code)
		}
		part := float32(min(weight, 1))
		if code[0] == '~' && code != codes {
			part = b.model.likely
		}
		from |= bit
		of += part * b.trust[bits.TrailingZeros32(bit)]
	}
	return of, from, nil
}

// entry finds or makes the entry of a text, and plants it in the tree by every stem of its words. Texts of the same first
// stems are one.
func (b *builder) entry(lang int, text string, words []word) int32 {
	node, plain := int32(0), true
	for _, w := range words {
		node = b.child(node, w[0])
		plain = plain && len(w) == 1
	}
	for i := b.at[node]; i > 0; i = b.ends[i].more {
		if x := b.ends[i]; x.sure == 1 && int(b.entries[x.entry].lang) == lang {
			if !plain {
				b.plant(0, words, reading{x.entry, 1})
			}
			return x.entry
		}
	}
	e := int32(len(b.entries))
	b.entries = append(b.entries, entry{text: text, lang: uint8(lang), words: words})
	if plain {
		b.end(node, reading{e, 1})
	} else {
		b.plant(0, words, reading{e, 1})
	}
	return e
}

func (b *builder) child(node, stem int32) int32 {
	to := b.follow(node, stem)
	if to == 0 {
		to = int32(len(b.at))
		b.at = append(b.at, 0)
		if node == 0 {
			b.first[stem] = to
		} else {
			b.next[step{node, stem}] = to
		}
	}
	return to
}

func (b *builder) plant(node int32, words []word, r reading) {
	if len(words) > 0 {
		sure := r.sure
		for _, s := range words[0] {
			b.plant(b.child(node, s), words[1:], reading{r.entry, sure})
			sure *= b.model.second
		}
		return
	}
	b.end(node, r)
}

func (b *builder) end(node int32, r reading) {
	for i := b.at[node]; i > 0; i = b.ends[i].more {
		if x := &b.ends[i]; x.entry == r.entry {
			x.sure = max(x.sure, r.sure)
			return
		}
	}
	b.ends = append(b.ends, end{r, b.at[node]})
	b.at[node] = int32(len(b.ends) - 1)
}
