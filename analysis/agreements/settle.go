package agreements

import "slices"

// settle makes one record of what an article tells twice: in the headline and the lead, with and without the topic.
func (s *scene) settle(told []*draft) []*draft {
	var out []*draft
	for _, d := range told {
		i := slices.IndexFunc(out, func(o *draft) bool { return o.same(d) })
		before := slices.IndexFunc(out, func(o *draft) bool {
			return o.key() == d.key() && d.q.index > o.q.index && d.q.index-o.q.index <= 2 && !o.q.title
		})
		switch {
		case before >= 0 && d.clause.marks["under"] && (d.status == "planned" || d.status == "in-force"):
			// «Under the document, the universities will …»: what was agreed, no document of its own.
		case before >= 0 && i < 0 && d.weak && generic(d.kind) && d.status == "signed" && (holds(out[before].status) == "signed" || out[before].status == "in-force" || d.clause.marks["this"]) && !d.clause.marks["new"]:
			// «… создали альянс. Соглашение об этом подписали 9 июня»
			o := *out[before]
			if o.date == "" {
				o.date = d.date
			}
			if o.status == "planned" || o.status == "agreed" {
				o.status = "signed"
			}
			out[before] = &o
		case i >= 0:
			out[i] = better(out[i], d)
		case d.weak && slices.ContainsFunc(out, func(o *draft) bool { return o.key() == d.key() && d.q.index-o.q.index <= 1 && o.status != "discussed" }) && d.clause.status == "attr":
			// «Подписанный меморандум предусматривает …» says how the sentence before was meant.
			for _, o := range out {
				if o.key() == d.key() && o.status == "agreed" {
					o.status = "signed"
				}
			}
		default:
			out = append(out, d)
		}
	}
	out = slices.DeleteFunc(out, func(d *draft) bool { return s.superseded(d, out) })
	for i, d := range out {
		// «В Атырау работает филиал X. Под него отдали корпус на территории Y.»
		if d.kind == "branch" && len(d.sides) == 2 && d.sides[1].body == "country" && d.sides[1].isHome() && d.q.index+1 < len(s.sentences) {
			if h := s.hostIn(s.sentences[d.q.index+1]); h != nil {
				n := *d
				n.sides, n.parties = []*side{d.sides[0], h}, ""
				out[i] = &n
			}
		}
	}
	s.dateFromLead(out)
	return out
}

// generic kinds say nothing of the topic.
func generic(kind string) bool { return kind == "memorandum" || kind == "agreement" || kind == "other" }

func holds(status string) string {
	switch status {
	case "signed", "agreed":
		return "signed"
	}
	return status
}

// same reports that two drafts of an article tell one agreement.
func (d *draft) same(e *draft) bool {
	if d.key() != e.key() {
		return false
	}
	kinds := d.kind == e.kind || generic(d.kind) || generic(e.kind)
	x, y := holds(d.status), holds(e.status)
	title := d.q.title || e.q.title
	binding := func(s string) bool { return s == "signed" || s == "in-force" }
	promised := func(s string) bool { return s == "planned" || s == "signed" }
	states := x == y || title && promised(x) && promised(y) && d.q.index != e.q.index && (d.kind == e.kind || generic(e.kind)) || title && binding(x) && binding(y) || d.kind == e.kind && binding(x) && binding(y) && d.year() == e.year()
	if d.q == e.q && d.kind != e.kind {
		return e.weak && generic(e.kind) && e.document == "-" && kinds && states
	}
	if d.date != "" && e.date != "" && d.year() != e.year() {
		return false
	}
	return kinds && states
}

func (d *draft) year() string { return d.date[:min(4, len(d.date))] }

// better merges two drafts of one agreement: the body tells better than the headline, a topic more than none.
func better(a, b *draft) *draft {
	if a.q.title && !b.q.title || a.weak && !b.weak {
		a, b = b, a
	}
	n := *a
	if generic(a.kind) && !generic(b.kind) || a.kind == "other" || (a.document == "-" || a.document == "") && b.kind == "memorandum" {
		n.kind = b.kind
		if b.kind == "other" {
			n.kind = a.kind
		}
	}
	if n.date == "" {
		n.date = b.date
	}
	if n.subject == "" {
		n.subject = b.subject
	}
	if n.status == "agreed" && b.status == "signed" || n.rule == "whole" && n.status == "in-force" && b.status == "signed" {
		n.status = "signed"
	}
	return &n
}

// superseded reports what another record of the article tells better: talks that led to a signed document, unnamed
// universities that are named later.
func (s *scene) superseded(d *draft, among []*draft) bool {
	for _, o := range among {
		if o == d {
			continue
		}
		if d.status == "discussed" && o.key() == d.key() && (o.q == d.q || o.kind == d.kind || generic(d.kind)) && (holds(o.status) == "signed" || o.status == "planned") {
			return true
		}
		if o.q == d.q && slices.ContainsFunc(d.sides, (*side).unnamed) && d.covers(o) {
			return true // «с китайскими партнерами, в том числе с Пекинским университетом»
		}
		if d.kind == "branch" && o.kind == "branch" && d.sides[0].id() == o.sides[0].id() && d.sides[1].body == "country" && o.sides[1].body != "country" {
			return true // the host is named elsewhere
		}
		if d.q.title && (d.kind == "other" || d.clause.status == "discussed") && d.key() == o.key() {
			return true
		}
	}
	unnamed := slices.ContainsFunc(d.sides, (*side).unnamed)
	return unnamed && d.q.title && d.kind != "intergovernmental" && d.kind != "branch"
}

// covers reports that o names what d leaves unnamed.
func (d *draft) covers(o *draft) bool {
	for _, x := range d.sides {
		if !slices.ContainsFunc(o.sides, func(y *side) bool { return y.id() == x.id() || x.unnamed() && !y.unnamed() && y.Country == x.Country }) {
			return false
		}
	}
	return true
}

// hostIn is the Kazakh institution on whose ground a sentence puts what the sentence before spoke of, or nil.
func (s *scene) hostIn(q *sentence) *side {
	if slices.ContainsFunc(named(q.groups), func(x *side) bool { return !x.isHome() || x.body == "branch" }) {
		return nil // it speaks of another branch
	}
	for _, g := range q.groups {
		if g.role == base && len(g.sides) == 1 && g.sides[0].isHome() && g.sides[0].listed() {
			return g.sides[0]
		}
	}
	return nil
}

// dateFromLead gives the signed records of an article that dates none of them the day or the days that its first
// sentences tell: «30 тамыз – 3 қыркүйек аралығында … құжатқа қол қойылды». A ceremony told in the next sentence dates
// the record before it.
func (s *scene) dateFromLead(out []*draft) {
	for _, d := range out {
		if d.date != "" || d.status != "signed" && d.status != "agreed" || d.renewed && d.status != "signed" {
			continue
		}
		if n := d.q.index + 1; n < len(s.sentences) && s.sentences[n].paragraph <= d.q.paragraph+1 {
			d.date = s.ceremony(s.sentences[n])
		}
	}
	for _, q := range s.sentences[:min(3, len(s.sentences))] {
		ds := s.dates(q.first, q.last)
		if len(ds) == 0 || ds[0].to == "" {
			continue
		}
		c := &clause{s: s, q: q, first: q.first, last: q.last}
		date, _ := c.dateFor("signed")
		for _, d := range out {
			if d.date == "" && (d.status == "signed" || d.status == "agreed") {
				d.date = date
			}
		}
		return
	}
}

// ceremony is the day on which a sentence without parties says that a signing took place.
func (s *scene) ceremony(q *sentence) string {
	if slices.ContainsFunc(q.groups, func(g *group) bool { return g.named() > 0 }) {
		return ""
	}
	for _, c := range q.clauses {
		signing := c.status == "signed" || c.status == "nominal" || c.status == "attr"
		for i := c.first; i < c.last && !signing; i++ {
			h, ok := s.w.marks.find(s, i, c.last)
			signing = ok && h.value[0] == "ceremony"
		}
		if signing {
			if date, _ := c.dateFor("signed"); len(date) >= 7 {
				return date
			}
		}
	}
	return ""
}
