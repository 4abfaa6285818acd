package agreements

import (
	"slices"
	"strings"
)

// object makes an alliance that a clause's verb creates the thing agreed, no party: «A, B и C создали Альянс университетов».
func (c *clause) object() {
	if c.marks["founders"] {
		var rest []*group
		for _, g := range c.groups {
			if len(g.sides) == 1 && g.sides[0].body == "network" {
				c.kind = "alliance"
				continue
			}
			rest = append(rest, g)
		}
		if c.kind == "alliance" {
			c.groups = rest
		}
		return
	}
	if c.kind != "" || c.status != "open" && c.status != "planned" && c.status != "agreed" && c.status != "discussed" {
		return
	}
	for i, g := range c.groups {
		if len(g.sides) == 1 && g.sides[0].body == "network" && g.first > c.verb && c.verb >= 0 && (g.role == subject || g.role == of) && c.at(subject) && len(c.groups) > 1 {
			c.kind = "alliance"
			c.groups = slices.Delete(slices.Clone(c.groups), i, i+1)
			return
		}
	}
}

// borrow gives a document without a topic the topic that was spoken of just before: behind a colon («Факультет появится в
// Шымкенте: A подписал соглашение с B»), by «такое соглашение», «аналогичная программа», or where the sentence before
// announced the thing and named nobody («Стороны договорились об открытии института. Соглашение подписали A и B»).
func (s *scene) borrow(c *clause, before []*clause, told []*draft) {
	p := (*sentence)(nil)
	if c.q.index > 0 {
		p = s.sentences[c.q.index-1]
		if p.paragraph != c.q.paragraph && !p.title && p.paragraph != c.q.paragraph-1 || len(p.clauses) == 0 || slices.ContainsFunc(told, func(d *draft) bool { return d.q == p }) {
			p = nil
		}
	}
	if c.kind == "" && c.document == "" && (c.marks["parties"] || s.pronoun(c)) {
		b := (*clause)(nil)
		if len(before) > 0 {
			b = before[len(before)-1]
		} else if p != nil {
			b = p.clauses[len(p.clauses)-1]
		}
		if b == nil || b.kind == "" && b.document == "" || b.status == "none" || b.status == "hypothetical" {
			return
		}
		c.kind, c.document = b.kind, b.document
		if !c.marks["parties"] && c.status == "open" && !c.at(with) && len(all(c.of(subject))) == 1 {
			for _, g := range b.groups {
				if g.role == inside || g.role == base {
					c.groups = append(slices.Clone(c.groups), g) // «В A открыт центр. Его учредил B.»
				}
			}
		}
		if c.marks["parties"] {
			c.status = b.status
			c.marks["many"] = true
		}
		return
	}
	if c.kind != "" && !(c.marks["same"] && c.kind == "joint-program") || c.document == "" && !c.marks["same"] {
		return
	}
	if n := len(before); n > 0 && strings.Contains(s.between[c.first-1], ":") {
		if b := before[n-1]; b.kind != "" && b.kind != "branch" && !s.names(b.first, b.last) {
			c.kind = b.kind
			return
		}
	}
	if len(before) > 0 {
		return
	}
	if n := len(told); n > 0 && c.marks["same"] && c.q.index-told[n-1].q.index <= 1 {
		c.kind = told[n-1].kind
		return
	}
	if p == nil {
		return
	}
	b := p.clauses[len(p.clauses)-1]
	if b.kind == "" || b.kind == "branch" || b.document != "" && b.document != "-" {
		return
	}
	switch b.status {
	case "agreed", "planned", "open", "in-force":
		if c.status == "signed" && c.document != "memorandum" || c.marks["same"] || c.marks["this"] {
			c.kind = b.kind
		}
	case "":
		if c.marks["same"] || c.marks["this"] {
			c.kind = b.kind
		}
	}
}

// pronoun reports that a clause says «его», «оны», «it» of a thing named before.
func (s *scene) pronoun(c *clause) bool {
	for i := c.first; i < c.last; i++ {
		switch s.forms[i] {
		case "его", "ее", "их", "оны", "it", "оған":
			if c.status == "open" || c.status == "signed" || c.status == "planned" && i < c.verb+3 {
				return true
			}
		}
	}
	return false
}

// itemize gives the items of a list what the sentence before the colon says of them: «… подписаны документы: ⏎ – меморандум
// между A и B; ⏎ – договор между C и D».
func (s *scene) itemize(q *sentence) {
	if q.index == 0 {
		return
	}
	p := s.sentences[q.index-1]
	status := p.announced
	if n := len(p.clauses); n > 0 && strings.Contains(s.between[p.last-1], ":") && !p.title {
		status = p.clauses[n-1].status
	}
	if status == "" || status == "none" || status == "hypothetical" || q.paragraph == p.paragraph {
		return
	}
	for _, c := range q.clauses {
		if c.status == "" || c.status == "attr" || c.status == "nominal" {
			if c.document != "" || c.kind != "" {
				c.status, c.inherited, q.announced = status, true, status
			}
		}
	}
}

// confirm raises a plan told in the sentence before to what «об этом договорились», «бұл туралы келісті» says.
func (s *scene) confirm(c *clause, told []*draft) {
	if n := len(told); n > 0 && c.document == "memorandum" && c.q.index-told[n-1].q.index == 1 && len(named(c.groups)) == 0 {
		// «Подписи под документом поставили A и B. Меморандум предусматривает …» names the document.
		if d := told[n-1]; d.kind == "agreement" && d.document == "-" && d.status == "signed" {
			d.kind = "memorandum"
		}
	}
	signed := c.status == "signed" && c.document != "" && len(named(c.groups)) == 0 && !c.marks["past"] && !c.marks["lastyear"]
	if !signed && (c.status != "agreed" || c.document != "" && c.document != "-") || !c.marks["this"] || c.kind != "" || len(told) == 0 {
		return
	}
	for i := len(told) - 1; i >= 0 && c.q.index-told[i].q.index <= 1; i-- {
		if told[i].status == "planned" && told[i].q != c.q {
			told[i].status = c.status
			if told[i].date, _ = c.dateFor(c.status); signed {
				c.status = "" // it is told already
			}
			return
		}
	}
}

// couple are the one Kazakh and the one foreign side that the last four sentences name, and nobody else; nil where they
// name more.
func (s *scene) couple(c *clause) (home, abroad *side) {
	if c.status != "signed" {
		return nil, nil
	}
	for i := len(s.sides) - 1; i >= 0; i-- {
		x := s.sides[i]
		if x.last > c.first || x.stands() || x.unnamed() || x.possessor {
			continue
		}
		if x.sentence < c.q.index-4 {
			break
		}
		switch {
		case !x.listed():
			return nil, nil
		case x.isHome():
			if home != nil && home.id() != x.id() {
				return nil, nil
			}
			home = x
		default:
			if abroad != nil && abroad.id() != x.id() {
				return nil, nil
			}
			abroad = x
		}
	}
	if home == nil || abroad == nil {
		return nil, nil
	}
	return home, abroad
}
