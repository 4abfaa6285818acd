package local

import (
	"cmp"
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
	hits   []*roaring.Bitmap
	found  [][2]occurrences // by segment and field
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
	for _, s := range m.v.segs {
		hits := roaring.New()
		var found [2]occurrences
		for i, field := range fieldsOf(t.Title) {
			var err error
			if found[i], err = m.inField(s, field, t); err != nil {
				return nil, err
			}
			hits.AddMany(found[i].docs)
		}
		n.hits, n.found = append(n.hits, hits), append(n.found, found)
	}
	n.weight = m.idf(n.hits)
	return n, nil
}

func (n *phrase) match(seg int) *roaring.Bitmap { return n.hits[seg] }

func (n *phrase) score(seg int, docs *roaring.Bitmap, out []float64) error {
	docs = roaring.And(docs, n.hits[seg])
	if docs.IsEmpty() {
		return nil
	}
	c := newCounts(n.m, seg, docs)
	for i, f := range c.fields {
		found := &n.found[seg][i]
		for k, doc := range found.docs {
			if docs.Contains(doc) {
				f.most[doc] = float32(found.times[k])
			}
		}
	}
	c.add(n.weight, out)
	return nil
}

// looks is how many documents a phrase is looked for in between two looks at the clock: each may be a long one.
const looks = 64 // documents

// inField counts how often a phrase stands in a field. Documents that have all words are found by bitmaps, the rarest
// word first; then all words' places are read side by side, one document after another: what is held at once is one
// document's places, whatever the phrase. A word that comes again is read once.
func (m *matcher) inField(s *viewSegment, field string, t index.Phrase) (out occurrences, err error) {
	words, slots := distinct(t.Slots)
	having := make([]*roaring.Bitmap, len(words))
	for i, terms := range words {
		if err := m.ctx.Err(); err != nil {
			return out, err
		}
		if having[i], err = holding(s.snap, field, terms); err != nil {
			return out, err
		}
		if having[i].IsEmpty() {
			return out, nil
		}
	}
	slices.SortFunc(having, func(a, b *roaring.Bitmap) int { return cmp.Compare(a.GetCardinality(), b.GetCardinality()) })
	docs := s.live[m.tab]
	for _, b := range having {
		if docs = roaring.And(docs, b); docs.IsEmpty() {
			return out, nil
		}
	}
	d, err := s.snap.Segment().Dictionary(field)
	if err != nil {
		return out, fmt.Errorf("read field %s: %w", field, err)
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
		it, err := postingsAt(d, term, docs, true)
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
