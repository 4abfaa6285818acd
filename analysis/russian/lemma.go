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
	case verb, gerund, participle, shortParticiple:
		// Reflexive -ся, -сь: подписывается → подписывать, as its passive is meant in news. Treebanks are not of one mind.
		if s, ok := strings.CutSuffix(lemma, "ся"); ok {
			return s, cl
		} else if s, ok := strings.CutSuffix(lemma, "сь"); ok {
			return s, cl
		}
	case adverb:
		// Adverbs in -о: совместно → совместный, as the short neuter has the same form.
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
