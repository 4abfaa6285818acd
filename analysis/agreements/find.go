package agreements

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// Find reads agreements and claims out of a text. ms are the mentions that names.Recognize found in it; reported is
// the article's date (YYYY-MM-DD, or shorter, or ""). Each agreement found has one piece of evidence.
func Find(x *analysis.Text, ms []names.Mention, reported string) ([]Agreement, []Claim) {
	if len(x.Tokens) == 0 {
		return nil, nil
	}
	s := newScene(x, ms, reported)
	s.arrange()
	var told []*draft
	var claims []Claim
	for _, q := range s.sentences {
		if q.last-q.first > longest {
			continue
		}
		counted := s.claims(q)
		claims = append(claims, counted...)
		q.clauses = s.clauses(q)
		s.itemize(q)
		for i, c := range q.clauses {
			told = append(told, s.tell(c, q.clauses[:i], told, counted)...)
		}
		told = append(told, s.whole(q, told, counted)...)
	}
	told = s.settle(told)
	out := make([]Agreement, 0, len(told))
	for _, d := range told {
		out = append(out, d.agreement(s))
	}
	return out, claims
}

// longest keeps a page without full stops from costing more than it tells: no sentence of news has so many words.
const longest = 1500 // tokens

// draft is a record before it is written down.
type draft struct {
	sides      []*side
	kind       string
	status     string
	date       string
	subject    string
	rule       string
	confidence float64
	q          *sentence
	clause     *clause
	document   string
	weak       bool // it only adds to what another sentence tells
	renewed    bool
	parties    string // key, once worked out
}

// key is what makes two drafts tell of the same sides.
func (d *draft) key() string {
	if d.parties != "" {
		return d.parties
	}
	ids := make([]string, len(d.sides))
	for i, x := range d.sides {
		ids[i] = x.id()
	}
	slices.Sort(ids)
	d.parties = strings.Join(ids, "\x00")
	return d.parties
}

// tell reads the records of a clause. before are the clauses of its sentence before it.
func (s *scene) tell(c *clause, before []*clause, told []*draft, counted []Claim) []*draft {
	s.lend(c, before)
	s.borrow(c, before, told)
	s.confirm(c, told)
	c.object()
	c.told = told
	if !c.tells() {
		return nil
	}
	explicit := 0
	for _, g := range c.groups {
		if g.role != of && g.role != aside {
			explicit += g.named()
		}
	}
	standing := s.resolve(c, told)
	s.inherit(c, before)
	var sets [][]*side
	var rule Rule
	for _, r := range Rules {
		if sets = r.parties(c); len(sets) > 0 {
			rule = r
			break
		}
	}
	if len(sets) == 0 {
		sets, rule = s.carried(c, before, told), Rule{Name: "carried", Confidence: .5}
	}
	var out []*draft
	for _, xs := range sets {
		xs = distinct(xs)
		if !c.vouches(xs, explicit) || s.counts(xs, c, counted) {
			continue
		}
		d := &draft{sides: xs, q: c.q, clause: c, rule: rule.Name, confidence: rule.Confidence, document: c.document}
		if standing {
			d.confidence -= .15
		}
		d.weak = rule.Name == "carried"
		if !s.judge(d) {
			continue
		}
		out = append(out, d)
		if c.status != "signed" && c.status != "agreed" || c.document == "" {
			continue
		}
		for i, k := range c.also {
			if i == 0 {
				d.kind = k
				continue
			}
			more := *d
			more.kind = k
			out = append(out, &more)
		}
	}
	return out
}

// lend gives a relative clause what the clause before it speaks of: «в академии появится центр, который создается вместе с B».
func (s *scene) lend(c *clause, before []*clause) {
	if !c.relative || len(before) == 0 || c.kind != "" || c.document != "" {
		return
	}
	// «Меморандум, который A и B подписали в 2020 году, …» tells of the memorandum.
	ofDocument := before[len(before)-1].docAt == c.first-1 && len(all(c.of(subject))) > 1
	if !c.at(with) && !ofDocument {
		return
	}
	b := before[len(before)-1]
	c.kind, c.document = b.kind, b.document
	if !c.at(with) {
		c.relative = false
		return
	}
	for _, g := range b.groups {
		if g.role == inside && !c.at(subject) {
			c.groups = append(c.groups, g)
		}
	}
}

// tells reports whether a clause can tell an agreement: it says what happened, and to what.
func (c *clause) tells() bool {
	if c.marks["foreign"] || c.relative && !c.ownsBranch() && !c.at(with) && !c.whose() {
		return false
	}
	if strings.HasPrefix(c.s.between[c.q.last-1], "?") {
		return false
	}
	switch c.status {
	case "cooperate":
		return c.kind != "" && c.kind != "other"
	case "", "none", "skip", "hypothetical", "ended", "opening":
		return c.status == "opening" && (c.kind == "branch" || c.branchSide())
	case "teach":
		return c.kind == "branch" || c.branchSide()
	case "open":
		return c.kind != "" || c.branchSide()
	case "agreed", "discussed":
		return true
	}
	return c.kind != "" || c.document != "" || c.branchSide() || c.status == "joined" || c.status == "in-force" && c.at(base) || c.status == "renewed" && c.marks["vague"] || c.marks["accede"]
}

// at reports whether a side has a role in the clause.
func (c *clause) at(r role) bool { return len(c.of(r)) > 0 }

func (c *clause) ownsBranch() bool {
	for _, g := range c.groups {
		for _, x := range g.sides {
			if x.owner && x.role == branch {
				return true
			}
		}
	}
	return false
}

func (c *clause) branchSide() bool {
	for _, g := range c.groups {
		for _, x := range g.sides {
			if x.body == "branch" {
				return true
			}
		}
	}
	return false
}

// inherit gives a clause without a subject that of the clause before: «… уағдаласты және … келісімге қол қойды».
func (s *scene) inherit(c *clause, before []*clause) {
	if len(c.of(subject)) > 0 || len(c.of(between)) > 0 || len(before) == 0 {
		return
	}
	for i := len(before) - 1; i >= 0; i-- {
		if gs := before[i].of(subject); len(gs) > 0 && len(c.groups) > 0 {
			c.groups, c.lent = append(slices.Clone(gs), c.groups...), true
			return
		}
	}
}

// carried gives a clause that names nobody the sides of the clause before, or for a signing those of the sentence before:
// «… уағдаласты және … келісімге қол қойды», «… Жаңа шартқа мамырда қол қойылады».
func (s *scene) carried(c *clause, before []*clause, told []*draft) [][]*side {
	if len(all(c.groups)) > 0 && len(c.of(subject)) > 0 {
		for i := len(told) - 1; i >= 0 && told[i].q == c.q; i-- {
			return nil
		}
	}
	for i := len(told) - 1; i >= 0 && told[i].q == c.q; i-- {
		if c.kind != "" || c.document != "" {
			return [][]*side{told[i].sides}
		}
	}
	switch c.status {
	case "signed", "renewed", "attr", "agreed":
	case "discussed":
		if c.kind == "" {
			return nil
		}
	case "planned":
		if !c.marks["new"] {
			return nil
		}
	default:
		return nil
	}
	if c.document == "" && c.status != "discussed" || len(all(c.groups)) > 0 || c.q.title || c.marks["recall"] {
		return nil
	}
	if n := len(told); n > 0 && c.q.index-told[n-1].q.index <= 1 && !slices.ContainsFunc(told[n-1].sides, (*side).unnamed) {
		return [][]*side{told[n-1].sides}
	}
	if c.q.index == 0 {
		return nil
	}
	if !c.marks["new"] {
		// «Кездесуде … келісімге қол жеткізілді»: those who met in the sentence before.
		if c.status == "attr" || c.status == "renewed" {
			return nil
		}
		home, abroad := s.recent(c.first, c.q, 1, isHome), s.recent(c.first, c.q, 1, isAbroad)
		if home == nil || abroad == nil {
			if home, abroad = s.couple(c); home == nil {
				return nil
			}
		}
		return [][]*side{{home, abroad}}
	}
	if xs := s.both(c, told); len(xs) > 1 {
		return [][]*side{xs}
	}
	return nil
}

// vouches reports whether parties make a record: two sides, one of them ours, one of them a place of learning.
func (c *clause) vouches(xs []*side, explicit int) bool {
	if len(xs) < 2 {
		return false
	}
	home, listed, named := false, false, 0
	for _, x := range xs {
		home = home || x.isHome() || x.guest || x.Country == "" && x.listed() || x.body == "branch"
		listed = listed || x.listed()
		if !x.unnamed() {
			named++
		}
	}
	if c.kind == "intergovernmental" && named == 0 {
		return home
	}
	if c.status == "discussed" && c.kind == "" && c.document == "" && explicit < 2 {
		return false
	}
	if c.status == "agreed" && c.kind == "" && c.document == "" && (explicit < 2 || !c.marks["vague"] && !c.marks["make"]) {
		return false
	}
	return home && listed && named > 0
}

// counts reports that what a clause tells with an unnamed side is a number of documents: a claim, no record.
func (s *scene) counts(xs []*side, c *clause, counted []Claim) bool {
	if !slices.ContainsFunc(xs, (*side).unnamed) {
		return false
	}
	for _, k := range counted {
		if k.Kind != "university" && k.Kind != "partner" && k.Start < s.tokens[c.last-1].End && s.tokens[c.first].Start < k.End {
			return true
		}
	}
	return false
}

// judge settles status, kind and date of a draft; it reports false for what is no agreement after all.
func (s *scene) judge(d *draft) bool {
	c := d.clause
	d.kind = c.kind
	if d.kind == "" {
		switch c.document {
		case "":
			d.kind = "other"
			if c.marks["vague"] {
				d.kind = "agreement"
			}
		case "-":
			d.kind = "agreement"
		default:
			d.kind = c.document
		}
	}
	var year int
	d.date, year = c.dateFor(c.status)
	now := s.reportedYear()
	old := year > 0 && now > 0 && year < now
	if year > 0 && year < 1992 {
		return false
	}
	d.status = c.status
	switch c.status {
	case "renewed":
		d.status, d.renewed = "signed", true
	case "joined", "nominal":
		d.status = "signed"
	case "open", "teach", "opening", "cooperate":
		d.status = "in-force"
	case "attr":
		d.status = "in-force"
		if c.marks["past"] || c.marks["lastyear"] {
			d.status = "background"
		}
	}
	if c.status == "signed" || c.status == "agreed" || c.status == "joined" {
		if old || c.marks["past"] || c.marks["lastyear"] || c.marks["recall"] && !c.q.title {
			d.status = "background"
		}
	}
	if c.status == "planned" && c.marks["under"] && generic(d.kind) {
		d.status = "in-force" // «Under a deal with A, students of B will …»
	}
	if d.status == "background" && d.date == "" {
		d.date, _ = c.dateFor("background")
	}
	if d.status == "planned" || d.status == "discussed" {
		d.date = ""
	}
	if c.status == "nominal" && (len(all(c.groups)) < 2 || c.document == "") {
		return false
	}
	d.subject = c.subject()
	return true
}

// agreement writes a draft down.
func (d *draft) agreement(s *scene) Agreement {
	quote := strings.TrimRight(s.x.Source[d.q.Start:d.q.End], " \n\t\u00a0")
	a := Agreement{Kind: d.kind, Status: d.status, Date: d.date, Reported: s.reported, Subject: d.subject}
	for _, x := range d.sides {
		a.Parties = append(a.Parties, x.Party)
	}
	a.ID = identify(a)
	a.Evidence = []Evidence{{Reported: s.reported, Kind: d.kind, Status: d.status, Date: d.date, Quote: quote,
		Start: d.q.Start, End: d.q.Start + len(quote), Rule: d.rule, Confidence: max(.1, d.confidence)}}
	return a
}

// identify is the hash of an agreement's parties, kind and year: the same agreement told by two articles has one ID.
func identify(a Agreement) string {
	var ids []string
	for _, p := range a.Parties {
		id := p.Key
		if id == "" {
			id = strings.ToLower(p.Name)
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	year := a.Date
	if year == "" {
		year = a.Reported
	}
	sum := sha256.Sum256([]byte(strings.Join(append(ids, a.Kind, year[:min(4, len(year))]), "\x00")))
	return hex.EncodeToString(sum[:6])
}
