package agreements

import (
	"slices"
	"strings"

	"kelisim/analysis/names"
)

// states reads agreements of governments: the countries that a clause names.
func states(c *clause) [][]*side {
	if c.kind != "intergovernmental" || len(all(c.groups)) > 1 {
		return nil
	}
	var out []*side
	for i := c.first; i < c.last; i++ {
		if l := c.s.land[i]; l != "" && !slices.ContainsFunc(out, func(x *side) bool { return x.Country == l }) {
			out = append(out, country(l))
		}
	}
	if len(out) != 2 {
		return nil
	}
	return [][]*side{out}
}

// branches reads a branch, its parent and its host: «X-тың Y базасындағы филиалы», «филиал X на базе Y»; where no host
// is named, the country.
func branches(c *clause) [][]*side {
	var parents []*side
	for _, g := range c.groups {
		for _, x := range g.sides {
			if x.stands() {
				continue
			}
			if x.owner && x.role == branch || g.role == branch && g.sides[0].owner || x.body == "branch" && (g.role == subject || g.role == with) && c.document == "" && (c.kind == "branch" || c.status != "agreed" && c.status != "discussed" || len(g.sides) == 1) {
				parents = append(parents, x)
			}
		}
	}
	if c.whose() {
		// «… с A, чей филиал работает в Костанае»: A is the parent.
		for _, g := range c.q.groups {
			if g.last == c.first {
				return [][]*side{{g.sides[len(g.sides)-1], country(names.Home)}}
			}
		}
		return nil
	}
	if c.kind != "branch" && len(parents) == 0 {
		return nil
	}
	if c.verb >= 0 && strings.HasPrefix(c.s.forms[c.verb], "стан") {
		return nil // «оператором станет филиал»
	}
	hosts := append(all(c.of(base)), all(c.of(inside))...)
	named := all(append(c.of(subject), append(c.of(with), c.of(between)...)...))
	named = slices.DeleteFunc(named, func(x *side) bool { return slices.Contains(parents, x) })
	if len(parents) == 0 {
		// «X филиал ашады»: who opens it is its parent.
		if c.at(to) || len(named) != 1 || c.status == "signed" && len(hosts) == 0 || named[0].unnamed() {
			return nil
		}
		parents, named = named, nil
	}
	if len(hosts) == 0 {
		for _, x := range named {
			if x.isHome() {
				hosts = append(hosts, x)
			}
		}
	}
	if len(hosts) == 0 {
		hosts = c.s.hostLater(c)
	}
	c.kind = "branch"
	hosts = slices.DeleteFunc(hosts, func(x *side) bool {
		return !x.listed() || x.body == "branch" || slices.ContainsFunc(parents, func(p *side) bool { return p.id() == x.id() })
	})
	var out [][]*side
	for _, p := range parents {
		switch {
		case len(hosts) > 0:
			out = append(out, []*side{p, hosts[0]})
		case !p.isHome() || p.body == "branch" || strings.HasPrefix(p.Key, "new:"): // an unknown name may have got the city's country
			out = append(out, []*side{p, country(names.Home)})
		default:
			for i := c.first; i < c.last; i++ {
				if l := c.s.land[i]; l != "" && l != names.Home {
					out = append(out, []*side{p, country(l)})
					break
				}
			}
		}
	}
	return out
}

// whose reports a relative clause about a branch: «чей филиал», «whose branch».
func (c *clause) whose() bool {
	switch c.s.forms[c.first] {
	case "чей", "чья", "чье", "чьи", "whose":
		return c.kind == "branch"
	}
	return false
}

// hostLater is the Kazakh institution that the rest of the sentence names as the place of a branch.
func (s *scene) hostLater(c *clause) []*side {
	for _, g := range c.q.groups {
		if c.q.lang != "kk" && g.first >= c.last && (g.role == subject || g.role == base) && len(g.sides) == 1 && !g.title && g.sides[0].isHome() && g.sides[0].listed() && g.sides[0].body != "branch" {
			return g.sides
		}
	}
	return nil
}

// betweens reads «A мен B арасында», «между A и B», «between A and B».
func betweens(c *clause) [][]*side {
	var out [][]*side
	for _, g := range c.of(between) {
		if len(g.sides) < 2 {
			continue
		}
		out = append(out, split(c, g)...)
	}
	if out == nil {
		// «A мен оның серіктестері арасында», «между A и вузами Китая» told apart
		if xs := all(c.of(between)); len(xs) > 1 {
			return [][]*side{xs}
		}
	}
	return out
}

// split divides a list: «A мен B, C мен D» are two pairs; «A мен B, C және D» is a hub with three partners; a document of
// all sides stays whole.
func split(c *clause, g *group) [][]*side {
	xs := g.sides
	if len(xs) == 2 || c.marks["many"] || c.kind == "alliance" {
		return [][]*side{xs}
	}
	if len(xs)%2 == 0 && alternates(g.joins) {
		var out [][]*side
		for i := 0; i < len(xs); i += 2 {
			out = append(out, []*side{xs[i], xs[i+1]})
		}
		return out
	}
	home := 0
	for _, x := range xs {
		if x.isHome() {
			home++
		}
	}
	if g.role == between && len(g.joins) > 1 && g.joins[0] != "," && (home == 1 && xs[0].isHome() || home == len(xs)-1 && !xs[0].isHome()) {
		return each(xs[:1], xs[1:])
	}
	return [][]*side{xs}
}

func alternates(joins []string) bool {
	for i, j := range joins {
		if (i%2 == 0) == (j == ",") {
			return false
		}
	}
	return true
}

// joins reads who joins a network.
func joins(c *clause) [][]*side {
	if c.status != "joined" && !(c.status == "planned" && len(c.of(to)) > 0 && c.kind == "alliance") {
		return nil
	}
	who := all(c.of(subject))
	if c.document != "" && len(who) > 0 {
		// «К соглашению A и B присоединился C»: one document of three.
		for _, g := range append(c.of(of), c.of(between)...) {
			if len(g.sides) > 1 {
				return [][]*side{distinct(append(slices.Clone(g.sides), who...))}
			}
		}
	}
	net := all(c.of(to))
	for _, x := range all(c.groups) {
		if x.body == "network" && !slices.Contains(net, x) {
			net = append(net, x)
		}
	}
	who = slices.DeleteFunc(who, func(x *side) bool { return slices.Contains(net, x) })
	if len(who) == 0 || len(net) == 0 {
		return nil
	}
	if c.kind == "" {
		c.kind = "alliance"
	}
	return each(who, net[:1])
}

// accedes reads who joins what the sentences before told: «Третьим партнёром станет X», «X is expected to join».
func accedes(c *clause) [][]*side {
	who := all(c.of(subject))
	if !c.marks["accede"] || len(who) == 0 || c.status != "planned" && c.status != "joined" || c.kind != "" && c.document != "" {
		return nil
	}
	for i := len(c.told) - 1; i >= 0 && c.q.index-c.told[i].q.index <= 4; i-- {
		d := c.told[i]
		if len(d.sides) < 2 || len(d.sides) < 3 && d.kind == "memorandum" || d.status == "background" {
			continue
		}
		c.kind = d.kind
		return [][]*side{distinct(append(who, d.sides...))}
	}
	return nil
}

// withs reads a subject and its partners: «A B-мен», «A с B и C». Who signs at a place stands for the place.
func withs(c *clause) [][]*side {
	partners := all(c.of(with))
	if len(partners) == 0 {
		return nil
	}
	first := c.of(with)[0]
	var g *group
	for _, x := range c.of(subject) {
		if x.first < first.first || g == nil {
			g = x
		}
	}
	if g == nil && c.q.lang == "kk" {
		for _, x := range c.q.groups {
			if x.first == c.last && x.role == subject && c.status == "attr" {
				g = x
			}
		}
	}
	if g == nil {
		for _, r := range []role{inside, base, of} {
			for _, x := range c.of(r) {
				if x.named() > 0 && (r != of || x.title || x.first < first.first) {
					g = x
				}
			}
			if g != nil {
				break
			}
		}
	}
	if g == nil {
		// «A-ның ректорымен кездесуде B-мен бірлескен магистратура ашу ұсынылды»
		var ours, theirs []*side
		for _, x := range partners {
			if x.isHome() {
				ours = append(ours, x)
			} else {
				theirs = append(theirs, x)
			}
		}
		return each(ours, theirs)
	}
	who := slices.DeleteFunc(slices.Clone(g.sides), func(x *side) bool {
		return slices.ContainsFunc(partners, func(p *side) bool { return p.id() == x.id() })
	})
	if len(who) == 0 {
		return nil
	}
	if c.marks["many"] || c.kind == "alliance" && len(who)+len(partners) > 2 {
		return [][]*side{distinct(append(who, partners...))}
	}
	return each(who, partners)
}

// bases reads what is opened at somebody's: «A Y базасында орталық ашты», «на базе Y открыт центр A».
func bases(c *clause) [][]*side {
	works := c.kind == "" && c.document == "" && (c.status == "in-force" || c.status == "teach") && len(c.of(base)) > 0
	if c.kind == "" && !works || c.status == "signed" || c.lent {
		return nil
	}
	hosts := all(c.of(base))
	if len(hosts) == 0 && (c.status == "open" || c.status == "planned" || c.status == "in-force") {
		hosts = all(c.of(inside))
	}
	who := all(append(c.of(subject), c.of(of)...))
	who = slices.DeleteFunc(who, func(x *side) bool {
		return slices.ContainsFunc(hosts, func(h *side) bool { return h.id() == x.id() })
	})
	if len(hosts) == 0 {
		return nil
	}
	if works && len(who) > 0 {
		c.kind = "branch" // «Шотланд университеті Y базасында жұмыс істейді»
	}
	if len(who) == 0 {
		if net := c.s.network(c); net != nil {
			who = append(who, net)
		}
	}
	return each(who, hosts[:1])
}

// network is the network named in the sentence before, whose centre or office a university hosts.
func (s *scene) network(c *clause) *side {
	for i := len(s.sides) - 1; i >= 0; i-- {
		x := s.sides[i]
		if x.last <= c.first && x.sentence >= c.q.index-1 && x.body == "network" {
			return x
		}
	}
	return nil
}

// subjects reads one document of all: «A, B және C келісім жасасты», «A и B подписали меморандум».
func subjects(c *clause) [][]*side {
	gs := c.of(subject)
	if c.status == "joined" && c.kind != "alliance" {
		return nil // who joins a document joins those who have it
	}
	for _, g := range gs {
		if xs := distinct(g.sides); len(xs) > 1 {
			if s := pairsOf(c, g); s != nil {
				return s
			}
			return [][]*side{xs}
		}
	}
	if xs := all(gs); len(xs) == 2 && c.document != "" && xs[0].isHome() != xs[1].isHome() {
		return [][]*side{xs}
	}
	return nil
}

// pairsOf divides «A мен B, C мен D … келісім жасасты».
func pairsOf(c *clause, g *group) [][]*side {
	if len(g.sides) < 4 || c.marks["many"] || !alternates(g.joins) || len(g.joins)%2 == 0 {
		return nil
	}
	if c.q.lang != "kk" && g.joins[0] != "—" {
		// «A и B, C и D» are pairs where each has one of ours.
		for i := 0; i < len(g.sides); i += 2 {
			if g.sides[i].isHome() == g.sides[i+1].isHome() {
				return nil
			}
		}
	}
	return split(c, g)
}

// owners reads «A мен B-ның бірлескен бағдарламасы», «меморандум A и B».
func owners(c *clause) [][]*side {
	for _, g := range append(c.of(of), c.of(branch)...) {
		if xs := distinct(g.sides); len(xs) > 1 && (c.kind != "" || c.document != "") {
			return [][]*side{xs}
		}
	}
	// «A и B» told apart: a subject and the owner of what is spoken of.
	return nil
}

// offers reads an offer: «A B-ға бірлескен зертхана ашуды ұсынды».
func offers(c *clause) [][]*side {
	if c.status != "discussed" && c.status != "planned" {
		return nil
	}
	a, b := all(c.of(subject)), all(c.of(to))
	if len(a) != 1 || len(b) != 1 || a[0].id() == b[0].id() || c.kind == "" && c.document == "" {
		return nil
	}
	return [][]*side{{a[0], b[0]}}
}

// understood reads a clause that names one side and leaves the other to the reader.
func understood(c *clause) [][]*side {
	if c.kind == "" && c.document == "" {
		return nil
	}
	have := all(c.of(with))
	if len(have) == 0 {
		have = all(c.of(between))
	}
	if len(have) == 0 && c.status == "signed" && !c.at(subject) {
		// «В Сеульском национальном университете подписан меморандум»
		for _, x := range all(c.of(inside)) {
			if !x.isHome() && x.listed() {
				have = append(have, x)
			}
		}
	}
	if len(have) == 0 && len(c.of(subject)) == 1 && (c.kind != "" && c.kind != "branch" && c.status != "discussed") && c.document != "" {
		return nil
	}
	if len(have) == 0 {
		return nil
	}
	other := c.s.counterpart(c, have)
	if other == nil {
		return nil
	}
	return each([]*side{other}, have)
}
