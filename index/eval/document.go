package eval

import (
	"regexp"
	"slices"
	"strings"
)

// doc is the gold of one article, and what a prediction's names mean in it.
type doc struct {
	article
	table  *table
	bodies []*body
	denied []denial
}

type denial struct {
	text   string
	bodies set
}

func newDoc(a article, t *table) *doc {
	d := &doc{article: a, table: t}
	party := map[string]string{}
	for i, b := range slices.Concat(a.Institutions, a.OtherOrgs) {
		b.other = i >= len(a.Institutions)
		b.identify(t)
		party[b.Name] = b.party
		d.bodies = append(d.bodies, b)
	}
	for _, b := range d.bodies {
		b.party = d.house(b, party)
		party[b.Name] = b.party
	}
	for _, n := range a.NotAgreements {
		in := denial{n.Text, set{}}
		for _, b := range d.bodies {
			if slices.ContainsFunc(b.Surfaces, func(s string) bool { return strings.Contains(clean(n.Text), clean(s)) }) {
				in.bodies[b.party] = true
			}
		}
		d.denied = append(d.denied, in)
	}
	for i := range d.Agreements {
		d.Agreements[i].expand(party)
	}
	return d
}

// identify works out which keys and ids are right, and what the body is called as a party.
func (b *body) identify(t *table) {
	b.keys, b.ids = set{}, set{}
	for _, k := range append([]string{b.Key}, b.KeyAlso...) {
		if k == "" {
			continue
		}
		b.ids[k] = true
		if t.kind[k] != "" {
			b.keys[k] = true
		}
	}
	if b.ROR != "" {
		b.ids[rorKey(b.ROR)] = true
	}
	if strings.HasPrefix(b.Name, "Government of ") && b.Country != "" {
		b.party = "*" + b.Country
		return
	}
	b.party = b.Name
	if key := t.party(b.Key); t.kind[key] != "" {
		b.party = t.names[key][0]
	}
	if b.other {
		b.party = "~" + b.party
	}
}

// house is the party that a body counts as: its parent's, told by gold or, where the table lacks the body, by its name.
func (d *doc) house(b *body, party map[string]string) string {
	if p, ok := party[b.Parent]; ok {
		return p
	}
	if names := d.table.names[d.table.party(b.Parent)]; len(names) > 0 {
		return names[0]
	}
	if len(b.keys) == 0 {
		if up := d.parent([]string{b.Name}, b); up != nil {
			return up.party
		}
	}
	return b.party
}

// expand works out what is as good as what gold says first.
func (g *agreement) expand(party map[string]string) {
	g.kinds = setOf(append([]string{g.Kind}, g.Also...)...)
	for _, group := range alikeKinds {
		if g.kinds.meets(group) {
			g.kinds.add(group)
		}
	}
	g.statuses = setOf(append([]string{g.Status}, g.StatusAlso...)...)
	g.quotes = append([]string{g.Quote}, g.QuoteAlso...)
	if len(g.Dates) == 0 {
		g.Dates = []string{g.Date}
	}
	for _, names := range append([][]string{g.Parties}, g.PartiesAlso...) {
		s := set{}
		for _, n := range names {
			if p, ok := party[n]; ok {
				s[p] = true
			} else if m := unnamed.FindStringSubmatch(n); m != nil {
				s["*"+m[1]] = true
			}
		}
		g.forms = append(g.forms, []set{s})
	}
	g.core = set{}
	if g.Split {
		g.split()
		return
	}
	for p := range g.forms[0][0] {
		if !slices.ContainsFunc(g.forms, func(form []set) bool { return !form[0][p] }) {
			g.core[p] = true
		}
	}
}

// split makes of a list of universities and one unnamed partner a record each, or one of all, home told or not.
func (g *agreement) split() {
	full, partner := g.forms[0][0], "*KZ"
	for _, p := range sortedKeys(full) {
		if p[0] == '*' && p != "*KZ" {
			partner = p
			break
		}
	}
	var each []set
	for _, p := range sortedKeys(full.named()) {
		each = append(each, setOf(p, partner))
	}
	abroad := set{}
	for p := range full {
		if p != "*KZ" {
			abroad[p] = true
		}
	}
	g.forms = [][]set{each, {full}, {abroad}}
}

// find gives the gold body that a predicted institution or party means, or nil; a branch that gold lacks means its parent.
func (d *doc) find(p InstitutionFound) *body {
	if b := d.match(p); b != nil {
		return b
	}
	key := d.table.key(p)
	switch {
	case key == "":
		return d.parent(p.texts(), nil)
	case d.table.kind[key] == "branch" && d.table.party(key) == key:
		return d.parent(d.table.names[key], nil)
	}
	return nil
}

// match is find without parents. A key that is in the table must be right.
func (d *doc) match(p InstitutionFound) *body {
	first := func(test func(*body) bool) *body {
		if i := slices.IndexFunc(d.bodies, test); i >= 0 {
			return d.bodies[i]
		}
		return nil
	}
	ids := setOf(p.ids()...)
	byID := func(b *body) bool { return ids.meets(b.ids) }
	if key := d.table.key(p); key != "" {
		for _, test := range []func(*body) bool{
			func(b *body) bool { return b.keys[key] },
			func(b *body) bool {
				return slices.ContainsFunc(sortedKeys(b.keys), func(k string) bool { return d.table.party(k) == d.table.party(key) })
			},
			byID,
			// The table has learnt a name that gold did not find there.
			func(b *body) bool { return len(b.keys) == 0 && closest(d.table.names[key], b.own()) == 1 },
		} {
			if b := first(test); b != nil {
				return b
			}
		}
		return nil
	}
	if b := first(byID); b != nil {
		return b
	}
	var best *body
	most := 0.0
	for _, b := range d.bodies {
		forms := b.own()
		for k := range b.keys {
			forms = append(forms, d.table.names[k]...)
		}
		if l := closest(p.texts(), forms); l > most {
			best, most = b, l
		}
	}
	if most >= .75 {
		return best
	}
	return nil
}

var (
	branchName = regexp.MustCompile(`(?i)филиал|бөлімше|өкілді|представительств|кампус|branch|campus|affiliate`)
	branchHead = regexp.MustCompile(`^(?:` + branchName.String() + `)`)
)

// parent is the body, not but, that names of a branch hold, beside one word for the place: «филиал А в Б» is A. The most
// words win.
func (d *doc) parent(texts []string, but *body) *body {
	var best *body
	most := 0
	for _, t := range texts {
		if !branchName.MatchString(t) {
			continue
		}
		branch := stems(t)
		for _, b := range d.bodies {
			if b == but || b.other {
				continue
			}
			for _, f := range b.own() {
				if n := len(stems(f)); n > most && !branchName.MatchString(f) && holds(branch, stems(f)) {
					best, most = b, n
				}
			}
		}
	}
	return best
}

// holds reports whether a branch's words are those of a name and at most one more that is no word for branch.
func holds(branch, name set) bool {
	more := 0
	for w := range branch {
		if !name[w] && !branchHead.MatchString(w) {
			more++
		}
	}
	return name.within(branch) && len(name) < len(branch) && more < 2
}

func (b *body) own() []string { return append([]string{b.Name}, b.Surfaces...) }

func closest(a, b []string) float64 {
	most := 0.0
	for _, x := range a {
		for _, y := range b {
			most = max(most, likeness(x, y))
		}
	}
	return most
}

// party is the side that a predicted party means.
func (d *doc) party(p InstitutionFound) string {
	for _, v := range []string{p.Key, p.Name, p.Text} {
		if m := unnamed.FindStringSubmatch(v); m != nil {
			return "*" + m[1]
		}
	}
	if b := d.find(p); b != nil {
		return b.party
	}
	key := d.table.party(d.table.key(p))
	text := p.Name
	if text == "" {
		text = p.Text
	}
	text = clean(text)
	low := strings.ToLower(text)
	state := strings.Contains(low, "үкімет") || strings.Contains(low, "правительств") || strings.Contains(low, "government")
	switch {
	case key == "" && p.Country != "" && (p.Name == "" || state):
		return "*" + p.Country
	case key != "" && otherKinds[d.table.kind[key]]:
		return "~" + d.table.names[key][0]
	case key != "":
		return d.table.names[key][0]
	case text == "":
		return "?"
	}
	return text
}
