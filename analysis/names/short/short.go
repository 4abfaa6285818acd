// Package short answers: of which body of a text is this a short name? An abbreviation spells the words of one («УдГУ» of «Удмуртский
// государственный университет»), a shorter name has some words of one and no others.
//
// A text of four megabytes names forty thousand bodies. What is compared is only what may be alike, so that reading costs what the text is
// long, not its square.
package short

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/world"
)

// Bodies are the bodies of a text by what they are looked for by.
type Bodies struct {
	of           map[string][]int32 // key → numbers of mentions, ascending
	begins, ends map[int]bool       // words that a mention begins at, that it ends before
}

// Put takes in a mention, words first to last, with its number.
func (b *Bodies) Put(number int, key string, first, last int) {
	if b.of == nil {
		*b = Bodies{map[string][]int32{}, map[int]bool{}, map[int]bool{}}
	}
	b.of[key] = append(b.of[key], int32(number))
	b.begins[first], b.ends[last] = true, true
}

// Of are the numbers of a body's mentions.
func (b *Bodies) Of(key string) []int32 { return b.of[key] }

// Begins reports whether a mention begins at a word, Ends whether one ends before it.
func (b *Bodies) Begins(word int) bool { return b.begins[word] }
func (b *Bodies) Ends(word int) bool   { return b.ends[word] }

// Rename notes that a body has another key.
func (b *Bodies) Rename(old, key string) {
	if old != key {
		b.of[key] = append(b.of[key], b.of[old]...)
		slices.Sort(b.of[key])
		delete(b.of, old)
	}
}

// Known is how the table spells a body; texts repeat their bodies, so it is made once.
type Known struct {
	names    []string
	several  [][]string // the words of those names that have several
	cyrillic []bool     // of those names
	pairs    [][2]rune  // of all of them; see eachPair
}

// Knowing makes it of a body's names.
func Knowing(names []string) *Known {
	k := &Known{names: names}
	for _, name := range names {
		if strings.Contains(name, " ") {
			words := world.NameWords(name)
			k.several, k.cyrillic = append(k.several, words), append(k.cyrillic, forms.Cyrillic(name))
			eachPair(words, func(c [2]rune) {
				if !slices.Contains(k.pairs, c) {
					k.pairs = append(k.pairs, c)
				}
			})
		}
	}
	return k
}

// Spellings finds the bodies that an abbreviation may spell: those with a name whose words begin with its letters, in order.
type Spellings struct {
	Compared int // names with abbreviations
	known    map[string]bool
	by       map[[2]rune][]*spelt // letters that two words begin with, in order → names
	named    map[string][]*spelt  // name of the table → bodies
	asked    map[string]*spelled
}

// spelt is a body of a text with the words that make its name.
type spelt struct {
	number int // of the mention
	key    string
	words  []string
	*Known
}

// spelled is what an abbreviation was found to spell among the names that were looked at.
type spelled struct {
	pieces []string
	rarest [2]rune // letters of two of the pieces, which the fewest names had
	is     *spelt  // nil for none
	many   bool    // more than one body
	looked [2]int
}

// Add takes in a mention of a body: its number, its words in small letters, and how the table spells it, nil where it lacks it. The same name is
// looked at once.
func (s *Spellings) Add(number int, key string, words []string, known func() *Known) {
	if s.by == nil {
		*s = Spellings{known: map[string]bool{}, by: map[[2]rune][]*spelt{}, named: map[string][]*spelt{}, asked: map[string]*spelled{}}
	}
	id := key + "\n" + strings.Join(words, " ")
	if s.known[id] {
		return
	}
	s.known[id] = true
	n := &spelt{number: number, key: key, words: words}
	post := func(c [2]rune) {
		if list := s.by[c]; len(list) == 0 || list[len(list)-1] != n {
			s.by[c] = append(list, n)
		}
	}
	eachPair(words, post)
	if n.Known = known(); n.Known != nil {
		for _, c := range n.pairs {
			post(c)
		}
		for _, name := range n.names {
			s.named[name] = append(s.named[name], n)
		}
	}
}

// Of finds the body whose full name an abbreviation spells, by the number of its mention; whole tells whether it spells each word of it. ok is
// false where there is none, or more than one.
func (s *Spellings) Of(abbr string) (number int, whole, ok bool) {
	if s.by == nil {
		return 0, false, false
	}
	a := s.asked[abbr]
	if a == nil {
		a = &spelled{pieces: forms.Pieces(abbr)}
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
			same := a.is != nil && x.key == a.is.key
			if same && a.is.number <= x.number {
				continue
			}
			if s.Compared++; n == 1 || x.spells(abbr, a.pieces, 1) {
				a.is, a.many = x, a.is != nil && !same
			}
		}
	}
	if a.is == nil || a.many {
		return 0, false, false
	}
	return a.is.number, a.is.spells(abbr, a.pieces, 0), true
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

// spells reports whether an abbreviation is made of the first letters of a body's name, as written or in the table, and passes over at most
// so many words.
func (s *spelt) spells(abbr string, pieces []string, most int) bool {
	if forms.Acronym(pieces, s.words, most) {
		return true
	}
	if s.Known == nil {
		return false
	}
	for i, words := range s.several {
		if forms.Acronym(pieces, words, most) && s.cyrillic[i] == forms.Cyrillic(abbr) {
			return true
		}
	}
	return false
}

// Fuller finds the names of a text that a name may be short for: they have all its words.
type Fuller struct {
	by map[string][]int32 // word → numbers of the names that have it, ascending
}

// Add takes in a name with its number.
func (f *Fuller) Add(number int, t world.Told) {
	if f.by == nil {
		f.by = map[string][]int32{}
	}
	for _, w := range t.Words {
		f.by[w] = append(f.by[w], int32(number))
	}
}

// Of are the names that have the rarest word of a name, nil where it has none.
func (f *Fuller) Of(t world.Told) (out []int32) {
	for i, w := range t.Words {
		if list := f.by[w]; i == 0 || len(list) < len(out) {
			out = list
		}
	}
	return out
}
