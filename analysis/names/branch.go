package names

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/world"
)

// linkBranches learns whose branch each branch of the table is: its names hold a name of the parent.
func (t *Table) linkBranches() {
	t.branches = map[*world.Body][]*world.Body{}
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

// readBranches finds branches around the word that says so, with their parent and their place: «ҚазҰУ-дың Омбыдағы
// филиалы», «алматинский филиал МИФИ», «филиал МГУ в Ташкенте», «the campus of Coventry University in Almaty». One that
// the table lacks is told by parent and place; without a place it is only its parent's.
func (r *reader) readBranches() {
	parents := map[int]Mention{} // by their first word and by the word behind them
	inBranch := map[int]bool{}
	// «Филиал МГУ» is the one in Astana only where no other place follows.
	for n, m := range r.bodies {
		b := r.t.body[m.Key]
		if place, end := r.inPlace(m.Last); m.Body == "branch" && b != nil && place != "" && r.t.branchAt([]*world.Body{b}, place) == nil {
			r.bodies[n] = r.branchOf(r.t.parentOf(b), place, m.First, end)
		}
	}
	for _, m := range r.bodies {
		if m.Body == "branch" {
			for k := m.First; k < m.Last; k++ {
				inBranch[k] = true
			}
			continue
		}
		for _, k := range []int{m.First, -r.behindSuffix(m.Last)} {
			if o, ok := parents[k]; !ok || o.Last-o.First < m.Last-m.First {
				parents[k] = m
			}
		}
	}
	for i := range r.words {
		if !r.listed(branchList, i) || inBranch[i] {
			continue
		}
		first, last, place, m, ok := r.aroundBranch(i, parents)
		if !ok || first > 0 && r.listed(openingList, first-1) {
			continue // «открытие филиала МИФИ»: there is none yet
		}
		b := r.t.branchAt(r.t.branches[r.t.body[m.Key]], place)
		switch {
		case b != nil:
			r.bodies = append(r.bodies, r.mention(b, first, last, "branch"))
		case place != "":
			r.bodies = append(r.bodies, r.branchOf(m.Name, place, first, last))
		}
	}
}

// branchOf is a branch that the table lacks: of a parent in a place.
func (r *reader) branchOf(parent, place string, first, last int) Mention {
	k := r.t.linker()
	m := r.again(Mention{Kind: Institution, Name: parent + " " + k.Town(place) + " Branch", Body: "branch", Country: k.CountryOf(place)}, first, last)
	m.Key, m.How = "new:"+k.Told(k.Parts(m.Name), m.Country).Key(m.Country), "branch"
	return m
}

// parentOf is the name of a branch's parent, or its own where the table does not know whose it is.
func (t *Table) parentOf(branch *world.Body) string {
	p := cmp.Or(t.body[t.Parent(branch.Key)], branch)
	return cmp.Or(p.EN, p.RU, p.KK)
}

// Parent is the key of the institution whose branch key is, "" where key is no branch or the table does not know whose.
func (t *Table) Parent(key string) string {
	branch := t.body[key]
	if branch == nil || branch.Kind != "branch" {
		return ""
	}
	parent := ""
	for p, list := range t.branches {
		// A name may hold two institutions, «филиал МГИМО МИД России»; the map has no order, keys have one.
		if slices.Contains(list, branch) && p.Kind != "government" && (parent == "" || p.Key < parent) {
			parent = p.Key
		}
	}
	return parent
}

// aroundBranch gives the words of the branch whose head is word i, its place in small letters, "" where none is told, and
// its parent.
func (r *reader) aroundBranch(i int, parents map[int]Mention) (first, last int, place string, m Mention, ok bool) {
	// Kazakh: parent, place, филиалы; English: the parent's branch in a place.
	for _, k := range []int{i, i - 1} {
		if p, found := parents[-k]; found && k > 0 && r.joined(p.Last, i+1) && (k == i || r.words[k].upper && (r.words[k].latin || r.relative(k))) {
			m, first, last = p, p.First, i+1
			switch {
			case k < i:
				place = r.words[k].form
			case first > 0 && r.words[first].gap <= near && r.words[first-1].upper && r.relative(first-1):
				first-- // «Ташкенттегі МИФИ филиалы»
				place = r.words[first].form
			}
			if place == "" {
				place, last = r.inPlace(last)
			}
			return first, last, place, m, true
		}
	}
	// Russian, English: adjective of the place, филиал, adjective of the parent, parent, «в» and place.
	for k := i + 1; k <= i+2 && k < len(r.words); k++ {
		p, found := parents[k]
		if !found || !r.joined(i, k+1) || k == i+2 && !r.adjective(r.words[i+1].Form) && !r.is(particleList, i+1) {
			continue
		}
		first = i
		if i > 0 && r.words[i].gap <= near && (r.words[i-1].latin && r.words[i-1].upper || r.adjective(r.words[i-1].Form)) && r.longest(i-1, Country, func(*spelling, int, int) bool { return true }) != nil {
			first, place = i-1, r.words[i-1].form
		}
		last = p.Last
		if place == "" {
			place, last = r.inPlace(last)
		}
		return first, last, place, p, true
	}
	return 0, 0, "", m, false
}

// relative reports whether a Kazakh word tells where the next thing is: «Ташкенттегі филиал», not «Ташкентте филиал ашты».
func (r *reader) relative(k int) bool { return r.t.endings.Ends("kk:rel", r.words[k].form, 3) }

// joined reports whether only spaces and quotation marks part a run of words.
func (r *reader) joined(first, last int) bool {
	for k := first + 1; k < last; k++ {
		if r.words[k].gap > quote {
			return false
		}
	}
	return true
}

// inPlace reads «в Ташкенте», «in Almaty» behind word last-1.
func (r *reader) inPlace(last int) (place string, end int) {
	if k := last + 1; k < len(r.words) && r.is(inList, k-1) && r.words[k].upper && r.words[k].gap <= near && r.words[k-1].gap <= quote && (r.words[k].place || r.words[k].isTown(r.t)) {
		return r.words[k].form, k + 1
	}
	return "", last
}

// branchAt takes the branch in the place that a word names, or the only one where none is named.
func (t *Table) branchAt(of []*world.Body, place string) *world.Body {
	if place == "" {
		if len(of) == 1 {
			return of[0]
		}
		return nil
	}
	towns := t.linker().Sites(place)
	said := t.endings.Sounds(place)
	for _, b := range of {
		for _, w := range world.NameWords(strings.Join([]string{b.City, b.KK, b.RU}, " ")) {
			if slices.Contains(said, forms.Sound(w)) || slices.ContainsFunc(t.linker().Sites(w), func(s world.Site) bool {
				return s.Kind == world.TownElement && slices.Contains(towns, s)
			}) {
				return b
			}
		}
	}
	// «МГУ в Казахстане»: the only one there.
	if len(of) == 1 && slices.ContainsFunc(towns, func(s world.Site) bool { return s.Kind == world.CountryElement && s.Country == of[0].Country }) {
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
		if m.Known && !slices.Contains([]string{"branch", "company", "research", "faculty", "government"}, m.Body) {
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
				r.bodies = append(r.bodies, r.mention(p.of[0].body, r.withInitials(p.first), p.last, "inner"))
			}
			i = p.last - 1
		}
	}
}

// sharesHead reports whether a shorter name's head is the first head of the longer.
func (r *reader) sharesHead(m Mention, p *match) bool {
	for k := m.First; k < m.Last; k++ {
		if r.words[k].head(r.words[k].lang).Head != nil {
			return p.first <= k && k < p.last
		}
	}
	return false
}

// behindSuffix passes over a case ending that is a word of its own: the «дың» of «ҚазҰУ-дың».
func (r *reader) behindSuffix(k int) int {
	if k < len(r.words) && r.words[k].gap == tight && !r.words[k].upper {
		if _, ok := r.t.endings.KK[r.words[k].Form]; ok {
			return k + 1
		}
	}
	return k
}
