package agreements

import (
	"slices"
	"strings"

	"kelisim/analysis/agreements/words"
)

// sign is a word, or a few, that may tell of a deed, or of what is none: a document, what it is about, a predicate with
// its status, a mark, what else news speaks of.
type sign struct {
	first, last int
	class       string // doc, topic, pred, mark, talk
	value       string
	finite      bool // of a predicate
}

// readSigns finds the signs of a sentence and divides it into segments.
func (s *scene) readSigns(q *sentence) {
	for _, p := range s.predicates(q) {
		q.signs = append(q.signs, sign{p.first, p.last, "pred", p.status, p.finite})
	}
	lists := []struct {
		class string
		list  words.List
	}{{"doc", s.w.documents}, {"topic", s.w.kinds}, {"mark", s.w.marks}, {"talk", s.w.talk}}
	for _, l := range lists {
		for i := q.first; i < q.last; i++ {
			if k := s.at[i]; k >= 0 && !s.sides[k].stands() && !s.sides[k].unnamed() && s.sides[k].body != "branch" && s.sides[k].body != "network" {
				continue
			}
			h, ok := l.list.Find(s.line, i, q.last)
			if !ok {
				continue
			}
			v := h.Value[0]
			if l.class == "doc" && v == "-" {
				v = "paper"
			}
			if l.class == "topic" && (v == "-" || len(h.Value) > 1) {
				v += "?"
			}
			q.signs = append(q.signs, sign{h.First, h.Last, l.class, v, false})
			i = h.Last - 1
		}
	}
	slices.SortStableFunc(q.signs, func(a, b sign) int { return a.first - b.first })
	s.segment(q)
	for x := range q.all() {
		x.segment = s.segments[x.first]
	}
}

// segment numbers the parts of a sentence that speak of things of their own: behind «;», «, а», «, ал», «, который», and
// in Kazakh behind a finite predicate.
func (s *scene) segment(q *sentence) {
	n := 0
	ends := map[int]bool{}
	for _, g := range q.signs {
		if g.class == "pred" && g.finite && q.lang == "kk" && g.value != "" {
			ends[g.last] = true
		}
	}
	for j := q.first; j < q.last; j++ {
		if j > q.first {
			gap, w := s.between[j-1], s.forms[j]
			comma := strings.ContainsAny(gap, ",—–")
			switch {
			case strings.Contains(gap, ";"), ends[j], comma && s.isRelative(j):
				n++
			case comma || gap == " ":
				if s.turns(w, comma) {
					n++
				}
			}
		}
		s.segments[j] = n
	}
}

// turns reports conjunctions that begin a clause about somebody else.
func (s *scene) turns(w string, comma bool) bool {
	switch w {
	case "а", "но", "однако", "while", "whereas", "but":
		return comma
	case "ал", "бірақ", "алайда", "сондай-ақ", "кейін":
		return true
	}
	return false
}

// has reports a sign of a class with one of the values.
func (q *sentence) has(class string, values ...string) bool {
	for _, g := range q.signs {
		if g.class == class && (len(values) == 0 || slices.Contains(values, g.value)) {
			return true
		}
	}
	return false
}

// eventful reports whether a sentence may tell a deed at all.
func (q *sentence) eventful() bool {
	for _, g := range q.signs {
		switch {
		case g.class == "doc", g.class == "topic", g.class == "pred" && g.value != "",
			g.class == "mark" && (g.value == "make" || g.value == "founders" || g.value == "partner" || g.value == "parties" || g.value == "accede" || g.value == "vague"),
			g.class == "talk" && (g.value == "join" || g.value == "together" || g.value == "made" || g.value == "act"):
			return true
		}
	}
	return false
}
