package agreements

import (
	"slices"
	"strings"
)

// clause is a part of a sentence with one predicate, or a member of an enumeration that shares one.
type clause struct {
	s           *scene
	q           *sentence
	first, last int
	status      string // of data/README.md: signed, agreed, in-force, open, teach, planned, discussed, renewed, joined, attr, nominal, none …
	verb        int    // token of the predicate
	kind        string // specific kind, or ""
	document    string // kind of the document, "-" for an unspecific one, "" for none
	docAt       int
	marks       map[string]bool
	groups      []*group
	inherited   bool     // the predicate stands in another clause
	relative    bool     // «который …»: says more of what is told
	lent        bool     // its subject is that of the clause before
	told        []*draft // the records before it
}

// predicate is a form with a status at tokens [first, last).
type predicate struct {
	first, last int
	status      string
	finite      bool
}

// predicates finds the words of a sentence that say what happened to a document.
func (s *scene) predicates(q *sentence) []predicate {
	var out []predicate
	for i := q.first; i < q.last; i++ {
		if s.at[i] >= 0 && !s.sides[s.at[i]].stands() && !s.sides[s.at[i]].unnamed() {
			continue
		}
		h, ok := s.w.status.find(s, i, q.last)
		var verb hit
		var isVerb bool
		if q.lang == "kk" {
			verb, isVerb = s.w.verbs.find(s, i, q.last)
		}
		switch {
		case isVerb && (!ok || verb.last >= h.last):
			p := s.kazakhVerb(verb, q)
			if p.status != "" {
				out = append(out, p)
				i = p.last - 1
			}
		case ok:
			p := predicate{h.first, h.last, h.value[0], true}
			switch p.status {
			case "attr", "nominal", "opening":
				p.finite = false
			}
			if q.lang == "kk" {
				s.tail(&p, q)
			}
			out = append(out, p)
			i = h.last - 1
		}
	}
	return out
}

// kazakhVerb reads a verb's ending and what stands behind it.
func (s *scene) kazakhVerb(h hit, q *sentence) predicate {
	m := mood(h.verb)
	p := predicate{h.first, h.last, s.w.moodStatus[[2]string{h.value[0], m}], true}
	if p.status == "" {
		return p
	}
	switch m {
	case "noun":
		p.finite = false
	case "perfect":
		// Before a noun it is attributive: «қол қойылған меморандум». At the end of a clause it is finite.
		if h.last < q.last && !s.breaks(h.last-1) && !s.isTail(h.last, q) && p.status != "none" {
			p.finite = false
			if p.status == "signed" || p.status == "agreed" || p.status == "renewed" {
				p.status = "attr"
			} else {
				p.status = ""
			}
		}
	case "future":
		// «қойылатын болады» is finite, «қойылатын құжат» belongs to the noun.
		if strings.HasSuffix(h.verb, "тын") || strings.HasSuffix(h.verb, "тін") {
			p.finite = h.last < q.last && strings.HasPrefix(s.forms[h.last], "бол")
		}
	case "converb":
		// «құрып жатыр» goes on now.
		if h.last < q.last && !s.breaks(h.last-1) {
			switch s.forms[h.last] {
			case "отыр", "жатыр", "келеді", "жүр", "тұр", "келе":
				if p.status == "open" {
					p.status = "planned"
				}
				p.last++
			}
		}
	}
	s.tail(&p, q)
	return p
}

func (s *scene) isTail(i int, q *sentence) bool {
	_, ok := s.w.tails.find(s, i, q.last)
	return ok || s.forms[i] == "деп" || s.forms[i] == "және" || s.forms[i] == "ал" || s.forms[i] == "бірақ"
}

// tail reads what follows a Kazakh verb and changes it: «қойған жоқ», «қойылады деп күтілуде», «қойған болатын».
func (s *scene) tail(p *predicate, q *sentence) {
	for i := p.last; i < min(p.last+2, q.last) && !s.breaks(i-1); i++ {
		h, ok := s.w.tails.find(s, i, q.last)
		if !ok {
			if s.forms[i] == "отыр" || s.forms[i] == "жатыр" {
				p.last = i + 1
				continue
			}
			return
		}
		switch what := h.value[0]; {
		case what == "none" && p.status != "none", what == "planned" && p.status != "none" && p.status != "discussed" && !(p.status == "in-force" && s.forms[h.first] == "болады"):
			p.status, p.finite = what, true
		case what == "background" && (p.status == "signed" || p.status == "attr" || p.status == "agreed"):
			p.status, p.finite = "background", true
		case what == "background" && p.status == "planned":
			p.status = "none"
		}
		p.last = h.last
		return
	}
}

// clauses splits a sentence.
func (s *scene) clauses(q *sentence) []*clause {
	all := s.predicates(q)
	var finite []predicate
	for _, p := range all {
		if p.finite {
			finite = append(finite, p)
		}
	}
	cuts := s.cuts(q, finite)
	var out []*clause
	first := q.first
	for _, c := range append(cuts, q.last) {
		if c > first {
			out = append(out, &clause{s: s, q: q, first: first, last: c, verb: -1, docAt: -1})
			first = c
		}
	}
	for _, c := range out {
		c.read(all)
	}
	out = s.shareOut(q, out)
	for i := 1; i < len(out); i++ {
		// «правда ли, что …», «если …, то …»
		if out[i-1].status == "hypothetical" {
			out[i].status = "hypothetical"
		}
		// «меморандум между A и B, подписанный в 2020 году, истек» ends what was signed before.
		if c := out[i]; c.status == "none" && c.document == "" && c.kind == "" && !s.names(c.first, c.last) {
			out[i-1].status = "none"
		}
	}
	for _, g := range q.groups {
		for _, c := range out {
			if g.first >= c.first && g.first < c.last {
				c.groups = append(c.groups, g)
				break
			}
		}
	}
	return out
}

// mentions reports whether a kind is spoken of between two tokens.
func (s *scene) mentions(first, last int, kind string) bool {
	for i := first; i < last; i++ {
		if h, ok := s.w.kinds.find(s, i, last); ok && h.value[0] == kind || s.at[i] >= 0 && s.sides[s.at[i]].body == kind {
			return true
		}
	}
	return false
}

// names reports whether a side is named between two tokens.
func (s *scene) names(first, last int) bool {
	for i := first; i < last; i++ {
		if s.at[i] >= 0 && !s.sides[s.at[i]].stands() {
			return true
		}
	}
	return false
}

// cuts are the tokens at which new clauses begin.
func (s *scene) cuts(q *sentence, finite []predicate) []int {
	var out []int
	if q.lang == "kk" {
		// «Былтыр B-мен келісім жасасқан A биыл C-мен …»: a participle before a name divides too.
		for j := q.first + 1; j < q.last; j++ {
			if s.at[j] >= 0 && s.at[j] != s.at[j-1] && !s.breaks(j-1) && s.participle(j-1, q) {
				out = append(out, j)
			}
		}
		// A Kazakh clause ends with its predicate.
		for i, p := range finite {
			if i == len(finite)-1 {
				break
			}
			out = append(out, p.last)
		}
		for j := q.first; j < q.last-1; j++ {
			if strings.ContainsAny(s.between[j], ";") || strings.Contains(s.between[j], ",") && (s.forms[j+1] == "ал" || s.forms[j+1] == "бірақ" || s.forms[j+1] == "алайда") {
				out = append(out, j+1)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	for j := q.first; j < q.last-1; j++ {
		if strings.ContainsAny(s.between[j], ";") {
			out = append(out, j+1)
		}
	}
	if len(finite) > 0 {
		for j := q.first + 1; j < finite[0].first; j++ {
			// «A и B, которые подписали …» tells of A and B beside the news.
			if s.isRelative(j) && strings.Contains(s.between[j-1], ",") {
				out = append(out, j)
			}
		}
	}
	for i := 1; i < len(finite); i++ {
		if c := s.cut(q, finite[i-1].last, finite[i].first); c > 0 {
			out = append(out, c)
			// «…, который предусматривает обмен, и договорились открыть …» goes back to the first subject.
			if to := finite[i].first; s.isRelative(min(c, to)) && (s.forms[to-1] == "и" || s.forms[to-1] == "and") && to-1 > c {
				out = append(out, to-1)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// participle reports that a Kazakh verb of signing in -ған ends at token i: «келісім жасасқан», «қол қойған».
func (s *scene) participle(i int, q *sentence) bool {
	for j := max(q.first, i-3); j <= i; j++ {
		if h, ok := s.w.verbs.find(s, j, q.last); ok && h.last == i+1 && mood(h.verb) == "perfect" && (h.value[0] == "sign" || h.value[0] == "renew") {
			return true
		}
	}
	return false
}

// cut finds where a new clause begins between two predicates of a Russian or English sentence: at a strong
// conjunction, at a comma or «и» right before the second, or at the last comma; 0 where nothing divides them.
func (s *scene) cut(q *sentence, from, to int) int {
	strong, comma, and, relative := 0, 0, 0, 0
	for j := max(from, 1); j <= to; j++ {
		gap, w := s.between[j-1], s.forms[j]
		inSide := s.at[j] >= 0 && s.at[j] == s.at[j-1]
		if inSide || slices.ContainsFunc(q.groups, func(g *group) bool { return g.first < j && j < g.last }) {
			continue // a list of sides is not divided
		}
		isComma := strings.ContainsAny(gap, ",;:—–") && !s.paren[j]
		switch {
		case s.isRelative(j) && j < to:
			relative = j
			if j > from+1 && s.at[j-1] < 0 && strings.Contains(s.between[j-2], ",") && len(s.forms[j-1]) <= 4 {
				relative = j - 1 // «, в котором», «, по которому»
			}
		case isComma && (w == "а" && (j+1 > to || s.forms[j+1] != "также") || w == "но" || w == "однако" || w == "хотя" || w == "тогда" || w == "пока" || w == "but" || w == "while" || w == "though" || w == "although" || w == "whereas"):
			strong = j
		case strings.ContainsAny(gap, ":—–;"):
			strong = j
		case isComma:
			comma = j
		case w == "и" || w == "and":
			and = j
		}
	}
	switch {
	case relative > strong:
		return relative
	case strong > 0:
		return strong
	case and > 0 && to-and <= 3:
		return and
	case comma > 0:
		return comma
	case and > 0 && s.at[and-1] < 0:
		return and
	}
	return 0
}

// read finds a clause's predicate, document, kind and marks.
func (c *clause) read(all []predicate) {
	s := c.s
	var mine []predicate
	for _, p := range all {
		if p.first >= c.first && p.first < c.last {
			mine = append(mine, p)
		}
	}
	if !s.mentions(c.first, c.last, "branch") {
		// «бакалавриатқа 30 студент қабылданды» tells of students; only a branch exists by teaching.
		mine = slices.DeleteFunc(mine, func(p predicate) bool { return p.status == "teach" })
	}
	c.status, c.verb = choose(mine, c.q.lang)
	c.marks = map[string]bool{}
	for i := c.first; i < c.last; i++ {
		if h, ok := s.w.marks.find(s, i, c.last); ok {
			c.marks[h.value[0]] = true
		}
	}
	c.relative = s.isRelative(c.first)
	switch s.forms[c.first] {
	case "чтобы", "когда", "где", "where":
		c.relative = true
	case "если", "егер", "if":
		c.status = "hypothetical"
	case "по", "в", "в рамках":
		c.relative = c.first+1 < c.last && strings.HasPrefix(s.forms[c.first+1], "котор")
	}
	if h, ok := s.w.status.find(s, c.first, c.last); ok && h.value[0] == "hypothetical" {
		c.status = "hypothetical"
	}
	c.readKind(c.first, c.last)
}

// readKind finds the document and what it is about between two tokens.
func (c *clause) readKind(first, last int) {
	s := c.s
	type found struct {
		at   int
		kind string
	}
	var kinds []found
	for i := first; i < last; i++ {
		if s.at[i] >= 0 && !s.sides[s.at[i]].stands() {
			continue
		}
		if h, ok := s.w.documents.find(s, i, last); ok {
			if c.document == "" || c.document == "-" && h.value[0] != "-" || c.q.lang == "kk" && h.value[0] != "-" {
				c.document, c.docAt = h.value[0], i
			}
		}
		if h, ok := s.w.kinds.find(s, i, last); ok && h.value[0] != "-" {
			k := found{i, h.value[0]}
			if len(h.value) > 1 {
				k.kind += "?" // a word that has this kind only where nothing else has
			}
			kinds = append(kinds, k)
		}
	}
	best := ""
	for _, k := range kinds {
		if c.document != "" && c.status != "in-force" {
			// What stands on the wrong side of the document is no topic of it: «филиалда меморандумға қол қойылды».
			if c.q.lang == "ru" && k.at < c.docAt-1 && c.docAt >= 0 && k.at > first && (s.forms[k.at-1] == "в" || s.forms[k.at-1] == "во" || s.forms[k.at-1] == "на") {
				continue
			}
		}
		if rank(k.kind) > rank(best) {
			best = k.kind
		}
	}
	c.kind = strings.TrimSuffix(best, "?")
}

// rank orders kinds that one clause names: the more specific wins; of equals the first.
func rank(kind string) int {
	switch kind {
	case "intergovernmental":
		return 9
	case "alliance":
		return 8
	case "branch", "double-degree":
		return 7
	case "joint-program":
		return 6
	case "joint-lab", "joint-center":
		return 5
	case "exchange":
		return 4
	case "joint-program?":
		return 3
	case "other":
		return 2
	}
	return 0
}

// choose finds which of a clause's predicates says what happened: in Kazakh the last one, else the one that governs.
func choose(ps []predicate, lang string) (string, int) {
	weight := map[string]int{"hypothetical": 20, "none": 19, "ended": 3, "planned": 17, "discussed": 16, "background": 15, "agreed": 14, "renewed": 13,
		"joined": 12, "signed": 11, "in-force": 10, "open": 9, "teach": 8, "cooperate": 7, "attr": 6, "nominal": 5, "opening": 4}
	status, at := "", -1
	for _, p := range ps {
		if p.status == "" {
			continue
		}
		better := at < 0 || weight[p.status] > weight[status]
		if lang == "kk" {
			better = at < 0 || p.finite || weight[status] <= weight["attr"]
		}
		if better {
			status, at = p.status, p.first
		}
	}
	return status, at
}

// shareOut divides an enumeration under one predicate: «A мен B арасындағы меморандум, C мен D арасындағы келісім
// қабылданды», «между A и B, а также между C и D». The members share the predicate.
func (s *scene) shareOut(q *sentence, cs []*clause) []*clause {
	var out []*clause
	for _, c := range cs {
		var starts []int
		var before *group
		for _, g := range q.groups {
			if g.first < c.first || g.first >= c.last {
				continue
			}
			if before != nil && g.role == before.role && (g.role == between || g.role == of && len(g.sides) > 1 || g.role == with && s.documentBetween(before, g, c)) {
				if at := s.comma(before.last, g.first); at > 0 {
					starts = append(starts, at)
				}
			}
			if g.role == subject && len(g.sides) == 1 && s.gapped(g.sides[0]) && g.first > c.first && s.names(c.first, g.first) {
				starts = append(starts, g.first)
				before = nil
				continue
			}
			if g.role == between || g.role == with || g.role == of && len(g.sides) > 1 {
				before = g
			}
		}
		if len(starts) == 0 {
			out = append(out, c)
			continue
		}
		first := c.first
		whole := *c
		for _, at := range append(starts, c.last) {
			part := whole
			part.first, part.last = first, at
			part.document, part.kind, part.docAt = "", "", -1
			part.readKind(first, at)
			if part.document == "" && part.kind == "" {
				part.document, part.kind = whole.document, whole.kind
			} else if part.document == "" {
				part.document = "-"
			}
			part.inherited = first != c.first
			out = append(out, &part)
			first = at
		}
	}
	return out
}

func (s *scene) documentBetween(a, b *group, c *clause) bool {
	for i := a.last; i < b.first; i++ {
		if h, ok := s.w.documents.find(s, i, b.first); ok && h.value[0] != "" {
			return true
		}
	}
	return false
}

// comma is the token after the last comma, semicolon or conjunction between two tokens.
func (s *scene) comma(from, to int) int {
	for j := to; j > from; j-- {
		if strings.ContainsAny(s.between[j-1], ",;") || conjunction(s.forms[j]) {
			return j
		}
	}
	return 0
}

// isRelative reports words that begin a clause about what stands before them.
func (s *scene) isRelative(i int) bool {
	switch w := s.forms[i]; w {
	case "which", "who", "that", "whose", "чей", "чья", "чье", "чьи":
		return true
	default:
		return strings.HasPrefix(w, "котор")
	}
}
