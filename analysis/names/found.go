package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/world"
)

// A text of four megabytes names forty thousand bodies. What compares one of them with others asks here which may be alike, so that
// reading costs what the text is long, not its square; TestWork counts the comparisons.

// found are the bodies of a text by what they are looked for by.
type found struct {
	of           map[string][]int32 // key → places in reader.bodies, ascending
	begins, ends map[int]bool       // words that a body begins at, that it ends before
}

// put takes in a body.
func (r *reader) put(m Mention) {
	f := &r.found
	if f.of == nil {
		*f = found{map[string][]int32{}, map[int]bool{}, map[int]bool{}}
	}
	f.of[m.Key] = append(f.of[m.Key], int32(len(r.bodies)))
	f.begins[m.First], f.ends[m.Last] = true, true
	r.bodies = append(r.bodies, m)
}

// rename notes that the bodies of a key have another one.
func (f *found) rename(old, key string) {
	if old != key {
		f.of[key] = append(f.of[key], f.of[old]...)
		slices.Sort(f.of[key])
		delete(f.of, old)
	}
}

// spellings finds the names that an abbreviation may spell: those whose words begin with its letters, in order.
type spellings struct {
	read  int // of reader.bodies
	known map[string]bool
	by    map[[2]rune][]*spelt // letters that two words begin with, in order → names
	named map[string][]*spelt  // name of the table → bodies
	asked map[string]*spelled
}

// spelt is a body of a text with the words that make its name.
type spelt struct {
	at    int32 // in reader.bodies
	words []string
	*tableSpelt
}

// tableSpelt is how the table spells a body; texts repeat their bodies, so it is made once.
type tableSpelt struct {
	names    []string
	several  [][]string // the words of those names that have several
	cyrillic []bool     // of those names
	pairs    [][2]rune  // of all of them; see eachPair
}

// spellingOf is how the table spells a body.
func (t *Table) spellingOf(b *world.Body) *tableSpelt {
	if known, ok := t.spelt.Load(b); ok {
		return known.(*tableSpelt)
	}
	s := &tableSpelt{names: b.Names()}
	for _, name := range s.names {
		if strings.Contains(name, " ") {
			words := world.NameWords(name)
			s.several, s.cyrillic = append(s.several, words), append(s.cyrillic, forms.Cyrillic(name))
			eachPair(words, func(c [2]rune) {
				if !slices.Contains(s.pairs, c) {
					s.pairs = append(s.pairs, c)
				}
			})
		}
	}
	t.spelt.Store(b, s)
	return s
}

// spelled is what an abbreviation was found to spell among the names that were looked at.
type spelled struct {
	pieces []string
	rarest [2]rune // letters of two of the pieces, which the fewest names had
	at     int32   // in reader.bodies, -1 for none
	many   bool    // more than one body
	looked [2]int
}

// gather takes in the bodies that came since. The same name is looked at once.
func (r *reader) gather() {
	s := &r.spellings
	if s.by == nil {
		*s = spellings{known: map[string]bool{}, by: map[[2]rune][]*spelt{}, named: map[string][]*spelt{}, asked: map[string]*spelled{}}
	}
	for ; s.read < len(r.bodies); s.read++ {
		m := r.bodies[s.read]
		if m.Last-m.First < 2 {
			continue
		}
		n := &spelt{at: int32(s.read)}
		for k := m.First; k < m.Last; k++ {
			n.words = append(n.words, r.words[k].form)
		}
		id := m.Key + "\n" + strings.Join(n.words, " ")
		if s.known[id] {
			continue
		}
		s.known[id] = true
		post := func(c [2]rune) {
			if list := s.by[c]; len(list) == 0 || list[len(list)-1] != n {
				s.by[c] = append(list, n)
			}
		}
		eachPair(n.words, post)
		if b := r.t.body[m.Key]; b != nil {
			n.tableSpelt = r.t.spellingOf(b)
			for _, c := range n.pairs {
				post(c)
			}
			for _, name := range n.names {
				s.named[name] = append(s.named[name], n)
			}
		}
	}
}

// spelledOut finds the body of the text whose full name an abbreviation spells: УдГУ of «Удмуртский государственный
// университет». ok is false where there is none, or more than one.
func (r *reader) spelledOut(abbr string) (m Mention, ok bool) {
	r.gather()
	s := &r.spellings
	a := s.asked[abbr]
	if a == nil {
		a = &spelled{at: -1, pieces: forms.Pieces(abbr)}
		first := true
		eachPair(a.pieces, func(c [2]rune) {
			if first || len(s.by[c]) < len(s.by[a.rarest]) {
				a.rarest, first = c, false
			}
		})
		s.asked[abbr] = a
	}
	for n, list := range [...][]*spelt{s.by[a.rarest], s.named[abbr]} {
		for ; a.looked[n] < len(list) && !a.many; a.looked[n]++ {
			x := list[a.looked[n]]
			same := a.at >= 0 && r.bodies[x.at].Key == r.bodies[a.at].Key
			if same && a.at <= x.at {
				continue
			}
			if r.compared++; n == 1 || x.spells(abbr, a.pieces) {
				a.at, a.many = x.at, a.at >= 0 && !same
			}
		}
	}
	if a.at < 0 || a.many {
		return m, false
	}
	return r.bodies[a.at], true
}

// eachPair gives the first letters of every two words, in order.
func eachPair(words []string, do func([2]rune)) {
	letters := make([]rune, len(words))
	for j, w := range words {
		letters[j], _ = utf8.DecodeRuneInString(w)
		for _, c := range letters[:j] {
			do([2]rune{c, letters[j]})
		}
	}
}

// spells reports whether an abbreviation is made of the first letters of a body's name, as written or in the table.
func (s *spelt) spells(abbr string, pieces []string) bool {
	if forms.Acronym(pieces, s.words) {
		return true
	}
	if s.tableSpelt == nil {
		return false
	}
	for i, words := range s.several {
		if forms.Acronym(pieces, words) && s.cyrillic[i] == forms.Cyrillic(abbr) {
			return true
		}
	}
	return false
}

// shorter finds the fuller names of a text that a name may be short for: they have all its words.
type shorter struct {
	by map[string][]int32 // word → numbers of the names that have it, ascending
}

// add takes in a name.
func (s *shorter) add(n int, t world.Told) {
	if s.by == nil {
		s.by = map[string][]int32{}
	}
	for _, w := range t.Words {
		s.by[w] = append(s.by[w], int32(n))
	}
}

// of are the names that have the rarest word of a name, nil where it has none.
func (s *shorter) of(t world.Told) (out []int32) {
	for i, w := range t.Words {
		if list := s.by[w]; i == 0 || len(list) < len(out) {
			out = list
		}
	}
	return out
}
