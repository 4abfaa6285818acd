package agreements

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"kelisim/analysis/names"
)

// side is what may be a party: an institution, company or ministry, an unnamed group of universities, or a word that
// stands for one or two sides named before.
type side struct {
	Party
	same        string // the key that names gave it, if any
	first, last int    // tokens; an abbreviation in parentheses behind the name belongs to it
	head        int    // the token whose ending shows the case
	body        string // kind of institution; "two", "one" for words that stand for sides
	lang        string
	role        role
	title       bool // a person speaks or signs for it
	owner       bool // its genitive owns what follows
	possessor   bool // it only tells whose the next side is: «Цинхуа университетінің … Tus-Holdings компаниясы»
	guest       bool // an unknown name with a country that only the place beside it tells
	sentence    int
	segment     int     // of its sentence
	doubt       float64 // see names.Mention; such a side is none of sentence.sides
	town        bool    // of a country: a town of it is named
	parent      string  // of a branch: its parent's id, where the name holds it
	place       string  // of a branch: the country where it is
	of          *body
	group       *group
}

// role is what a side does in its clause.
type role string

const (
	subject role = "subject"
	with    role = "with"
	between role = "between"
	base    role = "base"
	inside  role = "in"
	to      role = "to"
	of      role = "of"
	branch  role = "branch" // it owns a branch
	aside   role = "aside"  // no party
	seat    role = "seat"   // where a branch is, told by its name
)

func (x *side) stands() bool { return x.body == "two" || x.body == "one" }

// unnamed tells «universities, CN».
func (x *side) unnamed() bool { return x.Key == "" && x.Text == "" && !x.stands() }

func (x *side) isHome() bool { return x.Country == names.Home && !x.guest }

// listed reports whether the side is a university or the like.
func (x *side) listed() bool {
	switch x.body {
	case "government", "network", "company", "two", "one":
		return false
	}
	return !x.unnamed()
}

// id is what makes two sides the same party.
func (x *side) id() string { return cmp.Or(x.same, x.Key, x.Name) }

func (s *scene) findSides(ms []names.Mention) {
	var found []*side
	for _, m := range ms {
		if m.Kind == names.Country {
			for i := m.First; i < m.Last; i++ {
				s.land[i] = m.Key
			}
		}
	}
	end := -1
	for _, m := range ms {
		if m.Kind != names.Institution || m.First >= m.Last || m.Doubt > 0 {
			continue
		}
		if m.First < end {
			if n := len(found); n > 0 && found[n-1].body == "branch" && m.Last <= end && m.Body != "branch" && found[n-1].parent == "" {
				// A branch counts for its place and its parent's country.
				x := found[n-1]
				x.parent, x.Country = m.Key, m.Country
			}
			continue
		}
		end = m.Last
		if s.thing(m) {
			continue
		}
		x := sideOf(m)
		if found = append(found, x); x.body == "branch" {
			x.place = x.Country
		}
	}
	for _, x := range found {
		x.guest = x.Country == names.Home && strings.HasPrefix(x.Key, "new:") && !slices.Contains(s.land[x.first:x.last], names.Home)
	}
	found = append(found, s.abbreviations(found)...)
	for k, x := range found {
		for i := x.first; i < x.last; i++ {
			s.at[i] = k
		}
	}
	for _, q := range s.sentences {
		for i := q.first; i < q.last; i++ {
			if s.at[i] >= 0 {
				continue
			}
			x := s.word(i, q)
			if x == nil {
				continue
			}
			for j := x.first; j < x.last; j++ {
				s.at[j] = len(found)
			}
			found = append(found, x)
			if x.unnamed() {
				found = append(found, s.otherLands(x, q)...)
			}
			i = max(i, x.last-1)
		}
	}
	found = append(found, s.countrySides(ms)...)
	slices.SortStableFunc(found, func(a, b *side) int { return a.first - b.first })
	s.keep(found)
}

// sideOf makes a side of the mention of an institution.
func sideOf(m names.Mention) *side {
	x := &side{Party: Party{Key: m.Key, Name: m.Name, Country: m.Country, Text: m.Surface}, same: m.Key, first: m.First, last: m.Last, head: m.Last - 1,
		body: m.Body, doubt: m.Doubt}
	if !m.Known && !m.Listed() {
		x.Key = "" // no page or facet knows it: it is told by its name
	}
	if x.body == "government" && x.Country == "" {
		x.Country = names.Home // «министрлік» without a country is ours
	}
	return x
}

// findDoubtful makes sides of the mentions that names doubt. They are told only of a sentence that names them, and no other side is
// told otherwise because of them: they stand in no list, and nothing counts them.
func (s *scene) findDoubtful(ms []names.Mention) {
	for _, m := range ms {
		if m.Doubt <= 0 || m.First >= m.Last || slices.ContainsFunc(s.at[m.First:m.Last], func(k int) bool { return k >= 0 && s.sides[k].body != "country" }) {
			continue
		}
		q := s.sentenceOf(m.First)
		if q == nil {
			continue
		}
		x := sideOf(m)
		x.sentence, x.lang = q.index, q.lang
		s.place(x, q)
		x.group = &group{sides: []*side{x}, first: x.first, last: x.last, role: x.role, title: x.title}
		q.doubtful = append(q.doubtful, x)
	}
}

// sentenceOf is the sentence that a token is in, nil for none.
func (s *scene) sentenceOf(token int) *sentence {
	n := sort.Search(len(s.sentences), func(i int) bool { return s.sentences[i].last > token })
	if n == len(s.sentences) || s.sentences[n].first > token {
		return nil
	}
	return s.sentences[n]
}

// thing reports that an unknown «name» is what is created, no side: «создание Центра исследований Центральной Азии».
func (s *scene) thing(m names.Mention) bool {
	if !strings.HasPrefix(m.Key, "new:") || m.Body == "university" || m.Body == "branch" || m.Body == "academy" {
		return false
	}
	made := func(i int) bool {
		h, ok := s.w.status.Find(s.line, i, m.First)
		return ok && (h.Value[0] == "open" || h.Value[0] == "planned" || h.Value[0] == "opening") || strings.HasPrefix(s.forms[i], "создани") || strings.HasPrefix(s.forms[i], "запуск") || strings.HasPrefix(s.forms[i], "establish") || strings.HasPrefix(s.forms[i], "creat")
	}
	for i := max(0, m.First-3); i < m.First; i++ {
		if made(i) {
			return true
		}
	}
	for i := m.Last; i < min(m.Last+2, len(s.tokens)); i++ {
		if h, ok := s.w.verbs.Find(s.line, i, min(i+3, len(s.tokens))); ok && h.Value[0] == "open" {
			return true
		}
	}
	return false
}

// abbreviations finds again what a name in parentheses defined, where a possessive hides it: «NU (…)», «NU's rector».
func (s *scene) abbreviations(found []*side) []*side {
	defined := map[string]*side{}
	covered := map[int]bool{}
	for _, x := range found {
		for i := x.first; i < x.last; i++ {
			covered[i] = true
		}
		if i := x.last; i < len(s.tokens) && s.paren[i] && strings.Contains(s.between[i-1], "(") && strings.HasPrefix(s.between[i], ")") {
			if w := s.tokens[i].Surface; strings.ToUpper(w) == w && len(w) > 1 {
				defined[w] = x
			}
		}
	}
	var out []*side
	for i, t := range s.tokens {
		if w, ok := strings.CutSuffix(strings.ReplaceAll(t.Surface, "’", "'"), "'s"); ok && !covered[i] && defined[w] != nil {
			x := *defined[w]
			x.first, x.last, x.head = i, i+1, i
			out = append(out, &x)
		}
	}
	return out
}

// keep numbers the sides and lets an abbreviation in parentheses belong to the name before it.
func (s *scene) keep(found []*side) {
	for i := range s.at {
		s.at[i] = -1
	}
	q := 0
	for _, x := range found {
		for q < len(s.sentences)-1 && x.first >= s.sentences[q].last {
			q++
		}
		if len(s.sentences) == 0 || x.first < s.sentences[q].first || x.first >= s.sentences[q].last {
			continue
		}
		x.sentence, x.lang = q, s.sentences[q].lang
		if n := len(s.sides); n > 0 && s.paren[x.first] && s.sides[n-1].sentence == q && x.first-s.sides[n-1].last <= 1 && !x.stands() {
			s.sides[n-1].last = x.last
			s.at[x.first] = n - 1
			continue
		}
		for j := x.first; j < x.last; j++ {
			s.at[j] = len(s.sides)
		}
		s.sides = append(s.sides, x)
		s.sentences[q].sides = append(s.sentences[q].sides, x)
	}
}

// word finds what stands for a side at token i: «екі университет», «стороны», «университетами Китая».
func (s *scene) word(i int, q *sentence) *side {
	h, ok := s.w.sides.Find(s.line, i, q.last)
	if !ok || h.Value[0] == "title" {
		// «Шотланд университеті», «эстонский вуз»: one of that country, named before.
		if q.lang == "kk" && i > q.first && s.land[i-1] != "" && !s.breaks(i-1) {
			for _, w := range []string{"университеті", "академиясы", "институты", "вузы"} {
				if strings.HasPrefix(s.forms[i], w) {
					return &side{Party: Party{Country: s.land[i-1]}, first: i, last: i + 1, head: i, body: "one"}
				}
			}
		}
		return nil
	}
	for j := i; j < h.Last; j++ {
		if s.at[j] >= 0 {
			return nil // «the University of Central Asia» is a name
		}
	}
	switch what := h.Value[0]; what {
	case "two", "one":
		// «Технический университет» of an unknown name is no word for a known one.
		if what == "one" && i > q.first && s.upper[i-1] && s.land[i-1] == "" && i-1 > q.first && !s.breaks(i-1) {
			return nil
		}
		if i > q.first && what == "one" && s.quantity(i-1) {
			// «Германияның бірқатар жоғары оқу орнымен»: a Kazakh noun behind a number is singular
			if c := s.landOf(i, q); c != "" {
				return &side{Party: Party{Name: "universities, " + c, Country: c}, first: i, last: h.Last, head: h.Last - 1, body: "universities"}
			}
		}
		x := &side{first: i, last: h.Last, head: h.Last - 1, body: what}
		if i > q.first && s.land[i-1] != "" && !s.breaks(i-1) {
			x.Country = s.land[i-1]
		}
		return x
	case "universities", "partners":
		if c := s.landOf(i, q); c != "" {
			return &side{Party: Party{Name: what + ", " + c, Country: c}, first: i, last: h.Last, head: h.Last - 1, body: what}
		}
	}
	return nil
}

// otherLands are the further countries of unnamed sides: «университетами Польши, Чехии и Венгрии», a side each.
func (s *scene) otherLands(x *side, q *sentence) []*side {
	var out []*side
	at := -1
	for j := max(q.first, x.first-8); j < min(q.last, x.last+4); j++ {
		if s.land[j] == x.Country && s.spent[j] {
			at = j
		}
	}
	if at < 0 {
		return nil
	}
	for _, step := range []int{1, -1} {
		for j := at + step; j >= q.first && j < q.last && s.at[j] < 0 && (s.land[j] != "" || conjunction(s.forms[j])); j += step {
			if gap := s.between[min(j, j-step)]; strings.ContainsAny(gap, ".;:()") {
				break
			}
			if c := s.land[j]; c != "" && !s.spent[j] && c != x.Country {
				s.spent[j] = true
				y := *x
				y.Party = Party{Name: x.body + ", " + c, Country: c}
				out = append(out, &y)
			}
		}
	}
	return out
}

// landOf is the country that a generic noun at token i belongs to: «Қытайдың жетекші университеттері», «вузы Австрии».
func (s *scene) landOf(i int, q *sentence) string {
	for j := i + 1; j < min(i+4, q.last) && !s.breaks(j-1); j++ {
		if q.lang != "kk" && s.land[j] != "" && s.at[j] < 0 {
			s.spent[j] = true
			return s.land[j]
		}
	}
	for j := i - 1; j >= max(q.first, i-6) && !s.breaks(j) && s.at[j] < 0; j-- {
		if s.land[j] != "" {
			s.spent[j] = true
			return s.land[j]
		}
	}
	return ""
}
