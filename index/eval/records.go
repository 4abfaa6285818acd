package eval

import (
	"fmt"
	"slices"
	"strings"
)

// told is a predicted record, wanted a gold one, with their sides.
type told struct {
	AgreementFound
	i       int // its place among the predicted
	parties set
}

type wanted struct {
	*agreement
	parties set
}

func quoted(r told, a wanted) bool {
	for _, q := range a.quotes {
		if overlap(r.Quote, q) {
			return true
		}
	}
	return false
}

// state compares statuses: signed, agreed and in-force are one.
func state(r told, a wanted) bool {
	return a.statuses[r.Status] || a.statuses.meets(binding) && binding[r.Status]
}

func alike(r told, a wanted) []float64 {
	return []float64{one(quoted(r, a)), one(a.kinds[r.Kind]), one(state(r, a)), one(a.statuses[r.Status])}
}

func (r told) String() string {
	return fmt.Sprintf("%s, %s, %s, %s, «%s»", r.parties, r.Kind, r.Status, r.Date, clean(r.Quote))
}

// agreements scores pairs, kinds, states, whole records, what must not be told, claims.
func (s scorer) agreements(pred Prediction) {
	d := s.doc
	var rs []told
	for i, r := range pred.Agreements {
		t := told{r, i, set{}}
		for _, p := range r.Parties {
			t.parties[d.party(p)] = true
		}
		rs = append(rs, t)
	}
	gold := s.forms(rs)
	s.pairs(rs, gold)
	s.reliable(rs, gold)
	extra, matched, firm := s.records(rs, gold)
	s.forbidden(rs, gold, matched)
	if firm == 0 {
		var texts []string
		for _, r := range extra {
			texts = append(texts, r.String())
		}
		s.check("none in gold", len(extra) == 0, texts...)
	}
	s.claims(pred, extra, matched)
}

// forms chooses for each gold record the party sets that the prediction comes nearest to.
func (s scorer) forms(rs []told) []wanted {
	var gold []wanted
	for i := range s.doc.Agreements {
		a := &s.doc.Agreements[i]
		best, most := a.forms[0], -1.0
		for _, form := range a.forms {
			near := 0.0
			for _, p := range form {
				top := 0.0
				for _, r := range rs {
					if a.core.within(r.parties) {
						top = max(top, jaccard(p, r.parties))
					}
				}
				near += top
			}
			if near /= float64(len(form)); near > most {
				best, most = form, near
			}
		}
		for _, p := range best {
			gold = append(gold, wanted{a, p})
		}
	}
	return gold
}

// fine are the pairs in any right list of parties.
func fine(gold []wanted) set {
	fine := set{}
	for _, a := range gold {
		for _, form := range a.forms {
			for _, p := range form {
				fine.add(p.pairs())
			}
		}
	}
	return fine
}

func (s scorer) pairs(rs []told, gold []wanted) {
	by, need, have, fine := map[string][]wanted{}, map[string][]wanted{}, set{}, fine(gold)
	for _, r := range rs {
		have.add(r.parties.pairs())
	}
	for _, a := range gold {
		for q := range a.parties.pairs() {
			by[q] = append(by[q], a)
			if !a.Optional && !(a.Split && allNamed(q)) {
				need[q] = append(need[q], a)
			}
		}
	}
	where := func(q string) string {
		sides := setOf(strings.Split(q, "\x00")...)
		for _, a := range gold {
			if sides.within(a.parties) {
				return sides.String() + " «" + clean(a.Quote) + "»"
			}
		}
		for _, r := range rs {
			if sides.within(r.parties) {
				return sides.String() + " «" + clean(r.Quote) + "»"
			}
		}
		return sides.String()
	}
	for _, figure := range []string{"pairs", "other pairs"} {
		only := func(in set) set {
			out := set{}
			for q := range in {
				if allNamed(q) == (figure == "pairs") {
					out[q] = true
				}
			}
			return out
		}
		s.sets(figure, only(have), only(setOf(sortedKeys(need)...)), only(fine), where)
	}
	kinds := map[[2]string]bool{}
	for _, r := range rs {
		for q := range r.parties.pairs() {
			if allNamed(q) && (need[q] != nil || !fine[q]) {
				kinds[[2]string{q, r.Kind}] = true
			}
		}
	}
	f := Figure{Told: len(kinds)}
	for k := range kinds {
		for _, a := range by[k[0]] {
			if a.kinds[k[1]] {
				f.Right++
				break
			}
		}
	}
	for _, q := range sortedKeys(need) {
		if !allNamed(q) {
			continue
		}
		for _, a := range need[q] {
			f.Wanted++
			right := false
			for k := range a.kinds {
				right = right || kinds[[2]string{q, k}]
			}
			if right {
				f.Found++
			} else if have[q] {
				s.fault("kind wrong", "expected "+strings.Join(sortedKeys(a.kinds), " or "), where(q))
			}
		}
	}
	s.count("with kind", f)
	for _, q := range sortedKeys(need) {
		if !have[q] {
			continue
		}
		sides := setOf(strings.Split(q, "\x00")...)
		var with []told
		for _, r := range rs {
			if sides.within(r.parties) {
				with = append(with, r)
			}
		}
		for _, m := range align(len(with), len(need[q]), func(i, j int) []float64 { return alike(with[i], need[q][j]) }) {
			r, a := with[m[0]], need[q][m[1]]
			s.check("status", state(r, a), "told "+r.Status+", expected "+a.Status, where(q))
			s.check("status strict", a.statuses[r.Status], "told "+r.Status+", expected "+a.Status, where(q))
		}
	}
}

// records matches whole records; it returns those that match no optional gold, the matches with gold that is demanded,
// and how many records that is.
func (s scorer) records(rs []told, gold []wanted) (extra []told, matched [][2]int, firm int) {
	matched = align(len(rs), len(gold), func(i, j int) []float64 {
		r, a := rs[i], gold[j]
		rn, an := r.parties.named(), a.parties.named()
		if !r.parties.pairs().meets(a.parties.pairs()) && !(quoted(r, a) && rn.meets(an) && min(len(rn), len(an)) < 2) {
			return nil
		}
		return append([]float64{jaccard(r.parties, a.parties)}, alike(r, a)...)
	})
	optional, partner := map[int]bool{}, map[int]int{}
	taken := map[int]bool{}
	matched = slices.DeleteFunc(matched, func(m [2]int) bool {
		if gold[m[1]].Optional {
			optional[m[0]] = true
		} else {
			partner[m[0]] = m[1]
		}
		return gold[m[1]].Optional
	})
	same := 0
	for i, r := range rs {
		if optional[i] {
			continue
		}
		extra = append(extra, r)
		if j, ok := partner[i]; ok && r.parties.equal(gold[j].parties) {
			same++
			taken[j] = true
		} else {
			s.fault("party sets wrong", r.String())
		}
	}
	for j, a := range gold {
		if a.Optional {
			continue
		}
		firm++
		if !taken[j] {
			s.fault("party sets missed", a.parties.String()+", "+a.Kind+", "+a.Status+", «"+clean(a.Quote)+"»")
		}
	}
	s.count("party sets", Figure{len(extra), same, firm, same})
	for _, m := range matched {
		r, a := rs[m[0]], gold[m[1]]
		date := r.Date
		if r.Reported == true {
			date = ""
		}
		first, _, _ := strings.Cut(date, "/")
		right := a.Dates[0] <= first && first <= a.Dates[len(a.Dates)-1] || date == "" && a.DateOptional
		expected := strings.Join(a.Dates, "/")
		if expected == "" {
			expected = "none"
		}
		s.check("date", right, "expected "+expected, r.String())
		if strings.Join(a.quotes, "") != "" { // some held-out gold has none
			s.check("quote", quoted(r, a), r.String(), "expected «"+clean(a.Quote)+"»")
		}
	}
	return extra, matched, firm
}

// forbidden counts what gold calls planned, discussed or no agreement, and is told as holding.
func (s scorer) forbidden(rs []told, gold []wanted, matched [][2]int) {
	soft := func(a wanted) bool { return !a.statuses.meets(binding) && !a.statuses["background"] }
	isMatch := map[[2]int]bool{}
	for _, m := range matched {
		isMatch[m] = true
	}
	sure, known := set{}, fine(gold)
	for _, a := range gold {
		known.add(a.parties)
		if !soft(a) {
			sure.add(a.parties.pairs())
			sure.add(a.parties.named())
		}
	}
	unsure := func(x, y set) bool {
		for q := range x {
			if y[q] && !sure[q] {
				return true
			}
		}
		return false
	}
	for j, a := range gold {
		if !soft(a) {
			continue
		}
		texts, an := []string{"gold says " + a.Status}, a.parties.named()
		for i, r := range rs {
			rn := r.parties.named()
			if binding[r.Status] && (isMatch[[2]int{i, j}] || unsure(r.parties.pairs(), a.parties.pairs()) ||
				min(len(rn), len(an)) < 2 && unsure(rn, an)) {
				texts = append(texts, r.String())
			}
		}
		s.check("told as signed", len(texts) == 1, texts...)
	}
	// A sentence may tell a true record too: what is in gold is no error.
	for _, d := range s.doc.denied {
		texts := []string{"gold says it is no agreement: «" + clean(d.text) + "»"}
		for _, r := range rs {
			if binding[r.Status] && s.denies(d, r, known) {
				texts = append(texts, r.String())
			}
		}
		s.check("told as signed", len(texts) == 1, texts...)
	}
}

func (s scorer) denies(d denial, r told, known set) bool {
	fresh := r.parties.pairs()
	if len(fresh) == 0 {
		fresh = setOf(r.parties.key())
	}
	sides := set{}
	inside, any := false, false
	for q := range fresh {
		if known[q] {
			continue
		}
		any = true
		these := set{}
		if q != "" {
			these = setOf(strings.Split(q, "\x00")...)
		}
		inside = inside || len(these) > 0 && these.within(d.bodies)
		for p := range these {
			sides[p] = true
		}
	}
	return inside || any && overlap(r.Quote, d.text) && (d.bodies.meets(sides) || float64(length(clean(r.Quote))) < 1.3*float64(length(d.text)))
}

func (s scorer) claims(pred Prediction, extra []told, matched [][2]int) {
	gold, wanted, texts := map[string]claim{}, set{}, map[string]string{}
	id := func(n int) string { return fmt.Sprintf("%09d", n) }
	for _, c := range s.doc.Claims {
		n := id(number(fmt.Sprint(c.Number)))
		gold[n] = c
		texts[n] = clean(c.Text)
	}
	neither := set{}
	for n, c := range gold {
		neither[n] = true
		if !c.Optional {
			wanted[n] = true
		}
	}
	have := set{}
	for _, c := range pred.Claims {
		n := id(number(c.Number))
		have[n] = true
		if texts[n] == "" {
			texts[n] = clean(c.Text)
		}
	}
	s.sets("claims", have, wanted, neither, func(n string) string { return strings.TrimLeft(n, "0") + " «" + texts[n] + "»" })
	inMatch := map[int]bool{}
	for _, m := range matched {
		inMatch[m[0]] = true
	}
	for _, n := range sortedKeys(gold) {
		bad := []string{clean(gold[n].Text)}
		for _, r := range extra {
			if len(r.parties.named()) < 2 && overlap(r.Quote, gold[n].Text) && !inMatch[r.i] {
				bad = append(bad, r.String())
			}
		}
		s.check("claim as record", len(bad) == 1, bad...)
	}
}
