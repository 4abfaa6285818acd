package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// found is an institution that a pattern found around a head noun.
type found struct {
	first, last int // words
	from        int // first word of the list that it is in, else first
	core        int // first word behind «… атындағы», or first
	bare        int // where a Russian name ends without «имени …»; 0: it has none
	head        int // the head noun's word
	kind        headForm
	lang        analysis.Lang
	words       []int // words that make its name, where it is a member of a list; nil: first to last
	how         string
}

// maxWords bounds a name: longer runs are sentences.
const maxWords = 16

// find looks for a name around the head at word i; nil where the head stands for no name.
func (r *reader) find(i int) []found {
	lang := r.headLang(i)
	h := r.words[i].head(lang)
	if h.head == nil {
		return nil
	}
	var out []found
	switch h.lang {
	case "en":
		out = r.findLatin(i, h)
	case "kk":
		out = r.findKazakh(i, h)
	case "ru":
		out = r.findRussian(i, h)
	}
	from := len(r.words)
	for _, f := range out {
		from = min(from, f.first)
	}
	kept := out[:0]
	for _, f := range out {
		f.from = from
		if r.nameable(f) {
			kept = append(kept, f)
		}
	}
	return kept
}

// headLang is the language in which a head is read. «институты» is Kazakh («its institute») and Russian («institutes»);
// the word before tells, where it can, better than the paragraph.
func (r *reader) headLang(i int) analysis.Lang {
	w := &r.words[i]
	if w.headKK.head == nil || w.headRU.head == nil || i == 0 || r.words[i].gap > quote {
		return w.lang
	}
	switch before := &r.words[i-1]; {
	case kazakhOnly(before.form) || before.kk && !before.ru:
		return analysis.KK
	case before.cyrillic && adjective(before.form) && !before.kk:
		return analysis.RU
	}
	return w.around
}

// nameable reports whether a run can be a name: something in it tells this body from others, and a head that is too
// common alone has a word that says what it does.
func (r *reader) nameable(f found) bool {
	need := f.kind.need == ""
	told := false
	if f.lang == analysis.KK && f.last-f.first == 2 && r.words[f.first].people {
		return false // «Шотланд университеті», «Қытай университеті»: which one is not told
	}
	for _, i := range r.wordsOf(f) {
		w := &r.words[i]
		if !need && r.listed(f.kind.need, i) {
			need = true
		}
		if i == f.head {
			continue
		}
		if (f.kind.need != "" || f.kind.kind == "college" && f.last-f.first == 2) && r.placeWord(i, f.kind.need == "") {
			continue // «Қазақстан-Қытай ғылыми зерттеулер орталығы» is to be made, it has no name yet
		}
		plain := r.describing(i, f.lang) && (f.kind.need != "" || w.gap >= slash)
		if w.upper && !plain || r.inQuotes(i) {
			told = true
		}
	}
	return need && told
}

func (r *reader) wordsOf(f found) []int {
	if f.words != nil {
		return f.words
	}
	out := make([]int, 0, f.last-f.first)
	for i := f.first; i < f.last; i++ {
		out = append(out, i)
	}
	return out
}

func (r *reader) inQuotes(i int) bool {
	return r.words[i].gap == quote && strings.ContainsAny(r.before(i), "«“„\"")
}

// before is the text between a word and the one before.
func (r *reader) before(i int) string {
	if i == 0 {
		return ""
	}
	return r.x.Source[r.words[i-1].SuffixEnd:r.words[i].Start]
}

// describing reports whether a word describes a body: «ұлттық», «technical».
func (r *reader) describing(i int, lang analysis.Lang) bool {
	if lang == analysis.RU {
		return r.words[i].ru
	}
	return r.words[i].kk
}

// is reports whether a word is in a list of words.tsv as it stands.
func (r *reader) is(list string, i int) bool { return r.words[i].exact&r.t.bits[list] != 0 }

// listed reports whether a word is in a list of words.tsv in any of its forms.
func (r *reader) listed(list string, i int) bool { return r.words[i].any&r.t.bits[list] != 0 }

// findKazakh reads to the left of a Kazakh head: describing words in small letters, then words with capitals, then
// «… атындағы» with a person's name. «Германияның Фрайберг тау-кен академиясы»: the possessor is no part of it.
func (r *reader) findKazakh(i int, h headForm) []found {
	f := found{last: i + 1, head: i, kind: h, lang: analysis.KK, how: "pattern"}
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
	first, capitals := i, 0
	for first > 0 && i-first < maxWords {
		k, g := first-1, r.words[first].gap
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
				first = k
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
		if capitals >= 3 || r.foreign(k) {
			break
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
	for first < i && (r.is("and", first) || r.opener(first) && first+1 < i) {
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

// participles and cases that no word inside a name has.
var verbal = []string{"ған", "ген", "қан", "кен", "тын", "тін", "ның", "нің", "дың", "дің", "тың", "тің", "ып", "іп", "да", "де", "та", "те", "дан", "ден", "ғы", "гі"}

// afterPlace reports whether a city's or country's name stands right before word k, which no list knows to describe
// bodies: «Перуджа шетелдіктер университеті».
func (r *reader) afterPlace(k int) bool {
	w := &r.words[k]
	if k == 0 || w.gap > near || w.Stop || utf8.RuneCountInString(w.form) < 5 || r.is("opener", k) || !r.words[k-1].upper || r.foreign(k-1) || !r.placeWord(k-1, true) {
		return false
	}
	for _, x := range verbal {
		if strings.HasSuffix(w.form, x) {
			return false
		}
	}
	return true
}

// opener reports whether a word begins a sentence and is a common word or a title.
func (r *reader) opener(i int) bool {
	w := &r.words[i]
	if r.is("opener", i) && w.gap >= comma || r.listed("title", i) {
		return true
	}
	return r.starts(i) && (w.Stop || w.common && !r.words[i].kk)
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
	for _, x := range []string{"ның", "нің", "дың", "дің", "тың", "тің", "дағы", "дегі", "тағы", "тегі", "лық", "лік", "дық", "дік", "тық", "тік"} {
		if b, ok := strings.CutSuffix(form, x); ok && utf8.RuneCountInString(b) > 2 {
			if _, whole := r.t.trie.ids["="+form]; (!whole || r.placeWord(k, true)) && !r.describing(k, analysis.KK) {
				return true
			}
		}
	}
	for _, c := range r.t.endings.kazakh(form) {
		switch c.ending {
		case "да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "ға", "ге", "қа", "ке", "на", "не", "мен", "бен", "пен", "нда", "нде":
			if _, ok := r.t.trie.ids["k"+c.base]; ok {
				if _, whole := r.t.trie.ids["k"+form]; !whole {
					return true
				}
			}
		}
	}
	return false
}

// leftPerson reads the person's name before «атындағы» at word k: surname, first name, initials, title.
func (r *reader) leftPerson(k int) int {
	first, n := k, 0
	for first > 0 && r.words[first].gap <= near {
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
		if !w.upper && !(n == 0 && false) {
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

// normal is the normalised name of what a pattern found: the same for every inflection.
func (r *reader) normal(f found) string {
	var b strings.Builder
	words := slices.DeleteFunc(slices.Clone(r.wordsOf(f)), func(k int) bool { return r.is("rank", k) })
	for n, i := range words {
		w := &r.words[i]
		s := w.text
		if n > 0 {
			if w.gap == tight && words[n-1] == i-1 {
				b.WriteString(cmp.Or(r.before(i), ""))
			} else if r.words[words[n-1]].initial && w.initial {
				b.WriteString(".")
			} else if r.words[words[n-1]].initial {
				b.WriteString(". ")
			} else {
				b.WriteByte(' ')
			}
		}
		switch {
		case i == f.head && f.lang == analysis.KK:
			s = kazakhHead(f.kind.word)
			if f.core > f.first && f.core == f.head && !f.kind.poss {
				s = f.kind.word
			}
		case i == f.head && f.lang == analysis.RU:
			s = f.kind.word
		case f.lang == analysis.RU && i < f.head:
			s = r.t.nominative(s, f.kind.gender)
		case w.Form == "им":
			s = "имени"
		}
		b.WriteString(s)
	}
	name := b.String()
	return upperOne(name)
}

func upperOne(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// kazakhHead is a Kazakh head with the possessive that ends a name: университеті, академиясы, орталығы.
func kazakhHead(word string) string {
	switch {
	case strings.HasSuffix(word, "я"):
		return word + "сы"
	case strings.HasSuffix(word, "қ"):
		return strings.TrimSuffix(word, "қ") + "ғы"
	case strings.HasSuffix(word, "п"):
		return strings.TrimSuffix(word, "п") + "бі"
	case word == "институт":
		return word + "ы"
	}
	return word + "і"
}

// nominative gives a Russian adjective in the nominative of a gender: Кильским → Кильский, медицинскую → медицинская.
// Other words stay.
func (t *Table) nominative(s, gender string) string {
	base := s
	for _, x := range []string{"ого", "его", "ому", "ему", "ыми", "ими", "ый", "ий", "ой", "ая", "яя", "ую", "юю", "ое", "ее", "ые", "ие", "ых", "их", "ым", "им", "ом", "ем", "ей"} {
		if b, ok := strings.CutSuffix(s, x); ok && len(b) > 4 {
			base = b
			break
		}
	}
	if base == s {
		return s
	}
	last, _ := lastRune(base)
	switch gender {
	case "f":
		return base + "ая"
	case "n":
		return base + "ое"
	}
	if t.has("stressed", fold(base)+"ой") {
		return base + "ой"
	}
	if strings.ContainsRune("кгхжшщч", last) {
		return base + "ий"
	}
	return base + "ый"
}

// placeWord reports whether a word begins a country's name, or, with cities, a city's.
func (r *reader) placeWord(i int, cities bool) bool {
	return r.longest(i, Country, func(s *spelling, a, b int) bool { return cities || s.how != "city" }) != nil
}
