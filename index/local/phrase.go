package local

import (
	"fmt"
	"slices"
	"strings"

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
	defer m.mem.sets.back(m.mem.sets.mark())
	hits, err := m.together(seg, field, words)
	if err != nil || hits == nil {
		return out, err
	}
	readers := make([]placeReader, len(words))
	for i, terms := range words {
		readers[i].open(m, seg, field, terms)
	}
	at := make([][]uint64, len(slots))
	looked := 0
	for doc := range hits.all() {
		if looked%looks == 0 {
			if err := m.ctx.Err(); err != nil {
				return out, err
			}
		}
		looked++
		for i := range readers {
			readers[i].read(doc)
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

// together are the documents that have all of some words in a field; nil where there are none.
func (m *matcher) together(seg, field int, words [][]string) (docs, error) {
	s := m.v.segs[seg]
	hits, one := m.mem.copied(s.live[m.tab]), m.set(seg)
	for _, terms := range words {
		if err := m.ctx.Err(); err != nil {
			return nil, err
		}
		clear(one)
		for _, term := range terms {
			if l, ok := s.lists.find(field, term); ok {
				l.fill(one, &m.buf)
			}
		}
		if hits.and(one); hits.empty() {
			return nil, nil
		}
	}
	return hits, nil
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

// placeReader reads the places of a word's terms in a field, document by document.
type placeReader struct {
	of     []*reader
	places []uint64 // in the document read last, ascending, each once
}

func (r *placeReader) open(m *matcher, seg, field int, terms []string) {
	for _, term := range terms {
		if l, ok := m.v.segs[seg].lists.find(field, term); ok {
			one := &m.mem.readers.take(1, 16)[0]
			one.list = l
			r.of = append(r.of, one)
		}
	}
}

// read takes the places in a document.
func (r *placeReader) read(doc uint32) {
	r.places = r.places[:0]
	from := 0
	for _, one := range r.of {
		if i, ok := one.at(doc); ok {
			r.places = one.places(i, r.places)
			from++
		}
	}
	if from > 1 {
		slices.Sort(r.places)
		r.places = slices.Compact(r.places)
	}
}
