package russian

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A paradigm gives the forms of a lexeme: what stands before and after the stem, and the form's tag. The first is the
// dictionary form.
type paradigm []struct {
	prefix, suffix string
	tag            uint16
}

// A form is one reading of a word: the lexeme it belongs to and its place in the paradigm.
type form struct {
	lexeme int32
	place  uint16
}

// A word has its readings in the order of lexemes and places.
type word struct {
	text  string
	forms []form
}

type lexeme struct {
	stem     string
	paradigm uint16
}

// A dictionary is OpenCorpora's, as the wheel pymorphy3-dicts-ru carries it.
type dictionary struct {
	tags      []string // «NOUN,inan,masc sing,nomn»
	paradigms []paradigm
	lexemes   []lexeme
	words     []word                        // folded, in order
	seen      map[string]map[string]float64 // folded word → tag → its share in OpenCorpora's corpus
}

// the prefixes of a paradigm: покрасивее, наилучший.
var paradigmPrefixes = []string{"", "по", "наи"}

func readDictionary(wheel *zip.Reader) (*dictionary, error) {
	file := func(name string) ([]byte, error) {
		f, err := wheel.Open("pymorphy3_dicts_ru/data/" + name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(f)
	}
	d := &dictionary{seen: map[string]map[string]float64{}}
	var suffixes []string
	for _, j := range []struct {
		name string
		to   any
	}{{"gramtab-opencorpora-int.json", &d.tags}, {"suffixes.json", &suffixes}} {
		b, err := file(j.name)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, j.to); err != nil {
			return nil, fmt.Errorf("%s: %w", j.name, err)
		}
	}
	b, err := file("paradigms.array")
	if err != nil {
		return nil, err
	}
	if d.paradigms, err = parseParadigms(b, suffixes); err != nil {
		return nil, err
	}
	graph := func(name string) (*dawg, error) {
		b, err := file(name)
		if err != nil {
			return nil, err
		}
		return parseDawg(b)
	}
	g, err := graph("words.dawg")
	if err != nil {
		return nil, err
	}
	if err := d.addWords(g); err != nil {
		return nil, err
	}
	if g, err = graph("p_t_given_w.intdawg"); err != nil {
		return nil, err
	}
	g.each(func(key []byte, value uint32) {
		word, tag, _ := strings.Cut(string(key), ":")
		word = fold(word)
		if d.seen[word] == nil {
			d.seen[word] = map[string]float64{}
		}
		d.seen[word][tag] += float64(value) / 1e6
	})
	return d, nil
}

// parseParadigms reads uint16 numbers: how many paradigms, and for each its length and so many suffixes, tags and prefixes.
func parseParadigms(b []byte, suffixes []string) ([]paradigm, error) {
	next := func() int {
		if len(b) < 2 {
			return -1
		}
		n := int(binary.LittleEndian.Uint16(b))
		b = b[2:]
		return n
	}
	out := make([]paradigm, max(next(), 0))
	for i := range out {
		n := next() / 3
		p := make(paradigm, max(n, 0))
		for k := range p {
			s := next()
			if s < 0 || s >= len(suffixes) {
				return nil, fmt.Errorf("paradigm %d: no suffix %d", i, s)
			}
			p[k].suffix = fold(suffixes[s])
		}
		for k := range p {
			p[k].tag = uint16(next())
		}
		for k := range p {
			s := next()
			if s < 0 || s >= len(paradigmPrefixes) {
				return nil, fmt.Errorf("paradigm %d: no prefix %d", i, s)
			}
			p[k].prefix = paradigmPrefixes[s]
		}
		out[i] = p
	}
	return out, nil
}

// addWords reads keys «word, 1, base64 of paradigm and place».
func (d *dictionary) addWords(g *dawg) error {
	type id struct {
		stem     string
		paradigm uint16
	}
	type entry struct {
		text string
		form form
	}
	ids := map[id]int32{}
	var entries []entry
	var err error
	g.each(func(key []byte, _ uint32) {
		word, value, _ := bytes.Cut(key, []byte{1})
		b, e := base64.StdEncoding.DecodeString(strings.TrimRight(string(value), "\n"))
		if e != nil || len(b) != 4 {
			err = fmt.Errorf("words: entry of %q: %v", word, e)
			return
		}
		par, place := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
		w := fold(string(word))
		p := d.paradigms[par][place]
		stem, ok1 := strings.CutPrefix(w, p.prefix)
		stem, ok2 := strings.CutSuffix(stem, p.suffix)
		if !ok1 || !ok2 {
			err = fmt.Errorf("words: %q is not of paradigm %d", word, par)
			return
		}
		if !spellable(w) {
			return
		}
		k := id{strings.Clone(stem), par}
		lex, ok := ids[k]
		if !ok {
			lex = int32(len(d.lexemes))
			ids[k] = lex
			d.lexemes = append(d.lexemes, lexeme(k))
		}
		entries = append(entries, entry{w, form{lex, place}})
	})
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.form.lexeme, b.form.lexeme), cmp.Compare(a.form.place, b.form.place))
	})
	for i, e := range entries {
		n := len(d.words)
		if n == 0 || d.words[n-1].text != e.text {
			d.words = append(d.words, word{text: e.text})
			n++
		}
		// ё folded away may bring the same form twice.
		if i > 0 && entries[i-1].text == e.text && entries[i-1].form.lexeme == e.form.lexeme && d.tag(entries[i-1].form) == d.tag(e.form) {
			continue
		}
		d.words[n-1].forms = append(d.words[n-1].forms, e.form)
	}
	return err
}

// knows reports whether a folded word is in the dictionary.
func (d *dictionary) knows(text string) bool {
	_, ok := slices.BinarySearchFunc(d.words, text, func(w word, s string) int { return strings.Compare(w.text, s) })
	return ok
}

// lemma is the dictionary form of a lexeme.
func (d *dictionary) lemma(lex int32) string {
	l := d.lexemes[lex]
	p := d.paradigms[l.paradigm][0]
	return p.prefix + l.stem + p.suffix
}

func (d *dictionary) tag(f form) string {
	return d.tags[d.paradigms[d.lexemes[f.lexeme].paradigm][f.place].tag]
}

var folder = strings.NewReplacer("ё", "е")

func fold(word string) string { return folder.Replace(strings.ToLower(word)) }
