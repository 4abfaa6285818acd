package eval

import (
	"slices"
	"strings"
)

// set is a set of words; of parties, a record's sides.
type set map[string]bool

func setOf(words ...string) set {
	s := set{}
	for _, w := range words {
		s[w] = true
	}
	return s
}

func (s set) meets(o set) bool {
	for w := range s {
		if o[w] {
			return true
		}
	}
	return false
}

func (s set) within(o set) bool {
	for w := range s {
		if !o[w] {
			return false
		}
	}
	return true
}

func (s set) equal(o set) bool { return len(s) == len(o) && s.within(o) }

// key makes a set of sides a map's key.
func (s set) key() string { return strings.Join(sortedKeys(s), "\x00") }

func (s set) String() string { return strings.Join(sortedKeys(s), " + ") }

// pairs are the keys of all sets of two sides.
func (s set) pairs() set {
	out := set{}
	k := sortedKeys(s)
	for i, a := range k {
		for _, b := range k[i+1:] {
			out[a+"\x00"+b] = true
		}
	}
	return out
}

func jaccard(a, b set) float64 {
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	if all := len(a) + len(b) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}

// isNamed tells a party of listed institutions («name») from other organisations («~name») and unnamed sides («*CC»).
func isNamed(party string) bool {
	return party != "" && party[0] != '*' && party[0] != '~'
}

// allNamed reports it of each side of a pair's key.
func allNamed(pair string) bool {
	for side := range strings.SplitSeq(pair, "\x00") {
		if !isNamed(side) {
			return false
		}
	}
	return true
}

func (s set) named() set {
	out := set{}
	for p := range s {
		if isNamed(p) {
			out[p] = true
		}
	}
	return out
}

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
		b.keys = set{}
		for _, k := range append([]string{b.Key}, b.KeyAlso...) {
			if k != "" {
				b.keys[k] = true
			}
		}
		key := t.party(b.Key)
		switch {
		case strings.HasPrefix(b.Name, "Government of "):
			b.party = "*" + b.Country
		default:
			b.party = b.Name
			if t.kind[key] != "" {
				b.party = t.names[key][0]
			}
			if b.other {
				b.party = "~" + b.party
			}
		}
		party[b.Name] = b.party
		d.bodies = append(d.bodies, b)
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

// expand works out what is as good as what gold says first.
func (g *agreement) expand(party map[string]string) {
	g.kinds = setOf(append([]string{g.Kind}, g.Also...)...)
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
	if !g.Split {
		return
	}
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

// find gives the gold body that a predicted institution or party means, or nil. A key that is in the table must be right.
func (d *doc) find(p InstitutionFound) *body {
	if key := d.table.key(p); key != "" {
		for _, b := range d.bodies {
			if b.keys[key] {
				return b
			}
		}
		for _, b := range d.bodies {
			for k := range b.keys {
				if d.table.party(k) == d.table.party(key) {
					return b
				}
			}
		}
		// The table has learnt a name that gold did not find there.
		for _, b := range d.bodies {
			if len(b.keys) == 0 && closest(d.table.names[key], b.own()) == 1 {
				return b
			}
		}
		return nil
	}
	var texts []string
	for _, t := range append([]string{p.Name, p.Text}, p.Surfaces...) {
		if t != "" {
			texts = append(texts, t)
		}
	}
	var best *body
	most := 0.0
	for _, b := range d.bodies {
		forms := b.own()
		for k := range b.keys {
			forms = append(forms, d.table.names[k]...)
		}
		if l := closest(texts, forms); l > most {
			best, most = b, l
		}
	}
	if most >= .75 {
		return best
	}
	return nil
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
