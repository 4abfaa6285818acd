package names

import (
	"slices"
	"strings"

	"kelisim/analysis"
)

// What the table says of a run.
const (
	notKnown uint8 = iota
	exactly
	exactlyWeak
	wider    // a known name with the head lies inside
	narrower // the run is a part of a known name
	crossing // a known name crosses its border
	holds    // a known name without a head lies inside
	linkKinds
)

var linkNames = [linkKinds]string{"no", "exactly", "exactly, weak", "wider", "narrower", "crossing", "holds another"}

// linkOf compares a run with the known names in it.
func (r *reader) linkOf(a anchor, first, last int) uint8 {
	out := notKnown
	for k := first; k < last; k++ {
		c := r.claimAt(k)
		if c == nil {
			continue
		}
		begin := c.first
		if first < begin && first >= r.withInitials(begin) {
			begin = first
		}
		switch {
		case begin == first && c.last == last:
			if c.body == nil {
				return exactlyWeak
			}
			return exactly
		case c.first < first && c.last >= last || c.first <= first && c.last > last:
			out = max(out, narrower)
		case c.first < first || c.last > last:
			out = crossing
		case a.side == 0 && c.first <= a.at && a.at < c.last:
			out = max(out, wider)
		case out == notKnown:
			out = holds
		}
		k = c.last - 1
	}
	return out
}

// whole is what speaks for a run as a whole.
func (r *reader) whole(a anchor, first, last int, out []clue) []clue {
	m := r.t.border
	n, peoples, towns, fields, firsts := 0, 0, 0, 0, 0
	for k := first; k < last; k++ {
		if r.telling(k) {
			n++
			switch r.words[k].class.sense {
			case people:
				peoples++
			case aPlace:
				towns++
			case field:
				fields++
			case other:
				if r.words[k].class.shape == beginning {
					firsts++
				}
			}
		}
	}
	tells := uint8(min(n, 3))
	if n > 0 && n == peoples {
		tells = 4
	} else if n > 0 && n == towns {
		tells = 5
	} else if n > 0 && n == fields {
		tells = 6
	} else if n > 0 && n == firsts {
		tells = 7
	}
	length := last - first
	if a.front.sense != other {
		length++
	}
	member := uint8(0)
	if a.side != 0 {
		member = 1
	}
	link := r.linkOf(a, first, last)
	out = append(out,
		m.ID(wholeTelling, a.lang, tells, a.kind.Number),
		m.ID(wholeWords, a.lang, uint8(min(length, 10)-1), 0),
		m.ID(wholeLink, a.lang, link, member),
		m.ID(wholeQuotes, a.lang, r.quotation(first, last), 0))
	others, unknown := 0, uint8(0)
	for k := first; k < last; k++ {
		if w := &r.words[k]; w.Kind == analysis.Word && w.cyrillic != r.words[a.head].cyrillic {
			others++
		}
	}
	if link != exactly && link != wider {
		unknown = 1
	}
	out = append(out, m.ID(wholeScripts, a.lang, uint8(min(others, 3)), unknown))
	for k := first; k < last; k++ {
		if r.words[k].class.sense != eponym {
			continue
		}
		from, to := first, k
		if !a.in(inKazakh) {
			from, to = k+1, last
		}
		small := uint8(1)
		for i := from; i < to; i++ {
			if !r.words[i].upper {
				small = 0
			}
		}
		if to > from {
			out = append(out, m.ID(wholeEponym, a.lang, uint8(min(to-from, 6)-1), small))
		}
		break
	}
	if last > a.at+1 && r.titled(first) {
		c := r.words[last-1].class
		out = append(out, m.ID(wholeTitled, a.lang, c.sense, c.shape))
	}
	return out
}

// cluesOf is all that speaks for and against a candidate.
func (r *reader) cluesOf(a anchor, l, g side) []clue {
	return slices.Concat(l.within, l.edge, g.within, g.edge, r.whole(a, l.word, g.word, nil), r.meant(a, l.word, g.word, nil))
}

// meant is what speaks for a run by what it may mean: a body of the table, a fuller name of the text.
func (r *reader) meant(a anchor, first, last int, out []clue) []clue {
	out = append(out, r.near(a, first, last))
	if a.office() || a.side != 0 && !a.bare() {
		return out
	}
	n := 0
	if len(r.fuller) > 0 {
		_, n = r.echoes(r.told(wordRange(first, last)))
	}
	return append(out, r.t.border.ID(wholeEcho, a.lang, uint8(min(n, 2)), r.words[first].class.shape))
}

// near grades how well a run's words name a body of the table.
func (r *reader) near(a anchor, first, last int) clue {
	grade := uint8(0)
	if a.office() {
		// the world's bodies are places of learning
	} else if c := r.nearest(r.nameWords(a, first, last), a.headless()); len(c) > 0 {
		grade = uint8(1)
		for i, least := range [...]float64{.15, .3, .45, certain, .8} {
			if c[0].Score >= least {
				grade = uint8(i + 2)
			}
		}
	}
	member := uint8(0)
	if a.headless() && !r.words[first].isTown(r.t) || a.side != 0 && !a.headless() {
		member = 1 // of a name without a head: it is no town's
	}
	return r.t.border.ID(wholeNear, a.lang, grade, member)
}

// surely reports whether a run's words name a body of the table beyond doubt.
func (r *reader) surely(a anchor, first, last int) bool {
	if a.office() {
		return false
	}
	c := r.nearest(r.nameWords(a, first, last), a.headless())
	return len(c) > 0 && c[0].Score >= certain
}

// certain is a chance that leaves no doubt.
const certain = .6

// nameWords are the words that make the name of a candidate: of a list's member with the head that it shares.
func (r *reader) nameWords(a anchor, first, last int) []int {
	words := wordRange(first, last)
	if a.side != 0 && !a.bare() {
		words = append(words, a.head)
	}
	return words
}

// titled reports whether a title goes before a name, so that a person may follow it: «ректор Университета Лодзи Томаш …».
func (r *reader) titled(first int) bool {
	for k := first - 1; k >= 0 && first-k < 4 && r.words[k+1].gap <= near; k-- {
		if r.words[k].class.sense == title {
			return true
		}
	}
	return false
}

// quotation tells how quotation marks and brackets lie to a run: 0 none inside, 1 pairs, 2 the run is all that is quoted,
// 3 one stands alone, 4 pairs of brackets.
func (r *reader) quotation(first, last int) uint8 {
	start, end := r.span(first, last)
	s := r.x.Source[start:end]
	if strings.ContainsAny(s, "()") {
		return 4
	}
	open := strings.Count(s, "«") + strings.Count(s, "„") + strings.Count(s, "“")
	shut := strings.Count(s, "»") + strings.Count(s, "”")
	if open != shut || strings.Count(s, "\"")%2 == 1 {
		return 3
	}
	if open > 0 || strings.Contains(s, "\"") {
		return 1
	}
	before, after := r.x.Source[:start], r.x.Source[end:]
	if (strings.HasSuffix(before, "«") || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "\"")) && (strings.HasPrefix(after, "»") || strings.HasPrefix(after, "”") || strings.HasPrefix(after, "\"")) {
		return 2
	}
	return 0
}

// noName is what speaks for no name at an anchor.
func (r *reader) noName(a anchor) []clue {
	m := r.t.border
	form := uint8(3)
	switch {
	case a.side < 0:
		form = 4
	case a.side > 0:
		form = 5
	case a.kind.Plural:
		form = 2
	case a.kind.Poss:
		form = 0
	case a.kind.Bare:
		form = 1
	}
	out := []clue{m.ID(noneForm, a.lang, form, 0)}
	if a.side == 0 {
		c := r.words[a.at].class
		out = append(out, m.ID(noneHead, a.lang, a.kind.Number, c.shape), m.ID(noneEnding, a.lang, c.ending, c.shape))
	}
	return out
}
