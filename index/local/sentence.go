package local

import (
	"fmt"
	"slices"

	"kelisim/index"
)

// sentence matches documents in which several words or phrases stand in one sentence.
type sentence struct {
	m      *matcher
	hits   []docs
	found  [][len(fieldsOfWords)]occurrences // by segment and field: in how many sentences
	weight float64
}

func (m *matcher) sentence(t index.Sentence) (node, error) {
	if len(t.Of) == 0 || slices.ContainsFunc(t.Of, func(p index.Phrase) bool { return len(p.Slots) == 0 }) {
		return nothing{m}, nil
	}
	if n := slotsOf(t); n > index.MaxSlots {
		return nil, fmt.Errorf("query has a sentence of %d words, more than %d", n, index.MaxSlots)
	}
	n := &sentence{m: m}
	for seg := range m.v.segs {
		hits := m.set(seg)
		var found [len(fieldsOfWords)]occurrences
		for field := range fieldsOfWords {
			var err error
			if found[field], err = m.sentencesOf(seg, field, t); err != nil {
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

func slotsOf(t index.Sentence) (n int) {
	for _, p := range t.Of {
		n += len(p.Slots)
	}
	return n
}

func (n *sentence) match(seg int) docs { return n.hits[seg] }

func (n *sentence) score(w window, out []float64) error {
	n.m.occur(w, n.hits[w.seg], &n.found[w.seg], n.weight, out)
	return nil
}

// sentencesOf counts the sentences of a field that have all that is asked for: the places of all words are read side by side,
// one document after another.
func (m *matcher) sentencesOf(seg, field int, t index.Sentence) (out occurrences, err error) {
	var slots [][]string
	for _, p := range t.Of {
		slots = append(slots, p.Slots...)
	}
	defer m.mem.sets.back(m.mem.sets.mark())
	hits, err := m.together(seg, field, slots)
	if err != nil || hits == nil {
		return out, err
	}
	words := make([][]placeReader, len(t.Of))
	for i, p := range t.Of {
		words[i] = make([]placeReader, len(p.Slots))
		for k, slot := range p.Slots {
			words[i][k].open(m, seg, field, slot)
		}
	}
	var begins placeReader
	begins.open(m, seg, field, []string{termSentence})
	looked := 0
	for doc := range hits.all() {
		if looked%looks == 0 && m.ctx.Err() != nil {
			return out, m.ctx.Err()
		}
		looked++
		begins.read(doc)
		var have map[uint64]bool // where the sentences begin that have all phrases so far
		for i, p := range t.Of {
			slots := make([][]uint64, len(p.Slots))
			for k := range slots {
				words[i][k].read(doc)
				slots[k] = words[i][k].places
			}
			here := map[uint64]bool{}
			index.EachPhrase(slots, p.Slop, func(at []int) bool {
				last := len(at) - 1
				b := beginOf(begins.places, slots[0][at[0]])
				if b == beginOf(begins.places, slots[last][at[last]]) && (i == 0 || have[b]) {
					here[b] = true
				}
				return true
			})
			have = here
		}
		if len(have) > 0 {
			out.docs, out.times = append(out.docs, doc), append(out.times, uint32(len(have)))
		}
	}
	return out, nil
}

// beginOf is where the sentence of a place begins: at the last mark up to it, or with its paragraph.
func beginOf(begins []uint64, place uint64) uint64 {
	paragraph := index.Place(index.ParagraphOf(place), 0)
	i, _ := slices.BinarySearch(begins, place+1)
	if i > 0 && begins[i-1] > paragraph {
		return begins[i-1]
	}
	return paragraph
}
