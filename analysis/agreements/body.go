package agreements

import (
	"slices"
	"sort"
	"strings"

	"kelisim/analysis/names"
)

// body is what may be a party of a text: all sides that name it.
type body struct {
	Party
	kind     string // of institution, company, government, network; universities, partners, country
	mentions []*side
	home     bool
	nth      int  // in scene.bodies
	doubtful bool // nothing names it surely

	starts      []string // how the words of its name begin; see inName
	seen, acted int      // rounds in which it was met; see describeSalience
}

func (b *body) listed() bool  { return b.mentions[0].listed() }
func (b *body) unnamed() bool { return b.mentions[0].unnamed() }

// gather makes bodies of the named and unnamed sides: a branch is its parent's body, a short name its long form's.
func (s *scene) gather() {
	byID := map[string]*body{}
	for _, x := range s.sides {
		if x.stands() {
			continue
		}
		id := x.id()
		if x.parent != "" {
			id = x.parent
		} else if y := s.meantBy(x); y != nil {
			id = y.id()
		}
		b := byID[id]
		if b == nil {
			b = &body{Party: x.Party, kind: x.body, home: x.isHome()}
			byID[id] = b
			s.bodies = append(s.bodies, b)
		}
		if b.kind == "branch" && x.body != "branch" {
			b.Party, b.kind, b.home = x.Party, x.body, x.isHome()
		}
		b.mentions = append(b.mentions, x)
	}
	s.joinShort()
	if byID["country, "+names.Home] == nil {
		x := &side{Party: Party{Name: "country, " + names.Home, Country: names.Home}, body: "country", first: -1, last: -1, sentence: -9}
		s.bodies = append(s.bodies, &body{Party: x.Party, kind: "country", home: true, mentions: []*side{x}})
	}
	s.gatherDoubtful(byID)
	most, mostHome := 0, 0
	for i, b := range s.bodies {
		b.nth = i
		n := len(b.mentions)
		for _, x := range b.mentions {
			if x.of = b; x.doubt > 0 {
				continue
			}
			if x.sentence == 0 {
				n += 2
			}
		}
		if !b.unnamed() && !b.doubtful {
			s.alike[b.likeness()]++
		}
		if !b.listed() || b.doubtful {
			continue
		}
		s.learned++
		if n > most {
			most, s.main = n, b
		}
		if b.home && n > mostHome {
			mostHome, s.mainHome = n, b
		}
	}
}

// meantBy is the office last named before a lone word for one that its name has: «министерство», «одаққа». It is nil for other sides.
func (s *scene) meantBy(x *side) *side {
	if x.last-x.first != 1 || x.Key != "" || x.listed() || x.unnamed() || x.body == "company" && s.upper[x.first] {
		return nil
	}
	word := s.stem(x.first)
	n := sort.Search(s.inOrder, func(i int) bool { return s.sides[i].first >= x.first })
	for i := n - 1; i >= max(0, n-mostSides); i-- {
		y := s.sides[i]
		if y.body != x.body || y.last-y.first == 1 {
			continue
		}
		for k := y.first; k < y.last; k++ {
			if s.stem(k) == word {
				return y
			}
		}
	}
	return nil
}

// gatherDoubtful makes bodies of the sides that names doubt, where no other side is such a body.
func (s *scene) gatherDoubtful(byID map[string]*body) {
	there := map[*body]bool{}
	for _, b := range s.bodies {
		there[b] = true
	}
	for _, q := range s.sentences {
		for _, x := range q.doubtful {
			id := x.id()
			if y := s.meantBy(x); y != nil {
				id = y.id()
			}
			b := byID[id]
			if b == nil || !there[b] {
				b = &body{Party: x.Party, kind: x.body, home: x.isHome(), doubtful: true}
				byID[id], there[b] = b, true
				s.bodies = append(s.bodies, b)
			}
			if x.of = b; b.doubtful {
				b.mentions = append(b.mentions, x)
			}
		}
	}
}

// joinShort joins an unlisted name to the longer one of the same text that holds its words: «Университет X» and
// «Национальный университет X».
func (s *scene) joinShort() {
	words := make([][]string, len(s.bodies))
	for i, b := range s.bodies {
		if b.unnamed() {
			continue
		}
		for _, x := range b.mentions {
			if w := s.nameWords(x); len(w) > len(words[i]) {
				words[i] = w
			}
		}
	}
	gone := map[*body]bool{}
	for i, b := range s.bodies {
		if b.unnamed() || b.Key != "" && !strings.HasPrefix(b.Key, "new:") || len(words[i]) == 0 {
			continue
		}
		for j, long := range s.bodies {
			if i == j || gone[long] || len(words[j]) <= len(words[i]) || 5*len(words[i]) < 2*len(words[j]) || long.listed() != b.listed() {
				continue
			}
			if !slices.ContainsFunc(words[i], func(w string) bool { return !slices.Contains(words[j], w) }) {
				long.mentions = append(long.mentions, b.mentions...)
				slices.SortStableFunc(long.mentions, func(x, y *side) int { return x.first - y.first })
				gone[b] = true
				break
			}
		}
	}
	s.bodies = slices.DeleteFunc(s.bodies, func(b *body) bool { return gone[b] })
}

// nameWords are the stems of a name's own words; heads like «университет» are none.
func (s *scene) nameWords(x *side) []string {
	var out []string
	for i := x.first; i < x.last; i++ {
		t := s.tokens[i]
		if t.Stop || len(t.Terms) == 0 || s.generic(i) {
			continue
		}
		if w := t.Terms[0]; !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// generic reports a word that says only what kind of body a name means.
func (s *scene) generic(i int) bool {
	for _, w := range s.w.heads {
		if strings.HasPrefix(s.forms[i], w) {
			return true
		}
	}
	return false
}

// countrySides makes sides of the countries and towns named outside other sides: the place of a branch, a state.
func (s *scene) countrySides(ms []names.Mention) []*side {
	var out []*side
	for _, m := range ms {
		if m.Kind != names.Country || m.How == "adj" || m.First >= m.Last || m.How == "inside" {
			continue
		}
		if slices.ContainsFunc(s.at[m.First:m.Last], func(k int) bool { return k >= 0 }) || s.spent[m.First] {
			continue
		}
		out = append(out, &side{Party: Party{Name: "country, " + m.Key, Country: m.Key}, first: m.First, last: m.Last, head: m.Last - 1, body: "country", town: m.How == "city"})
	}
	return out
}

// branchPlaces makes sides of the countries that the names of branches hold: «филиал УрФУ в Карши».
func (s *scene) branchPlaces() {
	s.inOrder = len(s.sides)
	for _, x := range slices.Clone(s.sides) {
		if x.body != "branch" || x.place == "" {
			continue
		}
		y := &side{Party: Party{Name: "country, " + x.place, Country: x.place}, first: x.first, last: x.last, head: x.head, body: "country",
			role: seat, sentence: x.sentence, lang: x.lang}
		s.sides = append(s.sides, y)
		q := s.sentences[x.sentence]
		q.sides = append(q.sides, y)
	}
}
