package names

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
)

// Outlet finds the key of the outlet that an article's stated outlet, address or text (dateline, «деп хабарлайды …»)
// names, or "".
func (t *Table) Outlet(stated, address string, x *analysis.Text) string {
	if o := t.spelt(stated); o != nil {
		return o.Key
	}
	if o := t.atDomain(stated); o != nil {
		return o.Key
	}
	if o := t.atDomain(address); o != nil {
		return o.Key
	}
	if x == nil {
		return ""
	}
	return t.reportedBy(x)
}

// spelt finds an outlet by one of its names.
func (t *Table) spelt(name string) *outlet {
	key := bare(name)
	if key == "" {
		return nil
	}
	for _, o := range t.outlets {
		for _, s := range o.names() {
			if bare(s) == key {
				return o
			}
		}
	}
	return nil
}

func (o *outlet) names() []string { return append([]string{o.Key, o.KK, o.RU, o.EN}, o.Spellings...) }

// bare is a name in small letters without quotation marks.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return strings.ContainsRune(" \t\u00a0«»\"“”'", r)
	}), " ")
}

func (t *Table) atDomain(address string) *outlet {
	host := address
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	host = strings.ToLower(host)
	for h := host; strings.Contains(h, "."); _, h, _ = strings.Cut(h, ".") {
		for _, o := range t.outlets {
			for _, d := range o.Domains {
				if d == h {
					return o
				}
			}
		}
	}
	return nil
}

// reportedBy finds the outlet that the text itself names as its source: in the dateline («АСТАНА. KAZINFORM –») or
// beside a word of reporting in the first or last sentences («деп хабарлайды BAQ.KZ», «передает агентство Kazinform»).
func (t *Table) reportedBy(x *analysis.Text) string {
	head := x.Source[:min(len(x.Source), 3000)]
	best, at := "", len(head)
	var r *reader // made where an office of state is named
	for _, o := range t.outlets {
		for _, s := range o.names()[1:] {
			for from := 0; ; {
				i := strings.Index(head[from:], s)
				if i < 0 {
					break
				}
				i += from
				from = i + len(s)
				end := t.wordEnd(head, i+len(s))
				if i < at && end > 0 && whole(head, i, end) && t.saysSo(head, i, end) {
					if o.State != "" && r == nil {
						r = &reader{t: t, x: x}
						r.readWords()
					}
					if o.State == "" || r.officeOf(i, end, o.State) {
						best, at = o.Key, i
					}
				}
			}
		}
	}
	return best
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

// wordEnd is the end of the word that goes on at a place of a text, if what goes on is a Kazakh ending
// («министрлігінің»); else 0.
func (t *Table) wordEnd(s string, at int) int {
	end := at
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += size
	}
	if end == at {
		return at
	}
	if _, ok := t.endings.KK[s[at:end]]; ok {
		return end
	}
	return 0
}

// reach is how far from an outlet's name a word of reporting may stand.
const reach = 160 // bytes

// saysSo reports whether a name at a place of a text is given as its source.
func (t *Table) saysSo(s string, start, end int) bool {
	if line := strings.LastIndexByte(s[:start], '\n') + 1; dateline(s[line:start], s[end:]) {
		return true
	}
	from := max(0, start-reach)
	if i := strings.LastIndexAny(s[from:start], "\n!?"); i >= 0 {
		from += i
	}
	to := min(len(s), end+reach)
	if i := strings.IndexAny(s[end:to], "\n!?"); i >= 0 {
		to = end + i
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(strings.ToValidUTF8(s[from:to], " ")), func(r rune) bool { return strings.ContainsRune(" ,.:«»\"–—\n\u00a0", r) }) {
		if t.has(reportingList, w) {
			return true
		}
	}
	return false
}

// dateline reports whether an outlet's name stands between a city in capitals and a dash.
func dateline(before, after string) bool {
	before = strings.TrimSpace(before)
	after = strings.TrimLeft(after, " \u00a0»")
	return before == strings.ToUpper(before) && len(before) < 80 && (strings.HasPrefix(after, "–") || strings.HasPrefix(after, "—") || strings.HasPrefix(after, "-"))
}

// whole reports whether s[i:j] is not part of a longer word.
func whole(s string, i, j int) bool {
	letter := func(r rune) bool {
		return r == '_' || r >= '0' && r <= '9' || strings.ToLower(string(r)) != strings.ToUpper(string(r))
	}
	before := []rune(lastRunes(s[:i]))
	after := []rune(firstRunes(s[j:]))
	return !(len(before) > 0 && letter(before[len(before)-1])) && !(len(after) > 0 && letter(after[0]))
}

func lastRunes(s string) string  { return strings.ToValidUTF8(s[max(0, len(s)-4):], "") }
func firstRunes(s string) string { return strings.ToValidUTF8(s[:min(len(s), 4)], "") }
