package local

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/index"
)

// places tells where words and mentions stand in a hit. A word's places in one document cost a block of its lists, half a
// microsecond each; to read the text again costs some 150.
func (m *matcher) places(h found, d *stored, words [][]string) *index.Places {
	p := &index.Places{Sum: d.Sum, Words: make(map[string][]uint64, len(words))}
	seg := slices.Index(m.v.segs, h.seg)
	for _, terms := range words {
		mark := m.mem.readers.mark()
		var at []uint64
		for field := range fieldsOfWords { // the title's paragraphs come first
			var r placeReader
			r.open(m, seg, field, terms)
			r.read(h.doc)
			at = append(at, r.places...)
		}
		m.mem.readers.back(mark)
		if len(at) > 0 {
			p.Words[index.WordKey(terms)] = at
		}
	}
	p.Mentions = d.mentions()
	return p
}

// mentions are the names in an article, ordered by start, a longer one before those inside it.
func (s *stored) mentions() (out []index.Mention) {
	for key, spans := range s.Mentions {
		kind, value, _ := strings.Cut(key, ":")
		for i := 0; i+1 < len(spans); i += 2 {
			out = append(out, index.MentionAt(kind, value, spans[i], spans[i+1]))
		}
	}
	slices.SortFunc(out, func(a, b index.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(b.Kind, a.Kind), cmp.Compare(a.Key, b.Key))
	})
	return out
}
