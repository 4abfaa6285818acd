package local

import (
	"bytes"
	"slices"
	"strings"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"kelisim/analysis"
	"kelisim/index"
)

// The fields of words, by number.
const (
	titleWords = iota // of an agreement: of its parties' names
	bodyWords
	leadList // the terms of the first words of a body, each once
)

// fieldsOfWords are those that words are looked for in.
var fieldsOfWords = [...]int{titleWords, bodyWords}

// words are the words of a document: a field that bleve carries to the segment and does not look into.
type words struct {
	of [leadList + 1][]occurrence // by the number of the field; of leads each term once, where does not matter
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

// gather packs the words of the documents of a new segment.
func gather(of []bleveindex.Document) ([]byte, error) {
	docs := make([]*words, len(of))
	for i, d := range of {
		d.VisitFields(func(f bleveindex.Field) {
			if w, ok := f.(*words); ok {
				docs[i] = w
			}
		})
	}
	var out bytes.Buffer
	w, err := newListsWriter(&out)
	if err != nil {
		return nil, err
	}
	for field := range leadList + 1 {
		if err := gatherField(w, field, docs); err != nil {
			return nil, err
		}
	}
	err = w.end()
	return out.Bytes(), err
}

// gatherField turns a field around: from document → terms to term → documents. Terms are numbered as they come, then all
// occurrences are put in order of their numbers by counting.
func gatherField(w *listsWriter, field int, docs []*words) error {
	number := map[string]uint32{}
	var terms []string
	var counts []uint32 // of term i at i+1
	all := 0
	for _, d := range docs {
		if d != nil {
			all += len(d.of[field])
		}
	}
	numbers := make([]uint32, 0, all)
	for _, d := range docs {
		if d == nil {
			continue
		}
		for _, o := range d.of[field] {
			n, ok := number[o.term]
			if !ok {
				n = uint32(len(terms))
				number[o.term] = n
				terms = append(terms, o.term)
				counts = append(counts, 0)
			}
			counts[n]++
			numbers = append(numbers, n)
		}
	}
	type at struct {
		doc   uint32
		place uint64
	}
	next := make([]uint32, len(terms)+1)
	for i, n := range counts {
		next[i+1] = next[i] + n
	}
	begin := slices.Clone(next)
	sorted := make([]at, all)
	k := 0
	for doc, d := range docs {
		if d == nil {
			continue
		}
		for _, o := range d.of[field] {
			n := numbers[k]
			k++
			sorted[next[n]] = at{uint32(doc), o.place}
			next[n]++
		}
	}
	order := make([]uint32, len(terms))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(terms[a], terms[b]) })
	var documents, freqs []uint32
	var places []uint64
	for _, n := range order {
		documents, freqs, places = documents[:0], freqs[:0], places[:0]
		for _, x := range sorted[begin[n]:begin[n+1]] {
			if last := len(documents) - 1; last >= 0 && documents[last] == x.doc {
				freqs[last]++
			} else {
				documents, freqs = append(documents, x.doc), append(freqs, 1)
			}
			places = append(places, x.place)
		}
		if err := w.add(field, []byte(terms[n]), documents, freqs, places); err != nil {
			return err
		}
	}
	return nil
}
