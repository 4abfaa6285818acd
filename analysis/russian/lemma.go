package russian

import "strings"

// A class says what a word is; Explain shows it.
type class uint8

const (
	noun class = iota
	name
	surname
	patronymic
	place
	abbreviation
	adjective
	superlative
	comparative
	verb
	gerund
	participle
	shortParticiple
	adverb
	numeral
	pronoun
	particle // and what else has no forms
)

var classNames = [...]string{"noun", "name", "surname", "patronymic", "place", "abbreviation", "adjective", "superlative", "comparative",
	"verb", "gerund", "participle", "participle", "adverb", "numeral", "pronoun", "particle"}

func classOf(tag string) class {
	switch pos, _, _ := strings.Cut(strings.ReplaceAll(tag, " ", ","), ","); pos {
	case "NOUN":
		switch {
		case strings.Contains(tag, "Abbr"), strings.Contains(tag, "Init"):
			return abbreviation
		case strings.Contains(tag, "Surn"):
			return surname
		case strings.Contains(tag, "Patr"):
			return patronymic
		case strings.Contains(tag, "Name"):
			return name
		case strings.Contains(tag, "Geox"):
			return place
		}
		return noun
	case "ADJF", "ADJS":
		if strings.Contains(tag, "Supr") {
			return superlative
		}
		return adjective
	case "COMP":
		return comparative
	case "VERB", "INFN":
		return verb
	case "GRND":
		return gerund
	case "PRTF":
		return participle
	case "PRTS":
		return shortParticiple
	case "ADVB", "PRED":
		return adverb
	case "NUMR":
		return numeral
	case "NPRO":
		return pronoun
	}
	return particle
}

// A convention names lemmas as Universal Dependencies' Russian treebanks do where OpenCorpora differs.
type convention struct {
	d          *dictionary
	adjectives map[string]bool
	verbs      map[string]bool
}

func newConvention(d *dictionary) *convention {
	c := &convention{d, map[string]bool{}, map[string]bool{}}
	for i, l := range d.lexemes {
		switch tag := d.tags[d.paradigms[l.paradigm][0].tag]; classOf(tag) {
		case adjective:
			c.adjectives[d.lemma(int32(i))] = true
		case verb:
			c.verbs[d.lemma(int32(i))] = true
		}
	}
	return c
}

// lemma names the lemma of one reading of a word.
func (c *convention) lemma(text string, f form) (string, class) {
	tag := c.d.tag(f)
	cl := classOf(tag)
	lemma := c.d.lemma(f.lexeme)
	switch cl {
	case noun, place:
		// Nouns in -ье beside -ие are words of their own: знанье, not знание.
		if s, ok := strings.CutSuffix(lemma, "ие"); ok && strings.Contains(tag, "V-be") {
			return s + "ье", cl
		}
		// Substantives: основное → основной, as most of their forms are the adjective's too.
		if a := c.adjectival(f.lexeme, lemma); a != "" {
			return a, cl
		}
	case verb, gerund, participle, shortParticiple:
		// Reflexive -ся, -сь: подписывается → подписывать, as its passive is meant in news. Treebanks are not of one mind.
		if lemma == "быть" && cl == participle {
			return "бывший", cl // of an auxiliary: «бывший министр»
		}
		if s, ok := strings.CutSuffix(lemma, "ся"); ok {
			return s, cl
		} else if s, ok := strings.CutSuffix(lemma, "сь"); ok {
			return s, cl
		}
	case adverb, comparative:
		// Adverbs in -о and their comparatives: совместно → совместный, as the short neuter has the same form; выше → высокий.
		if s, ok := strings.CutSuffix(lemma, "о"); ok {
			for _, e := range []string{"ый", "ой", "ий"} {
				if c.adjectives[s+e] {
					return s + e, cl
				}
			}
		}
	case superlative:
		// Superlatives are words of their own: важнейшего → важнейший.
		p := c.d.paradigms[c.d.lexemes[f.lexeme].paradigm][f.place]
		if i := strings.LastIndex(text, "ш"); i > 0 && strings.HasSuffix(text, p.suffix) {
			return text[:i] + "ший", cl
		}
	}
	return lemma, cl
}

// Leanings between readings of two classes that only a context could tell apart; each is what the losing reading keeps.
const (
	participleKeeps = 0.25 // связанный is rather an adjective than связать, where the dictionary has both
	shortAdjKeeps   = 0.1  // закрыт is rather закрыть than закрытый
	gerundKeeps     = 0.3  // молча is rather an adverb than молчать
	pluralNameKeeps = 0.1  // Павлов is a surname, hardly several Pavels
	nameKeeps       = 0.5  // Вера, Нос: in lower case a common noun is likelier than the weights say
)

// lean moves weight between readings as the leanings tell. The shares still sum to one.
func (c *convention) lean(x word, shares []float64) []float64 {
	var has [particle + 1]bool
	classes := make([]class, len(x.forms))
	for i, f := range x.forms {
		classes[i] = classOf(c.d.tag(f))
		has[classes[i]] = true
	}
	out := make([]float64, len(shares))
	total := 0.0
	for i, cl := range classes {
		keeps := 1.0
		switch {
		case cl == participle && (has[adjective] || has[noun]):
			keeps = participleKeeps
		case cl == adjective && has[shortParticiple]:
			keeps = shortAdjKeeps
		case cl == gerund && has[adverb]:
			keeps = gerundKeeps
		case cl == name && strings.Contains(c.d.tag(x.forms[i]), "plur"):
			keeps = pluralNameKeeps
		case (cl == name || cl == surname || cl == place) && has[noun]:
			keeps = nameKeeps
		}
		out[i] = shares[i] * keeps
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

// adjectival gives the adjective of which a noun is the substantive: основное → основной, столовая → столовый; "" for others.
func (c *convention) adjectival(lex int32, lemma string) string {
	for _, e := range [...]struct{ ending, mark string }{
		{"ое", "ого"}, {"ее", "его"}, {"ая", "ую"}, {"яя", "юю"}, {"ые", "ых"}, {"ие", "их"}} {
		stem, ok := strings.CutSuffix(lemma, e.ending)
		if !ok {
			continue
		}
		for _, p := range c.d.paradigms[c.d.lexemes[lex].paradigm] {
			if !strings.HasSuffix(p.suffix, e.mark) {
				continue
			}
			for _, a := range []string{"ый", "ий", "ой"} {
				if c.adjectives[stem+a] {
					return stem + a
				}
			}
		}
	}
	return ""
}
