package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// findKazakh reads to the left of a Kazakh head: describing words in small letters, then words with capitals, then
// «… атындағы» with a person's name. «Германияның Фрайберг тау-кен академиясы»: the possessor is no part of it.
func (r *reader) findKazakh(i int, h headForm) []found {
	f := found{last: i + 1, head: i, kind: h, lang: analysis.KK, how: "pattern"}
	if k := r.bracketBefore(i); k > 0 && h.poss {
		f.first, f.core, f.words = k, k, append(wordRange(k, r.openBracket(i)), i)
		return []found{f}
	}
	first := r.leftKazakh(i)
	f.first, f.core = first, first
	if f.first == i {
		return nil
	}
	if end := r.quotedName(f, i); end > 0 {
		f.last = end // «Ұлттық зерттеу ядролық университеті «МИФИ»»
	}
	for k := first; k < i; k++ {
		if r.is("name", k) {
			f.core = k + 1
		}
	}
	if !h.poss && !h.plural {
		// Without a possessive only «X атындағы университет» and «Торайғыров университет» are names.
		if f.core == first && !(r.words[i-1].upper && !r.starts(i-1) && (h.bare || r.words[i].upper)) {
			return nil
		}
	}
	if h.plural {
		return r.listKazakh(f)
	}
	return []found{f}
}

// bracketBefore gives the abbreviation before a bracket that stands right before a head: «STAR (Space Sciences,
// Technologies and Astrophysics Research) институтымен»; 0 where none does.
func (r *reader) bracketBefore(i int) int {
	k := r.openBracket(i) - 1
	if k < 0 || !allUpper(r.words[k].Surface) {
		return 0
	}
	for k > 0 && r.words[k].gap <= near && r.words[k].latin && r.words[k-1].latin && r.words[k-1].upper {
		k--
	}
	return k
}

// openBracket gives the first word of the bracket that ends right before word i, 0 where none does.
func (r *reader) openBracket(i int) int {
	if i >= len(r.words) || strings.TrimSpace(r.before(i)) != ")" {
		return 0
	}
	for k := i - 1; k > 0 && i-k < maxWords && r.words[k].gap < broken; k-- {
		if strings.HasSuffix(r.before(k), "(") {
			return k
		}
	}
	return 0
}

// quotedName gives the end of a quotation right behind a Kazakh head without case ending, where nothing before the head
// tells which body it is; else 0.
func (r *reader) quotedName(f found, i int) int {
	for k := f.first; k < i; k++ {
		if !r.describing(k, analysis.KK) && !r.is("and", k) {
			return 0
		}
	}
	if i+1 >= len(r.words) || !r.inQuotes(i+1) || !strings.HasSuffix(r.words[i].form, "і") && !strings.HasSuffix(r.words[i].form, "ы") {
		return 0
	}
	return max(0, r.closeQuote(i+1))
}

// leftKazakh gives the first word of the name that ends before word i.
func (r *reader) leftKazakh(i int) int {
	first, capitals, listed := i, 0, false
	for first > 0 && i-first < maxWords {
		k, g := first-1, r.words[first].gap
		if g == comma && listed && capitals == 0 && !r.words[k].upper && r.describing(k, analysis.KK) {
			first = k // «Саратов генетика, биотехнология және инженерия университеті»
			continue
		}
		if g > quote {
			break
		}
		if g == quote {
			between := r.before(first)
			if strings.ContainsAny(between, "«“„") || !strings.ContainsAny(between, "»”\"") {
				break
			}
			open := r.openQuote(k)
			if open < 0 {
				break
			}
			first = open
			break
		}
		w := &r.words[k]
		if r.is("name", k) {
			return r.leftPerson(k)
		}
		if g == tight && r.is("particle", k) && r.words[first].upper {
			first = k // «әз-Зәйтуна», «Умм әл-Кура»
			continue
		}
		if g == tight && first < i && !w.upper && !r.words[first].upper {
			first = k // «тау-кен», «инженерлік-құрылыс»
			continue
		}
		if r.is("and", k) {
			if k > 0 && first < i && r.words[k].gap <= near && capitals == 0 && r.describing(first, analysis.KK) && r.describing(k-1, analysis.KK) {
				first, listed = k, true
				continue
			}
			break
		}
		if !w.upper {
			if r.is("particle", k) && k > 0 && first < i && r.words[first].upper && r.words[k-1].upper && r.words[k].gap <= near && !r.foreign(k-1) {
				first = k // «Хамад бин Халифа»
				continue
			}
			if capitals > 0 || !r.describing(k, analysis.KK) && !r.afterName(k) && !r.afterPlace(k) {
				break
			}
			first = k
			continue
		}
		if g == tight && r.words[first].upper {
			first = k
			continue
		}
		if capitals >= 3 || r.foreign(k) || w.headKK.head != nil && r.t.endings.ends("kk-possessor", w.form, 3) {
			break // «Назарбаев Университетінің Жоғары білім беру мектебі»
		}
		first = k
		if !r.describing(k, analysis.KK) || capitals > 0 {
			capitals++
		}
		if r.starts(k) {
			break
		}
	}
	// A conjunction or a common word that begins a sentence is no part: «Ал Наманган …».
	for first < i && (r.is("and", first) || r.is("under", first) || r.opener(first) && first+1 < i) {
		first++
	}
	return first
}

// afterName reports whether «… атындағы» goes before word k, so that the words between are the name's whatever they are:
// «Ә. Бүркітбаев атындағы өнеркәсіптік инженерия институты».
func (r *reader) afterName(k int) bool {
	for p := k; p > 0 && k-p < 5 && r.words[p].gap <= near; p-- {
		if r.is("name", p-1) {
			return true
		}
		if r.words[p-1].head(analysis.KK).head != nil {
			return false
		}
	}
	return false
}

// afterPlace reports whether a city's or country's name stands before word k or up to two words on, which no list knows
// to describe bodies: «Перуджа шетелдіктер университеті», «Андижан машина жасау институты».
func (r *reader) afterPlace(k int) bool {
	for n := k; n > 0 && k-n < 3; n-- {
		w := &r.words[n]
		if w.gap > near || w.upper || w.Stop || utf8.RuneCountInString(w.form) < 5 || r.is("opener", n) || r.t.endings.ends("kk-verbal", w.form, 0) || w.head(analysis.KK).head != nil {
			return false
		}
		if r.words[n-1].upper {
			return !r.foreign(n-1) && r.placeWord(n-1, true)
		}
	}
	return false
}

// foreign reports whether a word with a capital stands before a name without being part of it: a country, a possessor
// or place («Қытайдың», «Австриядағы», «польшалық»), a title, a surname of a person that goes before.
func (r *reader) foreign(k int) bool {
	if r.listed("title", k) {
		return true
	}
	if r.words[k].Suffix != "" {
		return true // «АҚШ-тың Айова университеті»
	}
	form := r.words[k].form
	if r.t.endings.ends("kk-possessor", form, 3) {
		if _, whole := r.t.trie.ids["="+form]; (!whole || r.placeWord(k, true)) && !r.describing(k, analysis.KK) {
			return true
		}
	}
	for _, c := range r.t.endings.kazakh(form) {
		if slices.Contains(r.t.endings.class["kk-oblique"], c.ending) {
			_, known := r.t.trie.ids["k"+c.base]
			if _, whole := r.t.trie.ids["k"+form]; known && !whole {
				return true
			}
		}
	}
	return false
}

// leftPerson reads the person's name before «атындағы» at word k: surname, first name, initials, title.
func (r *reader) leftPerson(k int) int {
	first, n := k, 0
	for first > 0 && r.words[first].gap <= near && k-first < maxWords {
		p := first - 1
		w := &r.words[p]
		if r.listed("honour", p) && n > 0 {
			first = p
			continue
		}
		if w.initial {
			first = p
			continue
		}
		if r.is("particle", p) && r.words[first].gap == tight {
			first = p
			continue
		}
		if r.is("particle", p) && n > 0 && p > 0 && r.words[p].gap <= near && r.words[p-1].upper && !r.starts(p) {
			first = p // «Әбуәли ибн Сино атындағы»
			continue
		}
		if !w.upper {
			break
		}
		if n >= 3 || n > 0 && (r.foreign(p) || r.opener(p)) {
			break
		}
		if n > 0 && r.words[first].initial {
			break // «… Ахмет Л.Н. Гумилев атындағы»: initials begin a name
		}
		first = p
		n++
		if r.starts(p) {
			break
		}
	}
	// The title goes with the name: «академик З. Алдамжар атындағы».
	if first > 0 && r.words[first].gap <= near && r.listed("honour", first-1) {
		first--
	}
	return first
}

// openQuote gives the word at which the quotation ends that closes behind word k, -1 where it does not open nearby.
func (r *reader) openQuote(k int) int {
	for p := k; p >= 0 && k-p < 6; p-- {
		if strings.ContainsAny(r.before(p), "«“„\"") {
			return p
		}
		if p == 0 && strings.ContainsAny(r.x.Source[:r.words[0].Start], "«“„\"") {
			return 0
		}
		if r.words[p].gap > near {
			return -1
		}
	}
	return -1
}

// listKazakh reads a list whose members share a plural head: «Ыстамбұл, Йедитепе және Анкара университеттері».
func (r *reader) listKazakh(f found) []found {
	tail := f.head // shared words: describing words before the head
	for tail > f.first && !r.words[tail-1].upper && r.describing(tail-1, analysis.KK) {
		tail--
	}
	var shared []int
	for k := tail; k <= f.head; k++ {
		shared = append(shared, k)
	}
	member := func(first, last int) found {
		var words []int
		for k := first; k < last; k++ {
			words = append(words, k)
		}
		return found{first: first, last: last, core: first, head: f.head, kind: f.kind, lang: f.lang, words: append(words, shared...), how: "list"}
	}
	if tail == f.first {
		return nil
	}
	f.words, f.how = append([]int(nil), r.wordsOf(f)...), "list"
	out := []found{f}
	at := f.first
	for at > 0 {
		last := at
		if r.is("and", last-1) && r.words[last].gap <= near {
			last--
		} else if r.words[last].gap != comma {
			break
		}
		if last == 0 || r.words[last].gap > comma {
			break
		}
		first := r.leftMember(last)
		if first == last {
			break
		}
		out = append(out, member(first, last))
		at = first
	}
	if len(out) > 1 && !slices.ContainsFunc(out, func(f found) bool { return !r.onlyCountry(f.first, min(f.last, tail)) }) {
		return nil // «Эстония, Латвия және Литва университеттері»
	}
	if len(out) == 1 {
		return nil // «Қытай университеттері», «Ыстамбұл университеттері»: several of a place, none by name
	}
	return out
}

// leftMember gives the first word of a list's member that ends before word last.
func (r *reader) leftMember(last int) int {
	first := last
	for first > 0 && last-first < 4 {
		k := first - 1
		if first < last && r.words[first].gap > near {
			break
		}
		w := &r.words[k]
		if !w.upper || r.foreign(k) || r.is("and", k) {
			break
		}
		if w.head(w.lang).head != nil {
			break
		}
		first = k
		if r.starts(k) {
			break
		}
	}
	for first < last && r.opener(first) {
		first++
	}
	return first
}
