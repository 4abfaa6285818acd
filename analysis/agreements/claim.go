package agreements

import (
	"strconv"
	"strings"

	"kelisim/analysis"
)

// smallest is the least number that makes a claim: «екі келісім» counts the records of an article, «девять филиалов»
// is a statistic.
const smallest = 5

// sum is a sentence as its claims are read: number → what it counts → whose that is. Of the scene it needs words and
// punctuation alone.
type sum struct {
	*scene
	w           *claimWords
	first, last int // tokens of the sentence
	lang        analysis.Lang
	signs       []hint // read when the first thing is counted
}

// claims finds the numbers of documents, partners, branches that a sentence states.
func (s *scene) claims(q *sentence) []Claim {
	return (&sum{scene: s, w: claimVocabulary(), first: q.first, last: q.last, lang: analysis.Lang(q.lang)}).read()
}

func (s *sum) read() []Claim {
	var out []Claim
	for i := s.first; i < s.last; {
		n, ok := s.number(i)
		if !ok {
			i++
			continue
		}
		s.approximate(&n)
		t, ok := s.counted(n)
		if !ok {
			t, ok = s.countedBefore(n)
		}
		i = n.last
		if !ok || n.value < smallest || !s.holds(n, t) {
			continue
		}
		first, last := min(n.whole.first, t.first), max(n.whole.last, t.last)
		out = append(out, Claim{Number: n.String(), Kind: s.kind(n, t), Text: s.text(first, last), Start: s.tokens[first].Start, End: s.tokens[last-1].End})
		i = max(i, t.last)
	}
	return out
}

// kind is the kind that a claim of a thing has for the reader: who has 12 universities beside it has 12 partners.
func (s *sum) kind(n quantity, t thing) string {
	if t.kind == "firm" || t.kind == "university" && s.beside(n, t) == "with" {
		return "partner"
	}
	if class, last := s.class(max(s.first, n.whole.first-1)); t.kind == "university" && class == "branch" && last == n.whole.first {
		return class // «филиалы девяти университетов»
	}
	return t.kind
}

func (n quantity) String() string {
	switch out := strconv.Itoa(n.value); n.about {
	case "over":
		return out + "+"
	case "about":
		return "~" + out
	default:
		return out
	}
}

// class is the class of the longest word or words of claims.txt at token i; last is 0 where there is none.
func (s *sum) class(i int) (class string, last int) {
	if h, ok := s.w.things.find(s.scene, i, s.last); ok {
		return h.value[0], h.last
	}
	return "", 0
}

// closed reports that token i is the last of the sentence or of a phrase.
func (s *sum) closed(i int) bool { return i == s.last-1 || s.breaks(i) && !s.shortened(i) }

// shortened reports «31 тыс. предприятий»: a full stop that ends an abbreviation.
func (s *sum) shortened(i int) bool {
	return s.forms[i] == "тыс" && strings.HasPrefix(s.between[i], ". ")
}
