package agreements

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"kelisim/analysis"
)

// does says what a side does in its sentence: its role, and who speaks for it.
func (x *side) does() string {
	r := string(x.role)
	if x.group != nil {
		r = string(x.group.role)
	}
	switch {
	case x.possessor:
		r = "possessor"
	case x.title || x.group != nil && x.group.title:
		r += "'s head"
	case x.owner && x.role != branch:
		r += "'s"
	}
	return r
}

// sort is what kind of side a body is.
func (b *body) sort() string {
	switch b.kind {
	case "country", "universities", "partners", "network", "company", "government", "branch":
		return b.kind
	}
	return "inst"
}

func (b *body) home3() string {
	switch {
	case b.home:
		return "home"
	case b.Country == "":
		return "?"
	}
	return "abroad"
}

func upTo(n, most int) string { return strconv.Itoa(min(n, most)) }

// steps puts a distance into one of five classes.
func steps(n int) string {
	switch {
	case n <= 1:
		return "1"
	case n <= 3:
		return "3"
	case n <= 7:
		return "7"
	case n <= 15:
		return "15"
	}
	return "far"
}

// sort is which model a candidate has: two bodies, a body and the place of its branch, or two states.
func (c *candidate) sort() string {
	switch {
	case c.a.kind != "country" && c.b.kind != "country":
		return "pair"
	case c.a.listed() || c.b.listed():
		return "place"
	}
	return "states"
}

// describe writes down the features of a place where a candidate may be told.
func (s *scene) describe(c *candidate, p *place, f *sheet) {
	f.Begin(c.sort())
	sorts, homes := c.sorts(), c.homes()
	f.Add("bias")
	f.Add("sorts", sorts)
	f.Add("homes", homes)
	f.Add("sorts homes", sorts, homes)
	f.Add("bodies", upTo(s.learned, 6))
	f.Add("lang", p.q.lang)
	if p.q.title {
		f.Add("headline")
	}
	where := "both"
	switch {
	case p.x != nil && p.y != nil:
		s.describeBoth(c, p, f, sorts, homes)
	case p.near != nil:
		where = "none"
		s.describeNone(c, p, f, sorts)
	default:
		where = "one"
		s.describeOne(c, p, f, sorts, homes)
	}
	f.Add("where", where)
	f.Add("where homes", where, homes)
	f.Add("where sorts", where, sorts)
}

func ordered(a, b string) string {
	a, b = sorted(a, b)
	return a + "+" + b
}

// sorts are what kinds of sides a candidate has.
func (c *candidate) sorts() string {
	if c.ofSorts == "" {
		c.ofSorts = ordered(c.a.sort(), c.b.sort())
	}
	return c.ofSorts
}

// homes tell which of its sides are at home.
func (c *candidate) homes() string {
	if c.ofHomes == "" {
		c.ofHomes = ordered(c.a.home3(), c.b.home3())
	}
	return c.ofHomes
}

// describeBoth: the sentence names both.
func (s *scene) describeBoth(c *candidate, p *place, f *sheet, sorts, homes string) {
	x, y := p.x, p.y
	if x.first > y.first {
		x, y = y, x
	}
	q := p.q
	dx, dy := x.does(), y.does()
	roles := dx + "," + dy
	f.Add("roles", roles)
	f.Add("roles sorts", roles, sorts)
	f.Add("1st", dx)
	f.Add("2nd", dy)
	f.Add("1st", dx, x.of.sort())
	f.Add("2nd", dy, y.of.sort())
	f.Add("roles homes", roles, homes)
	f.Add("lang roles", q.lang, roles)
	list := "apart"
	if x.group != nil && x.group == y.group {
		list = "list"
		n := len(x.group.sides)
		f.Add("list", upTo(n, 4), dx)
		f.Add("list homes", upTo(n, 4), homes)
		f.Add("list sorts", sorts)
	} else if x.group != nil && y.group != nil {
		f.Add("lists", upTo(len(x.group.sides), 3), upTo(len(y.group.sides), 3))
	}
	amid, beside := 0, 0
	for _, z := range q.sides {
		if z.of == c.a || z.of == c.b {
			continue
		}
		if z.stands() {
			f.Add("stands", z.body)
			continue
		}
		if z.of != nil && z.of.kind == "country" && c.a.kind != "country" && c.b.kind != "country" {
			continue
		}
		if z.group == nil || z.group != x.group && z.group != y.group {
			beside++
			s.describeRival(x, y, z, f, dx, dy)
		}
		if z.first >= x.last && z.last <= y.first && z.group != x.group && z.group != y.group {
			amid++
			f.Add("amid role", z.does(), roles)
		}
	}
	f.Add("amid sides", upTo(amid, 3), list)
	f.Add("beside sides", upTo(beside, 4), list)
	s.describeDoubt(x, y, f)
	gap := y.first - x.last
	f.Add("distance", steps(gap), list)
	turns := s.segments[y.first] - s.segments[x.first]
	f.Add("turns", upTo(turns, 2), list)
	f.Add("turns roles", upTo(turns, 2), roles)
	s.describeSigns(q, x, y, f, list, roles, sorts, homes)
	s.describeWords(q, x, y, f)
	if n := q.index + 1; n < len(s.sentences) {
		s.describeNext(s.sentences[n], f, "next")
	}
}

// describeDoubt notes how unsure it is that a side is a name.
func (s *scene) describeDoubt(x, y *side, f *sheet) {
	for _, z := range []*side{x, y} {
		if z.doubt <= 0 {
			continue
		}
		n := upTo(int(z.doubt), 3)
		f.Add("doubt", n)
		f.Add("doubt sort", n, z.of.sort())
		f.Add("doubt role", n, z.does())
		f.Add("doubt role", z.does(), x.does()+","+y.does())
	}
}

// describeRival: z may be the one that x or y is told with.
func (s *scene) describeRival(x, y, z *side, f *sheet, dx, dy string) {
	where := "amid"
	switch {
	case z.last <= x.first:
		where = "before"
	case z.first >= y.last:
		where = "behind"
	}
	dz := z.does()
	if dz == dx {
		f.Add("rival 1st", where, dx, dy, boolName(s.segments[z.first] == s.segments[y.first], "near 2nd"))
	}
	if dz == dy {
		f.Add("rival 2nd", where, dx, dy, boolName(s.segments[z.first] == s.segments[x.first], "near 1st"))
	}
}

// describeNext notes what the sentence behind or before speaks of.
func (s *scene) describeNext(q *sentence, f *sheet, which string) {
	named := 0
	for _, x := range q.sides {
		if !x.stands() && x.of.kind != "country" {
			named++
		}
	}
	f.AddAs(which, "names", upTo(named, 2))
	if g := q.main(); g != "" {
		f.AddAs(which, "pred", g, upTo(named, 2))
	}
}

// main is the status of a sentence's governing predicate.
func (q *sentence) main() string {
	var ps []predicate
	for _, g := range q.signs {
		if g.class == "pred" {
			ps = append(ps, predicate{g.first, g.last, g.value, g.finite})
		}
	}
	status, _ := choose(ps, q.lang)
	return status
}

// describeSigns: where the signs of the sentence stand.
func (s *scene) describeSigns(q *sentence, x, y *side, f *sheet, list, roles, sorts, homes string) {
	doc, topic := "-", "-"
	var mine []predicate
	for _, g := range q.signs {
		pos := "amid"
		switch {
		case g.last <= x.first:
			pos = "before"
		case g.first >= y.last:
			pos = "behind"
		}
		if t := s.segments[g.first]; t != s.segments[x.first] && t != s.segments[y.first] {
			pos += " apart"
		} else {
			switch g.class {
			case "doc":
				doc = "doc"
			case "topic":
				if topic == "-" || strings.HasSuffix(topic, "?") {
					topic = g.value
				}
			case "pred":
				mine = append(mine, predicate{g.first, g.last, g.value, g.finite})
			}
		}
		f.Add(g.class, g.value)
		if g.class == "talk" || g.class == "mark" {
			f.Add(g.class, g.value, boolName(strings.HasSuffix(pos, "apart"), "apart"), list)
			continue
		}
		f.Add(g.class, g.value, pos)
		f.Add(g.class, g.value, pos, list)
		if g.class == "topic" || g.class == "doc" || g.class == "pred" && g.value != "" {
			f.AddAs(g.class, "roles", g.value, roles)
		}
		f.AddAs(g.class, "sorts", g.value, sorts)
	}
	status, at := choose(mine, q.lang)
	if status == "" {
		status = "-"
	}
	f.Add("told", status, doc, topic)
	f.Add("told", status, doc)
	f.Add("told roles", status, roles)
	f.Add("told", status, topic)
	f.Add("told homes", status, homes)
	f.Add("doc topic", doc, topic)
	if at >= 0 {
		pos := "amid"
		if at < x.first {
			pos = "before"
		} else if at >= y.last {
			pos = "behind"
		}
		f.Add("told at", status, pos, roles)
	}
}

// describeWords: the words beside the two sides and between them.
func (s *scene) describeWords(q *sentence, x, y *side, f *sheet) {
	if y.first-x.last <= 12 {
		for i := x.last; i < y.first; i++ {
			if s.at[i] < 0 {
				f.Add("word amid", s.stem(i))
			}
		}
	}
	for _, w := range []struct {
		where string
		i     int
	}{{"word before 1st", x.first - 1}, {"word behind 1st", x.last}, {"word before 2nd", y.first - 1}, {"word behind 2nd", y.last}} {
		if w.i >= q.first && w.i < q.last && s.at[w.i] < 0 {
			f.Add(w.where, s.stem(w.i))
		}
	}
}

func (s *scene) describeBag(q *sentence, f *sheet, as string) {
	for i := q.first; i < min(q.last, q.first+60); i++ {
		if s.at[i] < 0 && s.tokens[i].Kind == analysis.Word && !s.tokens[i].Stop && !s.upper[i] {
			f.Add(as, s.stem(i))
		}
	}
}

// stem is a word's likeliest term.
func (s *scene) stem(i int) string {
	if t := s.tokens[i].Terms; len(t) > 0 {
		return t[0]
	}
	return s.forms[i]
}

// describeOne: the sentence names one; the other stands before it, in the headline or right behind.
func (s *scene) describeOne(c *candidate, p *place, f *sheet, sorts, homes string) {
	x, far, q := p.x, p.far, p.q
	if x == nil {
		x = p.y
	}
	other := far.of
	d := x.does()
	away := s.away(far, q)
	f.Add("one role", d, sorts)
	f.Add("one role", d)
	f.Add("far", away)
	f.Add("far role", away, far.does())
	f.Add("far sort", away, other.sort())
	f.Add("far does", far.does(), d)
	if far.sentence < 0 {
		f.Add("implied", d, other.sort())
	}
	named, stands := 0, "-"
	for _, z := range q.sides {
		if z.stands() {
			stands = z.body
		} else if z.of != x.of && z.of.kind != "country" && (z.group == nil || z.group != x.group) {
			named++
			f.Add("one other", z.does(), d)
		}
	}
	f.Add("one subject", s.subjectOf(q, x), d)
	ev := s.tells(q)
	all, alike := s.rank(other, x.of, q)
	f.Add("one actors", s.actors(q), d)
	f.Add("one rank", all)
	f.Add("one rank alike", alike, homes)
	f.Add("one rank tells", all, ev)
	f.Add("one rank role", all, d)
	f.Add("one rank others", all, upTo(named, 2), stands)
	f.Add("one tells", ev, d)
	f.Add("one tells others", ev, upTo(named, 2))
	if x.group != nil {
		f.Add("one list", upTo(len(x.group.sides), 3), d)
	}
	if q.has("talk", "us") {
		stands += " us"
	}
	if q.has("talk", "them") {
		stands += " them"
	}
	f.Add("one stands", stands)
	f.Add("one stands far", stands, away)
	f.Add("one others", upTo(named, 3))
	f.Add("one others far", upTo(named, 3), away)
	f.Add("one others stands", upTo(named, 3), stands)
	s.describeSalience(other, far, q, x.of, f, "one", homes)
	f.Add("one speech", boolName(s.speech(q), "speech"), boolName(s.mainHome == other, "main of ours"), stands)
	status := cmp.Or(q.main(), "-")
	f.Add("one told", status, boolName(q.has("doc"), "doc"), stands)
	f.Add("one told role", status, d)
	for _, g := range q.signs {
		f.AddAs("one", g.class, g.value)
		if g.class == "talk" || g.class == "mark" {
			continue
		}
		f.AddAs("one", g.class, g.value, sorts)
		if g.class == "topic" || g.class == "doc" {
			f.Add("one "+g.class+" role", g.value, d)
		}
	}
	if far.sentence >= 0 {
		s.describeFar(far, f, "far")
	}
}

func boolName(ok bool, name string) string {
	if ok {
		return name
	}
	return "-"
}

// away says where a side stands that a sentence does not name.
func (s *scene) away(far *side, q *sentence) string {
	switch {
	case far.sentence < 0:
		return "nowhere"
	case far.sentence > q.index:
		return "behind"
	case s.sentences[far.sentence].title:
		if q.index == 1 {
			return "headline above"
		}
		return "headline"
	}
	return upTo(q.index-far.sentence, 4)
}

// describeSalience: whether the absent body is the one that a reader thinks of. beside is the one that the sentence
// names, nil for none.
func (s *scene) describeSalience(b *body, far *side, q *sentence, beside *body, f *sheet, as, homes string) {
	between, same, subjects := 0, 0, 0 // bodies
	s.round++
	for _, z := range s.amid(far, q) {
		if z.stands() || z.of == b || z.of == beside || z.of.kind == "country" {
			continue
		}
		if z.of.seen != s.round {
			z.of.seen = s.round
			between++
			if z.of.home == b.home {
				same++
			}
		}
		if z.role == subject && z.of.acted != s.round {
			z.of.acted = s.round
			subjects++
		}
		if between >= 4 && same >= 3 && subjects >= 3 {
			break // more are told as these
		}
	}
	others := s.alike[b.likeness()]
	for _, o := range []*body{b, beside} {
		if o != nil && !o.unnamed() && o.likeness() == b.likeness() {
			others--
		}
	}
	f.AddAs(as, "between", upTo(between, 4))
	f.AddAs(as, "between same", upTo(same, 3))
	f.AddAs(as, "between same homes", upTo(same, 3), homes)
	f.AddAs(as, "between subjects", upTo(subjects, 3), far.does())
	f.AddAs(as, "others like it", upTo(others, 4))
	f.AddAs(as, "others like it between", upTo(others, 3), upTo(same, 2))
	main := "minor"
	if s.main == b {
		main = "main"
	} else if s.mainHome == b {
		main = "main of ours"
	}
	f.AddAs(as, "main", main)
	f.AddAs(as, "main between", main, upTo(same, 2))
	f.AddAs(as, "main between", main, upTo(subjects, 2), far.does())
	if len(s.sentences) > 0 && s.sentences[0].title && b.in(s.sentences[0]) != nil {
		f.AddAs(as, "in headline", main, b.in(s.sentences[0]).does())
	}
	f.AddAs(as, "times", upTo(len(b.mentions), 4))
	f.AddAs(as, "hinted", s.hinted(b, q))
}

// salience ranks the bodies that a reader may think of at a sentence, the likeliest first: named often, lately, as who
// acts, in the headline.
func (s *scene) salience(q *sentence) []*body {
	if s.ranked == nil {
		s.ranked = map[*sentence][]*body{}
	}
	if r, ok := s.ranked[q]; ok {
		return r
	}
	score := make([]float64, len(s.bodies))
	var out []*body
	for _, x := range s.sides[:s.inOrder] {
		if x.sentence >= q.index {
			break
		}
		if x.of == nil || x.of.kind == "country" || x.of.unnamed() || x.sentence < 0 {
			continue
		}
		w := 1.0
		switch {
		case s.sentences[x.sentence].title:
			w = 2
		case x.role == subject, x.title:
			w = 1.6
		}
		if score[x.of.nth] == 0 {
			out = append(out, x.of)
		}
		score[x.of.nth] += w * (fading(q.index-x.sentence) + .08)
	}
	slices.SortStableFunc(out, func(a, b *body) int { return cmp.Compare(score[b.nth], score[a.nth]) })
	s.ranked[q] = out
	return out
}

// fading is how much of a mention is left so many sentences later.
func fading(sentences int) float64 {
	if sentences < len(fadings) {
		return fadings[sentences]
	}
	return math.Pow(.6, float64(sentences))
}

var fadings = func() (out [64]float64) {
	for i := range out {
		out[i] = math.Pow(.6, float64(i))
	}
	return out
}()

// amid are the sides between another one and a sentence.
func (s *scene) amid(x *side, q *sentence) []*side {
	sides := s.sides[:s.inOrder]
	from := sort.Search(len(sides), func(i int) bool { return sides[i].first > x.first })
	to := sort.Search(len(sides), func(i int) bool { return sides[i].sentence >= q.index })
	return sides[from:max(from, to)]
}

// likeness is what others that are like a body have in common with it.
func (b *body) likeness() int {
	n := 0
	if b.home {
		n = 1
	}
	if b.listed() {
		n += 2
	}
	return n
}

// rank is a body's place among those that a reader may think of, without the one that the sentence names.
func (s *scene) rank(b, beside *body, q *sentence) (all, alike string) {
	n, m := 1, 1
	for _, o := range s.salience(q) {
		if o == b {
			return upTo(n, 4), upTo(m, 3)
		}
		if o != beside && o.in(q) == nil {
			n++
			if o.home == b.home && o.listed() == b.listed() {
				m++
			}
		}
	}
	return "-", "-"
}

// tells sums up what a sentence may tell: a document, a thing that is made, what happened.
func (s *scene) tells(q *sentence) string {
	out := boolName(q.has("doc"), "doc")
	strong := "-"
	for _, g := range q.signs {
		if g.class == "topic" && !strings.HasSuffix(g.value, "?") {
			strong = "thing"
		}
	}
	group := "-"
	switch q.main() {
	case "signed", "agreed", "joined", "renewed", "attr", "nominal", "background":
		group = "signed"
	case "in-force", "open", "teach", "cooperate", "opening":
		group = "works"
	case "planned", "discussed":
		group = "planned"
	case "none", "hypothetical", "ended", "skip":
		group = "none"
	}
	return out + " " + strong + " " + group
}

// hinted says how a sentence points at a body without naming it: by a word of its name, its country, or what it is.
func (s *scene) hinted(b *body, q *sentence) string {
	if q.hints == nil {
		q.hints = make([]string, min(len(s.bodies), mostBodies))
	}
	if q.hints[b.nth] == "" {
		q.hints[b.nth] = s.hint(b, q)
	}
	return q.hints[b.nth]
}

func (s *scene) hint(b *body, q *sentence) string {
	out, other := "-", false
	for i := q.first; i < q.last; i++ {
		k := s.at[i]
		if k >= 0 && !s.sides[k].stands() && s.sides[k].body != "country" {
			continue
		}
		if c := s.land[i]; c != "" {
			if c == b.Country {
				out = "country"
			} else {
				other = true
			}
		}
		if s.tokens[i].Kind == analysis.Word && s.inName(b, s.forms[i]) {
			return "word of its name"
		}
	}
	if out == "-" && other {
		return "another country"
	}
	return out
}

// inName reports whether a word begins as a word of a body's own name does: «томичи», «академия».
func (s *scene) inName(b *body, w string) bool {
	if len(w) < 10 { // bytes: five letters of Cyrillic
		return false
	}
	if b.starts == nil {
		b.starts = []string{}
		for _, x := range b.mentions {
			for i := x.first; i >= 0 && i < x.last; i++ {
				if n := s.forms[i]; len(n) >= 10 && !slices.Contains(b.starts, n[:8]) && !s.generic(i) && !s.tokens[i].Stop {
					b.starts = append(b.starts, n[:8])
				}
			}
		}
	}
	return slices.Contains(b.starts, w[:8])
}

// describeFar: what the sentence tells in which the absent side stands.
func (s *scene) describeFar(far *side, f *sheet, as string) {
	q := s.sentences[far.sentence]
	n := 0
	for _, z := range q.sides {
		if !z.stands() && z.of != far.of && z.of.kind != "country" {
			n++
		}
	}
	f.AddAs(as, "others", upTo(n, 3))
	for _, g := range q.signs {
		if g.class == "talk" || g.class == "pred" || g.class == "doc" {
			f.AddAs(as, g.class, g.value)
		}
	}
}

// describeNone: the sentence names neither.
func (s *scene) describeNone(c *candidate, p *place, f *sheet, sorts string) {
	q, x, y := p.q, p.far, p.near
	if x.first > y.first {
		x, y = y, x
	}
	named, stands := 0, "-"
	for _, z := range q.sides {
		if z.stands() {
			stands = z.body
		} else if z.of.kind != "country" {
			named++
		}
	}
	for _, v := range []string{"us", "them"} {
		if q.has("talk", v) {
			stands += " " + v
		}
	}
	together := "apart"
	if x.sentence == y.sentence {
		together = "together"
		f.Add("none roles", x.does(), y.does())
		s.describeFar(x, f, "none far")
	}
	ev := s.tells(q)
	r1, _ := s.rank(x.of, y.of, q)
	r2, _ := s.rank(y.of, x.of, q)
	actors := s.actors(q)
	f.Add("none actors", actors)
	f.Add("none actors tells", actors, ev)
	f.Add("none ranks", ordered(r1, r2))
	f.Add("none ranks tells", ordered(r1, r2), ev)
	f.Add("none tells", ev, stands)
	f.Add("none tells named", ev, upTo(named, 2))
	f.Add("none away", s.away(x, q), s.away(y, q))
	f.Add("none together", together, s.away(y, q))
	f.Add("none stands", stands, together)
	f.Add("none named", upTo(named, 3), stands)
	s.describeSalience(x.of, x, q, y.of, f, "none 1st", together)
	s.describeSalience(y.of, y, q, x.of, f, "none 2nd", together)
	status := cmp.Or(q.main(), "-")
	f.Add("none told", status, boolName(q.has("doc"), "doc"), stands)
	f.Add("none told", status, together)
	for _, g := range q.signs {
		f.AddAs("none", g.class, g.value)
		if g.class == "talk" || g.class == "mark" {
			continue
		}
		f.AddAs("none", g.class, g.value, together)
	}
}

// subjectOf says who acts in a sentence beside x.
func (s *scene) subjectOf(q *sentence, x *side) string {
	for _, z := range q.sides {
		if z.role == subject && (x == nil || z.of != x.of) {
			if z.stands() {
				return "word"
			}
			if z.of.kind != "country" {
				return "side"
			}
		}
	}
	return "-"
}

// actors says who acts in a sentence that are no places of learning: states, ministries and companies, politicians.
func (s *scene) actors(q *sentence) string {
	out := "-"
	for _, z := range q.sides {
		switch {
		case z.stands() || z.of == nil || z.role == inside || z.role == aside || z.role == seat:
		case z.of.kind == "country" && !z.town:
			return "states"
		case !z.of.listed() && z.of.kind != "country":
			out = "others"
		}
	}
	if out == "-" && q.has("talk", "state") {
		return "politicians"
	}
	return out
}

// speech reports that somebody speaks: the sentence stands in quotation marks or behind a dash.
func (s *scene) speech(q *sentence) bool {
	t := strings.TrimLeft(s.x.Source[max(0, q.Start-6):q.End], " \n")
	return strings.HasPrefix(t, "–") || strings.HasPrefix(t, "—") || strings.HasPrefix(t, "«") || strings.HasPrefix(t, "\"") || strings.HasPrefix(t, "-")
}
