package names

import (
	"strings"

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
	sure        bool // a name although nothing in it has a capital
}

// maxWords bounds a name: longer runs are sentences.
const maxWords = 16

// find looks for a name around the head at word i; nil where the head stands for no name.
func (r *reader) find(i int) []found {
	if r.words[i].upper && !upperFirst(r.words[i].Surface) {
		return nil // Arabic script: without capitals a pattern has nothing to go by
	}
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
	case before.cyrillic && r.adjective(before.form) && !before.kk:
		return analysis.RU
	}
	return w.around
}

// nameable reports whether a run can be a name: something in it tells this body from others, and a head that is too
// common alone has a word that says what it does.
func (r *reader) nameable(f found) bool {
	need := f.kind.need == ""
	told := f.sure
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
		if w.upper && (!plain || w.people && f.kind.need == "" && f.last-f.first > 2) || r.inQuotes(i) {
			told = true
		}
	}
	return need && told || r.nationalCentre(f)
}

// nationalCentre reports whether a centre is a country's for a field of study: «Ұлттық биотехнология орталығы»,
// «Национальный центр нейрохирургии». There are many centres, but one such.
func (r *reader) nationalCentre(f found) bool {
	if f.kind.need != "research" || !r.words[f.first].upper || !r.listed("status", f.first) {
		return false
	}
	class := "kk-field"
	if f.lang == analysis.RU {
		class = "ru-field"
	}
	for k := f.first + 1; k < f.last; k++ {
		if k != f.head && r.t.endings.ends(class, r.words[k].form, 2) {
			return true
		}
	}
	return false
}

func (r *reader) wordsOf(f found) []int {
	if f.words != nil {
		return f.words
	}
	return wordRange(f.first, f.last)
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

// opener reports whether a word begins a sentence and is a common word or a title.
func (r *reader) opener(i int) bool {
	w := &r.words[i]
	if r.is("opener", i) && w.gap >= comma || r.listed("title", i) {
		return true
	}
	return r.starts(i) && (w.Stop || w.common && !r.words[i].kk)
}

// placeWord reports whether a word begins a country's name, or, with cities, a city's.
func (r *reader) placeWord(i int, cities bool) bool {
	return r.longest(i, Country, func(s *spelling, a, b int) bool { return cities || s.how != "city" }) != nil
}
