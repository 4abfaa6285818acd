package names

import (
	"cmp"
	"slices"
)

// name is a run of words that names an institution.
type name struct {
	first, last int
	head        int // its head's word; a list's for its members; -1: none
	anchor      anchor
	words       []int // of a member of a list: the words that make its name; nil: first to last
	score       float64
}

func (n *name) wordsOf() []int {
	if n.words != nil {
		return n.words
	}
	return wordRange(n.first, n.last)
}

func wordRange(first, last int) []int {
	out := make([]int, last-first)
	for k := range out {
		out[k] = first + k
	}
	return out
}

// readBodies finds institutions: names around heads, names of the table that have none, the abbreviations that the text itself
// defines; then short forms of those and names without a head, branches, and the bodies inside the names of others.
func (r *reader) readBodies() {
	taken := make([]bool, len(r.words))
	put := func(m Mention) {
		for k := m.First; k < m.Last; k++ {
			taken[k] = true
		}
		r.put(m)
	}
	for _, m := range r.resolve(r.headed()) {
		put(m)
	}
	for _, c := range r.known {
		looked := false // by the scorer, which left it
		if c.head >= 0 {
			_, looked = r.anchorAt(c.head)
		}
		if c.body != nil && !looked && !slices.Contains(taken[c.first:c.last], true) {
			put(r.mention(c.body, r.withInitials(c.first), c.last, "alias"))
		}
	}
	r.readShort(taken, put)
	for _, m := range r.bodies {
		if m.Listed() {
			r.listen(m, wordRange(m.First, m.Last))
		}
	}
	for _, m := range r.resolve(r.headless(taken)) {
		put(m)
	}
	r.readBranches()
	r.readInner()
}

// headed finds the names around heads.
func (r *reader) headed() []name {
	var out []name
	for i := range r.words {
		a, ok := r.anchorAt(i)
		if !ok {
			continue
		}
		s, named := r.best(a)
		if !named && a.kind.Plural && s.score > listThreshold {
			r.members(a, [2]int{s.first, s.last}, true, func(b anchor) ([2]int, bool) {
				m, ok := r.best(b)
				named = named || ok && r.surely(b, m.first, m.last)
				return [2]int{m.first, m.last}, ok
			})
		}
		named = named && !r.anyOf(a, s)
		r.doubt(a, s, named)
		if named {
			out = append(out, name{first: s.first, last: s.last, head: i, anchor: a, score: s.score})
		}
		if a.kind.Plural {
			found := [2]int{s.first, s.last}
			r.members(a, found, named, func(b anchor) ([2]int, bool) {
				s, ok := r.best(b)
				if ok {
					n := name{first: s.first, last: s.last, head: i, anchor: b, score: s.score, words: r.memberWords(a, found, named, s.first, s.last)}
					out = append(out, n)
				}
				return [2]int{s.first, s.last}, ok
			})
		}
	}
	return surest(out)
}

// headless finds, among words that are not taken, names without a head and those around heads that are short for a fuller name.
func (r *reader) headless(taken []bool) []name {
	var out []name
	try := func(a anchor, head int) {
		s, named := r.best(a)
		r.doubt(a, s, named)
		if !named || slices.Contains(taken[s.first:s.last], true) {
			return
		}
		if c := r.claimAt(s.first); a.headless() && c != nil && c.last == s.last && r.shared(s.first) == nil {
			return // an abbreviation that others share, without evidence
		}
		if head >= 0 {
			if _, n := r.echoes(r.told(wordRange(s.first, s.last))); n != 1 {
				return
			}
		}
		out = append(out, name{first: s.first, last: s.last, head: head, anchor: a, score: s.score})
	}
	for i := range r.words {
		if taken[i] {
			continue
		}
		if a, ok := r.anchorAt(i); ok && !a.office() && len(r.fuller) > 0 {
			try(a, i)
		}
		if a, ok := r.headlessAt(i); ok {
			try(a, -1)
		}
		if a, ok := r.bareAt(i); ok {
			try(a, -1)
		}
	}
	return surest(out)
}

// surest leaves out, of two names that cross or are the same, the less sure one.
func surest(out []name) []name {
	slices.SortStableFunc(out, func(a, b name) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.first, b.first)) })
	words := 0
	for _, n := range out {
		words = max(words, n.last)
	}
	var kept []name
	over := make([][]int32, words) // word → kept names that it is in: a text of names alone is read in a time that its length tells
	for _, n := range out {
		if slices.ContainsFunc(over[n.first:n.last], func(some []int32) bool {
			return slices.ContainsFunc(some, func(i int32) bool { return n.crosses(kept[i]) })
		}) {
			continue
		}
		for k := n.first; k < n.last; k++ {
			over[k] = append(over[k], int32(len(kept)))
		}
		kept = append(kept, n)
	}
	slices.SortFunc(kept, func(a, b name) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last)) })
	return kept
}

// crosses reports whether only one of two names that share a word can be one: neither lies whole in the other, they are the same, or
// one is no more than a word without a head.
func (n name) crosses(o name) bool {
	return n.first == o.first && n.last == o.last || n.anchor.bare() || o.anchor.bare() ||
		!(n.first >= o.first && n.last <= o.last) && !(o.first >= n.first && o.last <= n.last)
}

// anyOf reports whether nothing, or no more than a people or a country, tells which body is meant, so that it may be any there: «Шотланд
// университеті», «Университет Казахстана», «Университет». Left alone: what the table knows («Корея университеті», «Университет Бахрейна»), and
// what two peoples share, of which there is hardly another: «Турецко-Азербайджанский университет».
func (r *reader) anyOf(a anchor, s scored) bool {
	peoples := 0
	for k := s.first; k < s.last; k++ {
		switch c := r.words[k].class.sense; {
		case k == a.at || c == conjunction || c == particle:
		case c == people, r.placeWord(k, false):
			if peoples++; k > s.first && !a.kind.Plural && !a.office() && r.words[k].gap == tight {
				return false
			}
		default:
			return false
		}
	}
	return (peoples > 0 || !a.office()) && r.linkOf(a, s.first, s.last) != exactly && (a.kind.Plural || !r.surely(a, s.first, s.last))
}

// members walks the other members of a list whose plural head is a's: «Варшава, Краков және Вроцлав университеттері»,
// «университеты Люблина и Белостока», «с тремя университетами: Загребским, Белградским и Люблянским». found is the
// name at the head itself, where there is one; try reads a member.
func (r *reader) members(a anchor, found [2]int, named bool, try func(anchor) ([2]int, bool)) {
	const most = 20 // members
	if named {
		for at, n := found[0], 0; at > 0 && n < most; n++ {
			end := at
			switch {
			case r.words[at].gap == comma:
			case r.words[at].gap <= near && r.is(andList, at-1):
				end = at - 1
				if end > 0 && r.words[end].gap == comma {
					end = at - 1
				}
			default:
				end = 0
			}
			if end == 0 {
				break
			}
			m, ok := try(anchor{at: end, head: a.at, side: -1, kind: a.kind, lang: a.lang})
			if !ok {
				break
			}
			at = m[0]
		}
	}
	at := a.at + 1
	if named {
		at = found[1]
	} else if at < len(r.words) && r.words[at].gap != slash {
		return
	}
	for n := 0; at < len(r.words) && n < most; n++ {
		begin := at
		switch {
		case n == 0 && !named:
		case r.is(andList, at) && r.words[at].gap <= comma && at+1 < len(r.words):
			begin = at + 1
		case r.words[at].gap == comma:
		default:
			return
		}
		m, ok := try(anchor{at: begin, head: a.at, side: 1, kind: a.kind, lang: a.lang})
		if !ok {
			return
		}
		at = m[1]
	}
}

// memberWords are the words that make a member's name: its own and those that the list shares.
func (r *reader) memberWords(a anchor, found [2]int, named bool, first, last int) []int {
	own := wordRange(first, last)
	if !named { // «медицинские университеты: Карагандинский и Семейский»
		from := a.at
		for from > 0 && r.words[from].gap <= near && (r.words[from-1].class.sense == field || r.words[from-1].class.sense == status) {
			from--
		}
		return append(own, wordRange(from, a.at+1)...)
	}
	if first > a.at { // «медицинские университеты Люблина и Белостока»
		return append(wordRange(found[0], a.at+1), own...)
	}
	tail, end := a.at, a.at+1
	for tail > found[0] && !r.words[tail-1].upper && !r.is(andList, tail-1) {
		tail--
	}
	for end < found[1] && !r.words[end].upper && r.words[end].class.sense != eponym { // «в Пекинском и Сианьском университетах иностранных языков»
		end++
	}
	return append(own, wordRange(tail, end)...)
}
