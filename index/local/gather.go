package local

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"kelisim/analysis"
	"kelisim/index"
)

// The fields of words, by number.
const (
	titleWords = iota // of an agreement: of its parties' names
	bodyWords
	leadList  // the terms of the first words of a body, each once
	traitList // what the articles of a story are looked for by: see traits.go
	listKinds
)

// fieldsOfWords are those that words are looked for in.
var fieldsOfWords = [...]int{titleWords, bodyWords}

// words are the words of a document: a field that bleve carries to the segment and does not look into.
type words struct {
	of [listKinds][]occurrence // by the number of the field; of leads each term once, where does not matter
}

// spareWords is room for the words of documents: made anew for each batch they were a fourteenth of all garbage.
var spareWords = sync.Pool{New: func() any { return new(words) }}

// mostSpare bounds what one document's words keep: a book among articles is no measure of the next one.
const mostSpare = 1 << 14 // terms of a field

// spare gives back the room of a document's words, which nobody may look at any more.
func (w *words) spare() {
	for field, of := range w.of {
		if cap(of) > mostSpare {
			of = nil
		}
		clear(of) // they are parts of texts
		w.of[field] = of[:0]
	}
	spareWords.Put(w)
}

// occurrence is a term at a place.
type occurrence struct {
	term  string
	place uint64
}

// paragraph adds the terms of a paragraph's words, all terms of a word at one place, so that a phrase finds it by any of them;
// and where its sentences begin.
func (w *words) paragraph(field, paragraph int, tokens []analysis.Token, sentences []analysis.Span) {
	of := slices.Grow(w.of[field], 3*len(tokens))
	for i := range tokens {
		t := &tokens[i]
		place, begins := index.Place(paragraph, i+1), false
		for len(sentences) > 0 && sentences[0].Start <= t.Start {
			sentences, begins = sentences[1:], true
		}
		if begins && i > 0 {
			of = append(of, occurrence{termSentence, place})
		}
		for _, term := range analysis.IndexTerms(*t) {
			if term != "" && len(term) <= maxTerm {
				of = append(of, occurrence{term, place})
			}
		}
	}
	w.of[field] = of
}

// lead adds the terms of a lead's words.
func (w *words) lead(tokens []analysis.Token) {
	for _, t := range tokens {
		for _, term := range analysis.IndexTerms(t) {
			if o := (occurrence{term: term}); term != "" && len(term) <= maxTerm && !slices.Contains(w.of[leadList], o) {
				w.of[leadList] = append(w.of[leadList], o)
			}
		}
	}
}

// The rest makes words a field of a document of bleve's, which has no words of its own.

const fieldOfWords = "words"

func (*words) Name() string                                          { return fieldOfWords }
func (*words) ArrayPositions() []uint64                              { return nil }
func (*words) Options() bleveindex.FieldIndexingOptions              { return 0 }
func (*words) Analyze()                                              {}
func (*words) Value() []byte                                         { return nil }
func (*words) NumPlainTextBytes() uint64                             { return 0 }
func (*words) EncodedFieldType() byte                                { return 't' }
func (*words) AnalyzedLength() int                                   { return 0 }
func (*words) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return nil }

func (w *words) Size() int {
	n := 0
	for _, of := range w.of {
		n += len(of) * 24
	}
	return n
}

// gatherer is room to turn words around, for one batch after another.
type gatherer struct {
	number           map[string]uint32
	terms            []string
	counts           []uint32 // of term i
	numbers          []uint32
	next, begin      []uint32
	sorted           []gathered
	order            []uint32
	documents, freqs []uint32
	places           []uint64
	size             int // of the last segment
}

// gathered is where a term stands.
type gathered struct {
	doc   uint32
	place uint64
}

var gatherers = sync.Pool{New: func() any { return &gatherer{number: map[string]uint32{}} }}

// gather packs the words of the documents of a new segment.
func gather(of []bleveindex.Document) ([]byte, error) {
	g := gatherers.Get().(*gatherer)
	defer gatherers.Put(g)
	docs := make([]*words, len(of))
	for i, d := range of {
		d.VisitFields(func(f bleveindex.Field) {
			if w, ok := f.(*words); ok {
				docs[i] = w
			}
		})
	}
	var out bytes.Buffer
	out.Grow(g.size + g.size/8)
	w, err := newListsWriter(&out)
	if err != nil {
		return nil, err
	}
	for field := range listKinds {
		if err := g.field(w, field, docs); err != nil {
			return nil, err
		}
	}
	err = w.end()
	g.size = out.Len()
	return out.Bytes(), err
}

// field turns a field around: from document → terms to term → documents. Terms are numbered as they come, then all
// occurrences are put in order of their numbers by counting.
func (g *gatherer) field(w *listsWriter, field int, docs []*words) error {
	clear(g.number)
	defer func() { clear(g.terms) }() // they are parts of texts
	g.terms, g.counts, g.numbers = g.terms[:0], g.counts[:0], g.numbers[:0]
	for _, d := range docs {
		if d == nil {
			continue
		}
		for _, o := range d.of[field] {
			n, ok := g.number[o.term]
			if !ok {
				n = uint32(len(g.terms))
				g.number[o.term] = n
				g.terms, g.counts = append(g.terms, o.term), append(g.counts, 0)
			}
			g.counts[n]++
			g.numbers = append(g.numbers, n)
		}
	}
	g.begin = append(g.begin[:0], 0)
	for i, n := range g.counts {
		g.begin = append(g.begin, g.begin[i]+n)
	}
	g.next = append(g.next[:0], g.begin...)
	g.sorted = slices.Grow(g.sorted[:0], len(g.numbers))[:len(g.numbers)]
	k := 0
	for doc, d := range docs {
		if d == nil {
			continue
		}
		for _, o := range d.of[field] {
			n := g.numbers[k]
			k++
			g.sorted[g.next[n]] = gathered{uint32(doc), o.place}
			g.next[n]++
		}
	}
	g.order = g.order[:0]
	for i := range g.terms {
		g.order = append(g.order, uint32(i))
	}
	slices.SortFunc(g.order, func(a, b uint32) int { return strings.Compare(g.terms[a], g.terms[b]) })
	for _, n := range g.order {
		documents, freqs, places := g.documents[:0], g.freqs[:0], g.places[:0]
		for _, x := range g.sorted[g.begin[n]:g.begin[n+1]] {
			if last := len(documents) - 1; last >= 0 && documents[last] == x.doc {
				freqs[last]++
			} else {
				documents, freqs = append(documents, x.doc), append(freqs, 1)
			}
			places = append(places, x.place)
		}
		g.documents, g.freqs, g.places = documents, freqs, places
		if err := w.add(field, []byte(g.terms[n]), documents, freqs, places); err != nil {
			return err
		}
	}
	return nil
}
