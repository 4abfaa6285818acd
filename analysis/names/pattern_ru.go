package names

import (
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

func lastRune(s string) (rune, int) { return utf8.DecodeLastRuneInString(s) }

// findRussian reads around a Russian head: adjectives to the left, genitives and «имени …» to the right.
func (r *reader) findRussian(i int, h headForm) []found {
	left := r.leftRussian(i)
	right, names := r.rightRussian(i)
	bare := 0
	if end := max(r.campus(i, left, right), r.patron(right)); end > right {
		right, names, bare = end, names+1, right
	}
	f := found{first: left, last: right, core: left, bare: bare, head: i, kind: h, lang: analysis.RU, how: "pattern"}
	capital := false
	for k := left; k < i; k++ {
		capital = capital || r.words[k].upper
	}
	if h.plural {
		return r.listRussian(f)
	}
	headCapital := r.words[i].upper && !r.starts(i)
	if !capital && names == 0 {
		least := 3 // words; where the capital of the head tells nothing, the fields must
		if headCapital {
			least = 2
		}
		if (h.kind == "institute" || h.kind == "academy") && r.words[i].upper && right-i >= least && !(right-i == 2 && r.is("science", i+1)) {
			f.sure = true // «Институт географии и водной безопасности»: its fields tell which; «Академия наук» is any
			return []found{f}
		}
		return nil
	}
	for k := i + 1; k < right; k++ {
		if r.is("name", k) {
			f.bare = k
			break
		}
	}
	if !capital && !headCapital && left == i && (r.onlyCountry(i+1, right) || !r.words[i].upper && r.onlyPlace(i+1, right)) {
		return nil // «университет Китая», «университет Астаны»: the place tells where, not which
	}
	return []found{f}
}

// onlyPlace reports whether words are one country's or city's name and nothing more.
func (r *reader) onlyPlace(first, last int) bool {
	if first >= last {
		return false
	}
	m := r.longest(first, Country, func(s *spelling, a, b int) bool { return true })
	return m != nil && m.last >= last
}

// adjective reports whether a Russian word has the ending of an adjective.
func (r *reader) adjective(form string) bool { return r.t.endings.ends("ru-adjective", form, 3) }

// leftRussian gives the first word of the name whose head is word i: the leftmost adjective with a capital, or, where
// none has one, the leftmost that describes a body («медицинские университеты Люблина»).
func (r *reader) leftRussian(i int) int {
	first := i
	capital := -1
	for first > 0 && r.words[first].gap <= near && i-first < maxWords {
		k := first - 1
		w := &r.words[k]
		if r.words[first].gap == tight && !r.adjective(w.Form) && first < i && strings.HasSuffix(w.Form, "о") {
			first = k // «горно-металлургическая»
			if w.upper {
				capital = k
			}
			continue
		}
		if r.words[first].gap == tight && first < i && w.upper {
			first, capital = k, k
			continue
		}
		if r.words[first].gap == tight && first == i && r.listed("school", k) {
			first = k // «бизнес-школа»
			if w.upper && !r.starts(k) {
				capital = k
			}
			continue
		}
		if !cyrillic(w.Form) || !r.adjective(w.Form) || r.listed("title", k) {
			break
		}
		if h := r.words[i].headRU; h.head != nil && !h.plural && r.t.endings.ends("ru-adjective-plural", w.form, 2) {
			break // «Учёные Института …» do not agree
		}
		if w.upper {
			if r.starts(k) && r.opener(k) {
				break
			}
			first, capital = k, k
			if r.starts(k) {
				break
			}
			continue
		}
		if !r.describing(k, analysis.RU) && !r.words[first].upper {
			break
		}
		if !r.describing(k, analysis.RU) {
			break
		}
		first = k
	}
	if capital >= 0 {
		return capital
	}
	if r.words[i].upper && !r.starts(i) {
		return i
	}
	return first
}

// rightRussian gives the end of the name whose head is word i, and how many words with capitals or quotation marks it
// took in.
func (r *reader) rightRussian(i int) (last, names int) {
	last = i + 1
	caps := 0
	for last < len(r.words) && last-i < maxWords {
		w := &r.words[last]
		if w.gap == comma && caps == 0 && last > i+1 && r.fieldsOn(last) {
			last++ // «Университет генетики, биотехнологии и инженерии»
			continue
		}
		if w.gap > quote {
			break
		}
		if w.gap == quote {
			if !r.inQuotes(last) {
				break
			}
			end := r.closeQuote(last)
			if end < 0 {
				break
			}
			names++
			last = end
			caps = 2
			continue
		}
		if r.is("name", last) {
			end := r.rightPerson(last + 1)
			if end > last+1 {
				names++
				last = end
				caps = 3
				continue
			}
			break
		}
		if w.head(analysis.RU).head != nil {
			break
		}
		if r.words[last].gap == tight && last > i+1 {
			last++
			continue
		}
		if w.upper {
			if caps >= 3 || caps > 0 && !r.follows(last, i) {
				break
			}
			if caps == 0 && last == i+1 && r.leftCapital(i) && r.titled(i) && last+1 < len(r.words) && r.words[last+1].upper && r.words[last+1].gap <= near {
				break // «ректор Пензенского университета Александр Гуляков»
			}
			if latin(w.Form) && (caps > 0 && !latin(r.words[last-1].Form) || last == i+1 && r.nextHead(last) || last > i+1 && !latin(r.words[last-1].Form)) {
				break // «школа менеджмента EM Lyon Business School»: the Latin name is one by itself
			}
			if r.listed("title", last) {
				break
			}
			names++
			caps++
			last++
			continue
		}
		if caps > 0 && !r.is("particle", last) {
			break
		}
		if r.is("particle", last) && caps > 0 && last+1 < len(r.words) && r.words[last+1].upper && r.words[last+1].gap <= near && !r.is("and", last) {
			last += 2 // «Отто фон Герике»
			caps++
			continue
		}
		if r.is("and", last) || r.is("particle", last) {
			if last+1 < len(r.words) && r.words[last+1].gap <= near && last > i+1 && !r.words[last+1].upper && (r.describing(last+1, analysis.RU) || r.field(last+1) || strings.HasSuffix(r.words[last+1].form, "ции")) && (r.describing(last-1, analysis.RU) || r.field(last-1) || last > i+2 && r.adjective(r.words[last-2].Form)) && r.genitive(r.words[last+1].Form) {
				last += 2
				continue
			}
			break
		}
		if n := r.untilName(last); n > last && caps == 0 {
			last = n // «Институт химии растворов имени Г.А. Крестова»
			continue
		}
		// «Институт изучения климата»
		if r.field(last) || last > i+1 && strings.HasSuffix(r.words[last-1].form, "ния") && r.genitiveNoun(last) && (r.describing(last-1, analysis.RU) || r.field(last-1)) {
			last++
			continue
		}
		// A describing word, or the noun of an adjective before: «горного дела».
		if r.genitive(w.Form) && !w.Stop && utf8.RuneCountInString(w.Form) > 2 && (r.describing(last, analysis.RU) || last > i+1 && r.t.endings.ends("ru-adjective-genitive", r.words[last-1].Form, 3) && r.genitiveNoun(last)) {
			last++
			continue
		}
		break
	}
	return last, names
}

// genitive reports whether a word may be in the genitive, in which a name's fields stand: наук, технологий, экономики.
func (r *reader) genitive(form string) bool { return !r.t.endings.ends("ru-other", form, 0) }

// follows reports whether another word with a capital may go on with a name: both in the genitive («Локмана Хекима»),
// not a person who is named next («Университета Лодзи Томаш Вежбицкий»).
func (r *reader) follows(k, head int) bool {
	w := r.words[k].Form
	last, _ := lastRune(w)
	if latin(w) {
		return latin(r.words[k-1].Form)
	}
	if allUpper(r.words[k].Surface) {
		return allUpper(r.words[k-1].Surface) // «КН МНВО РК»
	}
	before, _ := lastRune(r.words[k-1].Form)
	if !strings.ContainsRune("аяиыйоеую", last) {
		// «Де Монфор», «Мимар Синан»: indeclinable, only after another such word
		return !strings.ContainsRune("аяиы", before) && !(k+1 < len(r.words) && r.words[k+1].gap <= near && r.words[k+1].upper)
	}
	if r.adjective(r.words[k-1].Form) && k-1 > head {
		return true // «Верхней Австрии», «Нового Южного Уэльса»
	}
	return !r.titled(head)
}

// titled reports whether a title goes before the head: «ректор Университета Лодзи».
func (r *reader) titled(head int) bool {
	for k := head - 1; k >= 0 && head-k < 6; k-- {
		if r.words[k+1].gap > near || !r.words[k].upper && r.t.endings.ends("ru-verb", r.words[k].form, 2) {
			return false // «министр посетил Университет Томаша Бати»
		}
		if r.listed("title", k) {
			return true
		}
	}
	return false
}

// rightPerson reads a person's name behind «имени»: title, initials, names.
func (r *reader) rightPerson(k int) int {
	last, n := k, 0
	for last < len(r.words) && last-k < 8 {
		w := &r.words[last]
		if w.gap > near {
			break
		}
		switch {
		case r.listed("honour", last) && n == 0, w.initial:
			last++
			continue
		case r.is("particle", last) && last+1 < len(r.words) && r.words[last+1].upper && r.words[last+1].gap <= near:
			last++
			continue
		case w.upper && (n < 2 || w.gap == tight || n < 3 && !r.titledName(k)):
			last++
			n++
			continue
		}
		break
	}
	if n == 0 && last > k {
		// «имени первого Президента»: no name follows
		return k
	}
	return last
}

func (r *reader) titledName(k int) bool { return r.words[k].initial }

// closeQuote gives the word behind the quotation that opens before word k, -1 where it does not close nearby.
func (r *reader) closeQuote(k int) int {
	for p := k; p < len(r.words) && p-k < 6; p++ {
		after := r.x.Source[r.words[p].End:min(len(r.x.Source), r.words[p].End+3)]
		if strings.HasPrefix(after, "»") || strings.HasPrefix(after, "”") || strings.HasPrefix(after, "\"") || strings.HasPrefix(after, "“") {
			return p + 1
		}
		if p+1 < len(r.words) && r.words[p+1].gap > near {
			return -1
		}
	}
	return -1
}

func (r *reader) onlyCountry(first, last int) bool {
	if first >= last {
		return false
	}
	m := r.longest(first, Country, func(s *spelling, a, b int) bool { return s.how != "city" })
	return m != nil && m.last >= last
}

// leftCapital reports whether an adjective with a capital stands before a head.
func (r *reader) leftCapital(i int) bool {
	for k := i; k > 0 && i-k < 5 && r.words[k].gap <= near && r.adjective(r.words[k-1].Form); k-- {
		if r.words[k-1].upper {
			return true
		}
	}
	return false
}
