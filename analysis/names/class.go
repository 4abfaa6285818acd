package names

import (
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
)

// class is what a word may be inside or beside a name: what it means, how it is written, how it ends. The scorer of
// borders (package border) sees words by their classes only, so that what it learns holds for words it never met.
type class struct{ sense, shape, ending, function uint8 }

// Senses of words; the first that fits stands.
const (
	other uint8 = iota
	aHead
	eponym // атындағы, имени
	status // ұлттық, государственный
	field  // a field of study: медицина, технологий
	conjunction
	particle
	title // ректор, академик
	aInitial
	forename
	surname
	people // a country's adjective
	aPlace
	opener // begins sentences: сегодня, сондай-ақ
	stop
	common // Kazakh news writes it small
	number
	abbr
	abbrU   // one that ends as universities' do: СибГМУ
	aBranch // филиал
	preposition
	postposition
	aKnown   // a name of the table without a head: КазНУ
	anOffice // министерство, компания
	school   // people of a place or a school: сатпаевцы
	anHonour // хан, батыр, академик: stand with the name of a person
	noWord   // the end of a sentence
	senses
)

var senseNames = [senses]string{"other", "head", "eponym", "status", "field", "and", "particle", "title", "initial", "forename", "surname",
	"people", "place", "opener", "stop", "common", "number", "abbr", "abbr of a university", "branch", "preposition", "postposition", "known", "office", "people of a school", "honour", "edge"}

// Shapes of words.
const (
	lower     uint8 = iota
	capital         // inside a sentence
	beginning       // a capital where a sentence begins, which tells nothing
	caps
	digit
	shapes
)

var shapeNames = [shapes]string{"small", "capital", "first", "caps", "digit"}

// classOf reads the class of word i.
func (r *reader) classOf(i int) class {
	w := &r.words[i]
	h := w.head(r.headLang(i))
	if h.Head == nil {
		h = w.office(r.headLang(i))
	}
	return class{r.senseOf(i), r.shapeOf(i), endingClass(r.t.endings, w, h), w.function}
}

func (r *reader) shapeOf(i int) uint8 {
	switch w := &r.words[i]; {
	case w.Kind != analysis.Word:
		return digit
	case forms.AllUpper(w.Surface) && forms.Abbreviated(w.Surface):
		return caps
	case !w.upper:
		return lower
	case r.starts(i) || w.gap == quote && (i == 0 || r.starts(i-1)):
		if e := r.echoOf(w); e.Capital && !e.Small {
			return capital
		}
		return beginning
	}
	return capital
}

func (r *reader) senseOf(i int) uint8 {
	w := &r.words[i]
	kk := w.lang == analysis.KK
	isField, isStatus := w.concept(r.t)
	switch {
	case w.Kind != analysis.Word:
		return number
	case w.head(r.headLang(i)).Head != nil:
		return aHead
	case w.office(r.headLang(i)).Head != nil:
		return anOffice
	case r.is(nameList, i):
		return eponym
	case w.initial && !r.is(rankList, i):
		return aInitial
	case isStatus || r.listed(statusList, i):
		return status
	case r.is(andList, i):
		return conjunction
	case r.listed(branchList, i):
		return aBranch
	case r.is(rankList, i), r.listed(honourList, i):
		return anHonour
	case r.listed(titleList, i), r.is(titleENList, i):
		return title
	case r.is(inList, i):
		return preposition
	case r.is(postpositionList, i):
		return postposition
	case !w.upper && r.is(particleList, i):
		return particle
	case isField, kk && w.kk, !kk && w.cyrillic && w.ru, w.latin && r.is(descriptorENList, i):
		return field
	case w.people && w.upper:
		return people
	case w.upper && r.listed(givenList, i):
		return forename
	case w.upper && w.surname:
		return surname
	case w.place:
		return aPlace
	case w.people:
		return people
	case forms.Abbreviated(w.Surface):
		if end, _ := lastRune(w.Surface); end == 'У' || end == 'U' {
			return abbrU
		}
		return abbr
	case w.demonym != "":
		return school
	case r.is(openerList, i):
		return opener
	case w.Stop:
		return stop
	case w.common:
		return common
	}
	return other
}

// endingClass gives the class of a word's ending: of the longest of its language that it has. A head's is known.
func endingClass(e *forms.Endings, w *word, h heads.Form) uint8 {
	if !w.cyrillic {
		if w.latin && (strings.HasSuffix(w.Surface, "'s") || strings.HasSuffix(w.Surface, "’s")) {
			return classNamed(e, "en:s")
		}
		return 0
	}
	table := e.RussianClass
	if w.lang == analysis.KK {
		table = e.KazakhClass
	}
	switch {
	case w.Suffix != "":
		return classOfEnding(table, w.Suffix, 0) // «БАӘ-нің»
	case h.Head != nil:
		if h.Lang == "kk" {
			table = e.KazakhClass
		}
		return classOfEnding(table, h.Ending, 0)
	case w.lang == analysis.KK:
		return w.endKK
	}
	return w.endRU
}

// classOfEnding gives the class of the longest ending of a form behind stem bytes.
func classOfEnding(classes map[string]uint8, form string, stem int) uint8 {
	for i := range form {
		if i >= stem {
			if c, ok := classes[form[i:]]; ok {
				return c
			}
		}
	}
	return 0
}

func classNamed(e *forms.Endings, name string) uint8 {
	for i, n := range e.ClassNames {
		if n == name {
			return uint8(i)
		}
	}
	return 0
}
