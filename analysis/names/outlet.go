package names

import (
	"cmp"
	"slices"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/names/outlets"
)

// Outlet finds the key of the outlet that an article's stated outlet, address or text (dateline, «деп хабарлайды …»)
// names, or "".
func (t *Table) Outlet(stated, address string, x *analysis.Text) string {
	if key := t.outlets.Stated(stated, address); key != "" || x == nil {
		return key
	}
	read := sync.OnceValue(func() *reader { // made where an office of state is named
		r := &reader{t: t, x: x}
		r.readWords()
		return r
	})
	return t.outlets.ReportedBy(x.Source, &outlets.Words{
		Ending:    func(s string) bool { _, ok := t.endings.KK[s]; return ok },
		Reporting: func(s string) bool { return t.has(reportingList, s) },
		OfState:   func(start, end int, state string) bool { return read().officeOf(start, end, state) },
	})
}

// officeOf reports whether the office named at a place of a text is a state's: no other state stands beside it as its
// possessor or adjective, by name («Грузияның Сыртқы істер министрлігі», «МИД РФ») or as the state just told of («осы
// мемлекеттің …», «… этой страны»).
func (r *reader) officeOf(start, end int, state string) bool {
	first, _ := slices.BinarySearchFunc(r.words, start, func(w word, at int) int { return cmp.Compare(w.Start, at) })
	last, _ := slices.BinarySearchFunc(r.words, end, func(w word, at int) int { return cmp.Compare(w.Start, at) })
	k := first
	for n := 0; k > 0 && n < reachWords && r.words[k].gap <= near; n++ {
		k--
		if of := r.stateAt(k, first); of != "" {
			return of == state
		}
		if w := &r.words[k]; w.Stop && !r.is(andList, k) || r.listed(titleList, k) || r.listed(reportingList, k) || !w.kk && !w.ru && !r.is(andList, k) && !r.listed(landList, k) && !r.adjective(w.form) {
			break
		}
	}
	for k, n := last, 0; k < len(r.words) && n < reachWords && r.words[k].gap <= near; k, n = k+1, n+1 {
		if of := r.stateAt(k, len(r.words)); of != "" {
			return of == state
		}
		if w := &r.words[k]; w.lang == analysis.KK || w.Stop && !r.is(andList, k) && w.form != "of" && !r.is(thisList, k) || r.listed(reportingList, k) {
			break
		}
	}
	return true
}

// reachWords is how many words may stand between an office and its state: «Министерство иностранных дел и торговли Венгрии».
const reachWords = 6

// stateAt gives the state that a possessor or adjective at word k names, "" where it names none.
func (r *reader) stateAt(k, end int) string {
	if m := r.longest(k, Country, r.names); m != nil && m.last <= end {
		if s := r.country(m); s != nil && s.how != "city" && !r.cased("kk-oblique", m, s) {
			return s.place.Iso2
		}
	}
	if r.listed(landList, k) && k > 0 && r.is(thisList, k-1) {
		return r.toldOf(k)
	}
	return ""
}

// toldOf gives the state that a text names last before word k.
func (r *reader) toldOf(k int) string {
	for k--; k >= 0; k-- {
		if m := r.longest(k, Country, r.names); m != nil {
			if s := r.country(m); s != nil {
				return s.place.Iso2
			}
		}
	}
	return ""
}
