package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// linkBranches learns whose branch each branch of the table is: its names hold a name of the parent.
func (t *Table) linkBranches() {
	t.branches = map[*body][]*body{}
	for _, b := range t.bodies {
		if b.Kind != "branch" {
			continue
		}
		for _, name := range append([]string{b.KK, b.RU, b.EN}, b.Aliases...) {
			r := &reader{t: t, x: analysis.Read(name, "")}
			r.readWords()
			for i := range r.words {
				p := r.strong(i, func(s *spelling) bool { return s.body.Kind != "branch" })
				if p != nil && !slices.Contains(t.branches[p.of[0].body], b) {
					t.branches[p.of[0].body] = append(t.branches[p.of[0].body], b)
				}
			}
		}
	}
}

// strong finds the longest run from word i that is a sure name of one institution which fits.
func (r *reader) strong(i int, fits func(*spelling) bool) *match {
	m := r.longest(i, Institution, func(s *spelling, first, last int) bool {
		return !s.weak && fits(s) && r.written(s, first, last)
	})
	if m == nil || len(m.of) != 1 {
		return nil
	}
	return m
}

// readBranches finds branches beside their parents' names: «ҚазҰУ-дың Омбыдағы филиалы», «алматинский филиал МИФИ».
// Only branches of the table are found: an unknown one is often only planned.
func (r *reader) readBranches() {
	// Only institutions a word or two beside the head may be its parents.
	beside := map[int][]Mention{}
	inBranch := map[int]bool{}
	for _, m := range r.bodies {
		if b := r.t.body[m.Key]; b != nil && len(r.t.branches[b]) > 0 {
			for k := m.Last; k < m.Last+3; k++ {
				beside[k] = append(beside[k], m)
			}
			for k := m.First - 2; k < m.First; k++ {
				beside[k] = append(beside[k], m)
			}
		}
		for k := m.First; m.Body == "branch" && k < m.Last; k++ {
			inBranch[k] = true
		}
	}
	for i := range r.words {
		if !r.listed("branch", i) || inBranch[i] {
			continue
		}
		for _, m := range beside[i] {
			b := r.t.body[m.Key]
			first, last, place := r.aroundBranch(i, m)
			if last == 0 || place < 0 && first > 0 && r.listed("opening", first-1) {
				continue // «открытие филиала МИФИ»
			}
			if branch := r.whichBranch(r.t.branches[b], place); branch != nil {
				r.bodies = append(r.bodies, r.mention(branch, first, last, "alias"))
				break
			}
		}
	}
}

// aroundBranch gives the words of a branch whose head is word i and whose parent is m, and the word that tells its place,
// -1 where none does. last is 0 where they do not belong together.
func (r *reader) aroundBranch(i int, m Mention) (first, last, place int) {
	place = -1
	if end := r.behindSuffix(m.Last); end <= i { // Kazakh: parent, place, филиалы
		switch {
		case end == i:
		case end == i-1 && r.words[i-1].upper && r.words[i].gap <= near:
			place = i - 1
		default:
			return 0, 0, -1
		}
		if r.words[end].gap > near {
			return 0, 0, -1
		}
		return m.First, i + 1, place
	}
	if m.First != i+1 && !(m.First == i+2 && r.adjective(r.words[i+1].Form)) || r.words[i+1].gap > quote {
		return 0, 0, -1
	}
	first = i
	if i > 0 && r.words[i].gap <= near && r.adjective(r.words[i-1].Form) && r.longest(i-1, Country, func(*spelling, int, int) bool { return true }) != nil {
		first, place = i-1, i-1
	}
	if k := m.Last + 1; place < 0 && k < len(r.words) && r.words[k].upper && r.words[k].gap <= near && r.is("in", k-1) {
		place = k
	}
	return first, m.Last, place
}

// whichBranch takes the branch in the city that a word names, or the only one where none is named.
func (r *reader) whichBranch(of []*body, place int) *body {
	if place < 0 {
		if len(of) == 1 {
			return of[0]
		}
		return nil
	}
	said := r.t.wordSounds(r.words[place].form)
	for _, b := range of {
		names := strings.ToLower(strings.Join([]string{b.City, b.KK, b.RU}, " "))
		for _, w := range analysis.Split(names) {
			for _, s := range said {
				if k := sound(w.Form); utf8.RuneCountInString(s) > 3 && (k == s || len(k) > 4 && (strings.HasPrefix(s, k) || strings.HasPrefix(k, s))) {
					return b
				}
			}
		}
	}
	// A place that is spelt otherwise than in the table: «в Туркестане».
	if m := r.longest(place, Country, func(*spelling, int, int) bool { return true }); m != nil && len(of) == 1 && m.of[0].place.Iso2 == of[0].Country {
		return of[0]
	}
	return nil
}

// readInner finds institutions inside the names of others: the parent in a branch's, the academy in its institute's.
func (r *reader) readInner() {
	starts := map[int][]Mention{}
	for _, m := range r.bodies {
		starts[m.First] = append(starts[m.First], m)
	}
	for _, m := range slices.Clone(r.bodies) {
		switch {
		case m.Known && !slices.Contains([]string{"branch", "company", "research", "faculty", "government"}, m.Body):
			continue
		case m.How == "list":
			continue
		}
		for i := m.First; i < m.Last; i++ {
			p := r.strong(i, func(s *spelling) bool { return s.body.Key != m.Key && s.proper })
			if p == nil || p.last > m.Last || p.last-p.first >= m.Last-m.First {
				continue
			}
			if !m.Known && (p.last != m.Last || r.sharesHead(m, p)) {
				continue // «Новосибирский государственный университет» of «… университет экономики и управления»
			}
			known := false
			for k := m.First; k <= p.first; k++ {
				known = known || slices.ContainsFunc(starts[k], func(o Mention) bool { return p.last <= o.Last && o.Last-o.First < m.Last-m.First })
			}
			if !known {
				r.bodies = append(r.bodies, r.mention(p.of[0].body, r.withInitials(p.first), p.last, "alias"))
			}
			i = p.last - 1
		}
	}
}

// sharesHead reports whether a shorter name's head is the first head of the longer.
func (r *reader) sharesHead(m Mention, p *match) bool {
	for k := m.First; k < m.Last; k++ {
		if r.words[k].head(r.words[k].lang).head != nil {
			return p.first <= k && k < p.last
		}
	}
	return false
}

// behindSuffix passes over a case ending that is a word of its own: the «дың» of «ҚазҰУ-дың».
func (r *reader) behindSuffix(k int) int {
	if k < len(r.words) && r.words[k].gap == tight && !r.words[k].upper {
		if _, ok := r.t.endings.kk[r.words[k].Form]; ok {
			return k + 1
		}
	}
	return k
}
