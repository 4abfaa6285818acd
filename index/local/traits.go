package local

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"kelisim/index"
)

// What the articles of a story are looked for by, some eleven numbers of three bytes an article, stand among the lists of words: the upper
// two bytes are the term, the lowest is the place in the document. A batch of 500 new articles looks for some 15,000 in each segment, for
// which bleve's dictionary went through its automaton each time, and bleve had half the terms of a story more to write and to merge. What
// shares a trait is compared as it lies in the segment, without memory of its own; only what tells the same story is read. That, fields of
// values (values.go) and rooms that are used again (gather.go) took a quarter off the price of 10,000 articles with names and
// agreements apart, and two fifths of the garbage, where they are as dense as 50,000; the more there are, the more it saves.

// traits adds traits, ascending and each once.
func (w *words) traits(of []uint32) {
	for _, t := range of {
		w.of[traitList] = append(w.of[traitList], occurrence{traitTerm(t), uint64(t & 0xff)})
	}
}

func traitTerm(t uint32) string { return string([]byte{byte(t >> 16), byte(t >> 8)}) }

// seeking is a look for what is like some texts.
type seeking struct {
	like  []*index.StorySketch
	near  []nearTrait // ascending
	pairs []seekPair  // of the segment that is looked through
	room  index.StoryRoom
	buf   unpacked

	documents, freqs []uint32
	places           []uint64
}

// nearTrait is a trait that may be of what is like a text.
type nearTrait struct {
	trait uint32
	text  uint32 // in like
}

// seekPair is a document that shares a trait with what is near a text: its number, and the text's in the lower half.
type seekPair uint64

func (p seekPair) doc() uint32  { return uint32(p >> 32) }
func (p seekPair) text() uint32 { return uint32(p) }

func seek(like []*index.StorySketch) *seeking {
	s := &seeking{like: like}
	for i, x := range like {
		for _, t := range x.Near() {
			s.near = append(s.near, nearTrait{t, uint32(i)})
		}
	}
	slices.SortFunc(s.near, func(a, b nearTrait) int { return cmp.Or(cmp.Compare(a.trait, b.trait), cmp.Compare(a.text, b.text)) })
	return s
}

// in gives those live documents of a segment that tell the same story as a text, ascending.
func (s *seeking) in(seg *scorch.SegmentSnapshot) (out []uint32, err error) {
	l, err := listsOf(seg)
	if err != nil {
		return nil, err
	}
	deleted := seg.Deleted()
	s.pairs = s.pairs[:0]
	for rest := s.near; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].trait>>8 == rest[0].trait>>8 {
			n++
		}
		if found, ok := l.find(traitList, traitTerm(rest[0].trait)); ok {
			s.share(&found, rest[:n])
			hasRead()
		}
		rest = rest[n:]
	}
	slices.Sort(s.pairs)
	for pairs := slices.Compact(s.pairs); len(pairs) > 0; {
		n, doc := 1, pairs[0].doc()
		for n < len(pairs) && pairs[n].doc() == doc {
			n++
		}
		if deleted == nil || !deleted.Contains(doc) {
			same, err := s.same(seg, doc, pairs[:n])
			hasRead()
			if err != nil {
				return nil, err
			}
			if same {
				out = append(out, doc)
			}
		}
		pairs = pairs[n:]
	}
	return out, nil
}

// share notes the documents of a list that have one of some traits.
func (s *seeking) share(l *list, near []nearTrait) {
	s.documents, s.freqs, s.places = l.everything(s.documents[:0], s.freqs[:0], s.places[:0], &s.buf)
	places := s.places
	for i, doc := range s.documents {
		for _, p := range places[:s.freqs[i]] {
			for _, t := range near {
				if uint64(t.trait&0xff) == p {
					s.pairs = append(s.pairs, seekPair(doc)<<32|seekPair(t.text))
				}
			}
		}
		places = places[s.freqs[i]:]
	}
}

// same reports whether an article of a story tells the same as one of some texts.
func (s *seeking) same(seg *scorch.SegmentSnapshot, doc uint32, texts []seekPair) (yes bool, err error) {
	var bad error
	err = seg.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != fieldStored {
			return true
		}
		bad = eachSketch(value, func(data []byte) (more bool, err error) {
			x, err := s.room.Read(data)
			if err != nil {
				return false, err
			}
			yes = slices.ContainsFunc(texts, func(p seekPair) bool { return index.Alike(s.like[p.text()], x) })
			return !yes, nil
		})
		return false
	})
	if err = cmp.Or(err, bad); err != nil {
		return false, fmt.Errorf("read story: %w", err)
	}
	return yes, nil
}
