package agreements

import (
	"slices"
	"strings"
)

// whole reads a sentence of which no clause gave a record, as a reader in a hurry does: it speaks of a document or of
// something that two sides can have in common, it says what became of it, and it names exactly two sides that may be
// parties. What looks like a trap (a denial, a condition, somebody else's document) is left alone.
//
//	«По итогам визита делегации Сеульского университета в Назарбаев Университет подписан меморандум.»
//	«Былтыр қол қойылған меморандум аясында ҚазҰУ-ға Цукуба университетінің ғалымдары келді.»
func (s *scene) whole(q *sentence, told []*draft, counted []Claim) []*draft {
	if strings.HasPrefix(s.between[q.last-1], "?") || len(q.clauses) == 0 {
		return nil
	}
	has := func(c *clause) bool {
		return slices.ContainsFunc(told, func(d *draft) bool { return d.q == q && (c == nil || d.clause == c) })
	}
	var out []*draft
	if !has(nil) {
		for _, c := range q.clauses {
			if trapped(c) {
				return nil
			}
		}
		return s.guess(q, q.first, q.last, q.groups, told, counted)
	}
	for i, c := range q.clauses {
		if len(q.clauses) < 2 || q.lang == "kk" || has(c) || trapped(c) || c.relative || c.document == "" && c.kind == "" || len(distinct(named(c.groups))) < 2 {
			continue
		}
		if i+1 < len(q.clauses) && trapped(q.clauses[i+1]) {
			continue
		}
		for _, d := range s.guess(q, c.first, c.last, c.groups, told, counted) {
			if !slices.ContainsFunc(told, func(o *draft) bool { return o.q == q && o.key() == d.key() }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// trapped reports a clause that denies, doubts, or speaks of a document that is none of a university's.
func trapped(c *clause) bool {
	switch c.status {
	case "none", "hypothetical", "ended", "skip":
		return true
	}
	return c.marks["foreign"] || c.marks["doubt"] && c.status != "discussed"
}

// guess reads tokens [first, last) of a sentence as one clause.
func (s *scene) guess(q *sentence, first, last int, groups []*group, told []*draft, counted []Claim) []*draft {
	c := &clause{s: s, q: q, first: first, last: last, verb: -1, docAt: -1}
	ps := s.predicates(q)
	c.read(ps)
	ps = slices.DeleteFunc(ps, func(p predicate) bool { return p.first < first || p.first >= last })
	c.status, c.verb = choose(ps, "") // the most careful of all that is said
	c.relative, c.also = false, nil
	c.groups = slices.Clone(groups)
	c.told = told
	if out := s.partners(c, counted); out != nil {
		return out
	}
	if c.kind == "" && c.document == "" {
		return nil
	}
	xs := distinct(named(c.groups))
	explicit := len(xs)
	if explicit == 0 {
		return nil
	}
	specific := c.kind != "" && c.kind != "other" && c.kind != "branch" && c.kind != "intergovernmental"
	switch c.status {
	case "signed", "agreed", "renewed", "nominal", "attr", "planned", "discussed", "background":
	case "in-force", "open", "opening", "cooperate", "teach":
		if !specific || len(xs) < 2 {
			return nil
		}
	case "":
		if !specific || len(xs) != 2 || q.title || c.marks["vague"] || q.lang == "kk" || c.kind == "joint-lab" || c.kind == "joint-center" || c.kind == "alliance" {
			return nil
		}
		c.status = "in-force" // a verb that we do not know: there is such a thing of the two
	default:
		return nil
	}
	if q.lang == "kk" && (explicit == 1 || c.status == "attr" && !c.marks["past"] && !c.marks["lastyear"] || c.status == "nominal") {
		return nil // a Kazakh sentence with one side or a participle mostly tells of something else
	}
	if explicit == 1 {
		if c.status != "signed" && c.status != "agreed" && c.status != "nominal" || q.title || c.kind == "branch" || c.kind == "other" {
			return nil
		}
		y := s.counterpart(c, xs)
		if y == nil {
			return nil
		}
		xs = append(xs, y)
	}
	if c.status == "nominal" {
		c.status = "signed"
	}
	var out []*draft
	for _, ys := range hubbed(c, xs) {
		if c.kind == "branch" || !c.vouches(ys, explicit) || s.counts(ys, c, counted) {
			continue
		}
		d := &draft{sides: ys, q: q, clause: c, rule: "whole", confidence: .4, document: c.document}
		if s.judge(d) {
			out = append(out, d)
		}
	}
	return out
}

// hubbed pairs sides that nothing orders: two that are opposite, or one of ours with several from abroad (or the other way
// round) where a document was signed or agreed.
func hubbed(c *clause, xs []*side) [][]*side {
	if len(xs) == 2 {
		if opposite(xs) {
			return [][]*side{xs}
		}
		return nil
	}
	var ours, theirs []*side
	for _, x := range xs {
		switch {
		case !x.listed():
			return nil
		case x.isHome():
			ours = append(ours, x)
		default:
			theirs = append(theirs, x)
		}
	}
	if len(ours) != 1 || c.document == "" || c.status != "signed" && c.status != "agreed" || len(theirs) > 6 {
		return nil
	}
	if c.marks["many"] || c.kind == "alliance" {
		return [][]*side{xs}
	}
	return each(ours, theirs)
}

// named are the sides of groups that stand under their own name.
func named(gs []*group) []*side {
	var out []*side
	for _, g := range gs {
		for _, x := range g.sides {
			if !x.stands() && !x.unnamed() && !x.possessor {
				out = append(out, x)
			}
		}
	}
	return out
}

// opposite reports that two sides are such as sign with each other: one of ours and one that is not.
func opposite(xs []*side) bool {
	if slices.ContainsFunc(xs, func(x *side) bool { return x.body == "network" }) {
		return false
	}
	return len(xs) == 2 && xs[0].isHome() != xs[1].isHome() || len(xs) == 2 && xs[0].listed() != xs[1].listed()
}

// partners reads a list of somebody's new partners and what was signed with them, there or in the next sentence: «Новыми
// партнёрами A стали B и C: с ними подписаны соглашения», «A-ның жаңа серіктестері – B мен C. Олармен келісім жасалды».
func (s *scene) partners(c *clause, counted []Claim) []*draft {
	if !c.marks["partner"] {
		return nil
	}
	at := -1
	for i := c.first; i < c.last && at < 0; i++ {
		if h, ok := s.w.marks.find(s, i, c.last); ok && h.value[0] == "partner" {
			at = i
		}
	}
	var hub *side
	var others []*side
	for _, x := range distinct(named(c.groups)) {
		switch {
		case hub == nil && (x.first > at && x.first <= at+4 && x.role == of || x.last <= at && (x.role == of || x.owner || x.role == subject && len(c.groups) > 0)):
			hub = x
		default:
			others = append(others, x)
		}
	}
	if hub == nil || len(others) == 0 {
		return nil
	}
	news := c
	if c.document == "" || c.status == "" || c.status == "planned" {
		if c.q.index+1 >= len(s.sentences) {
			return nil
		}
		next := s.sentences[c.q.index+1]
		news = &clause{s: s, q: next, first: next.first, last: next.last, verb: -1, docAt: -1}
		news.read(s.predicates(next))
		if news.document == "" || len(distinct(named(next.groups))) > 1 {
			return nil
		}
	}
	switch news.status {
	case "signed", "agreed", "attr", "in-force":
	case "":
		if news.document == "-" {
			return nil
		}
		news.status = "agreed"
	default:
		return nil
	}
	var out []*draft
	for _, xs := range each([]*side{hub}, others) {
		d := &draft{sides: xs, q: c.q, clause: news, rule: "partners", confidence: .5, document: news.document}
		if news.vouches(xs, 2) && !s.counts(xs, c, counted) && s.judge(d) {
			out = append(out, d)
		}
	}
	return out
}
