package local

import (
	"fmt"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kelisim/index"
)

// phrase matches documents in which its slots stand one after another in one paragraph.
type phrase struct {
	m      *matcher
	hits   []docs
	found  [][len(fieldsOfWords)]occurrences // by segment and field
	weight float64
}

// occurrences are the documents that have something, ascending, with how often.
type occurrences struct {
	docs  []uint32
	times []uint32
}

func (m *matcher) phrase(t index.Phrase) (node, error) {
	if len(t.Slots) > index.MaxSlots {
		return nil, fmt.Errorf("query has a phrase of more than %d words", index.MaxSlots)
	}
	n := &phrase{m: m}
	for seg := range m.v.segs {
		hits := m.set(seg)
		var found [len(fieldsOfWords)]occurrences
		for field := range fieldsOf(t.Title) {
			var err error
			if found[field], err = m.inField(seg, field, t); err != nil {
				return nil, err
			}
			for _, doc := range found[field].docs {
				hits.add(doc)
			}
		}
		n.hits, n.found = append(n.hits, hits), append(n.found, found)
	}
	n.weight = m.idf(n.hits)
	return n, nil
}

func (n *phrase) match(seg int) docs { return n.hits[seg] }

func (n *phrase) score(w window, out []float64) error {
	n.m.occur(w, n.hits[w.seg], &n.found[w.seg], n.weight, out)
	return nil
}

// occur scores what was counted before, by field.
func (m *matcher) occur(w window, hits docs, found *[len(fieldsOfWords)]occurrences, weight float64, out []float64) {
	defer m.mem.sets.back(m.mem.sets.mark())
	hits = m.within(w, hits)
	if hits.empty() {
		return
	}
	defer m.mem.small.back(m.mem.small.mark())
	c := m.counts(w, hits)
	begin, end := w.begin(), w.end()
	for f := range fieldsOfWords {
		found := &found[f]
		for k, _ := slices.BinarySearch(found.docs, begin); k < len(found.docs) && found.docs[k] < end; k++ {
			c.most[f][found.docs[k]-begin] = float32(found.times[k])
		}
	}
	c.add(weight, out)
}

// looks is how many documents a phrase is looked for in between two looks at the clock: each may be a long one.
const looks = 64 // documents

// inField counts how often a phrase stands in a field. Documents that have all words are found by sets; then all words'
// places are read side by side, one document after another: what is held at once is one document's places, whatever the
// phrase. A word that comes again is read once.
func (m *matcher) inField(seg, field int, t index.Phrase) (out occurrences, err error) {
	words, slots := distinct(t.Slots)
	docs, d, err := m.together(seg, field, words)
	if err != nil || docs == nil {
		return out, err
	}
	readers := make([]placeReader, len(words))
	for i, terms := range words {
		if err := readers[i].open(d, terms, docs); err != nil {
			return out, err
		}
	}
	at := make([][]uint64, len(slots))
	looked := 0
	for it := docs.Iterator(); it.HasNext(); looked++ {
		if looked%looks == 0 {
			if err := m.ctx.Err(); err != nil {
				return out, err
			}
		}
		doc := it.Next()
		for i := range readers {
			if err := readers[i].read(doc); err != nil {
				return out, err
			}
		}
		for i, w := range slots {
			at[i] = readers[w].places
		}
		times := uint32(0)
		index.EachPhrase(at, t.Slop, func([]int) bool { times++; return true })
		if times > 0 {
			out.docs, out.times = append(out.docs, doc), append(out.times, times)
		}
	}
	return out, nil
}

// together are the documents that have all of some words in a field, and the field; nil where there are none.
func (m *matcher) together(seg, field int, words [][]string) (*roaring.Bitmap, segment.TermDictionary, error) {
	s := m.v.segs[seg]
	defer m.mem.sets.back(m.mem.sets.mark())
	hits, one := m.mem.copied(s.live[m.tab]), m.set(seg)
	for _, terms := range words {
		if err := m.ctx.Err(); err != nil {
			return nil, nil, err
		}
		clear(one)
		for _, term := range terms {
			if l, ok := s.lists.find(field, term); ok {
				l.fill(one, &m.buf)
			}
		}
		if hits.and(one); hits.empty() {
			return nil, nil, nil
		}
	}
	docs := roaring.New()
	for doc := range hits.all() {
		docs.Add(doc)
	}
	d, err := s.snap.Segment().Dictionary(fieldsOfWords[field])
	if err != nil {
		return nil, nil, fmt.Errorf("read field %s: %w", fieldsOfWords[field], err)
	}
	return docs, d, nil
}

// distinct are the different words of a phrase, and which of them each slot is.
func distinct(slots [][]string) (words [][]string, which []int) {
	known := map[string]int{}
	for _, s := range slots {
		key := strings.Join(s, "\x00")
		n, ok := known[key]
		if !ok {
			n = len(words)
			known[key] = n
			words = append(words, s)
		}
		which = append(which, n)
	}
	return words, which
}

// placeReader reads the places of a word's terms, document by document.
type placeReader struct {
	terms  []termPlaces
	places []uint64 // in the document read last, ascending, each once
}

type termPlaces struct {
	term string
	it   segment.PostingsIterator
	next segment.Posting // nil at the end
}

func (r *placeReader) open(d segment.TermDictionary, terms []string, docs *roaring.Bitmap) error {
	for _, term := range terms {
		it, err := postingsAt(d, term, docs)
		if err != nil {
			return err
		}
		t := termPlaces{term: term, it: it}
		if err := t.step(); err != nil {
			return err
		}
		if t.next != nil {
			r.terms = append(r.terms, t)
		}
	}
	return nil
}

func (t *termPlaces) step() (err error) {
	if t.next, err = t.it.Next(); err != nil {
		return fmt.Errorf("read postings of %q: %w", t.term, err)
	}
	return nil
}

// read takes the places in a document; documents come ascending.
func (r *placeReader) read(doc uint32) error {
	r.places = r.places[:0]
	from := 0
	for i := range r.terms {
		t := &r.terms[i]
		for t.next != nil && t.next.Number() < uint64(doc) {
			if err := t.step(); err != nil {
				return err
			}
		}
		if t.next == nil || t.next.Number() != uint64(doc) {
			continue
		}
		for _, l := range t.next.Locations() {
			r.places = append(r.places, placeOf(l))
		}
		from++
	}
	if from > 1 || !slices.IsSorted(r.places) {
		slices.Sort(r.places)
		r.places = slices.Compact(r.places)
	}
	return nil
}

func placeOf(l segment.Location) uint64 {
	paragraph := 0
	if ap := l.ArrayPositions(); len(ap) > 0 {
		paragraph = int(ap[0])
	}
	return index.Place(paragraph, int(l.Pos()))
}

// postingsAt reads the postings of a term at docs, all of them live, with their places.
func postingsAt(d segment.TermDictionary, term string, docs *roaring.Bitmap) (segment.PostingsIterator, error) {
	list, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, fmt.Errorf("read postings of %q: %w", term, err)
	}
	it := list.Iterator(true, true, true, nil)
	if o, ok := it.(segment.OptimizablePostingsIterator); ok {
		if b := o.ActualBitmap(); b != nil {
			o.ReplaceActual(roaring.And(b, docs))
		}
	}
	return it, nil
}
