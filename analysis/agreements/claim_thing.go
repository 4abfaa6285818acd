package agreements

import (
	"strings"

	"kelisim/analysis"
)

// thing is what a number counts: its head at the tokens [first, last), of a kind of claims.txt.
type thing struct {
	kind        string
	first, last int
	head        int
	they        bool // named before the sentence
}

// kinds of claims.txt that make a claim if they are counted.
func isThing(class string) bool {
	switch class {
	case "agreement", "document", "partner", "firm", "branch", "university", "programme", "double":
		return true
	}
	return false
}

// counted finds the noun behind a number: the first that ends the phrase, with nothing before it but adjectives.
// «20-дан астам маңызды құжатқа», «девять филиалов», «33 of the world's leading universities»; «640 сотрудников предприятия»
// counts workers, «90 тұрғынның құжаттары» people.
func (s *sum) counted(n quantity) (thing, bool) {
	i := n.whole.last
	double, allied := false, false
	for j := i; j < min(i+6, s.last); j++ {
		if j > s.first && s.breaks(j-1) && !s.shortened(j-1) {
			break
		}
		class, last := s.class(j)
		switch {
		case class == "double":
			double = true
			j = last - 1
			if s.closed(j) || s.lang == analysis.EN && strings.HasSuffix(s.forms[j], "s") {
				return thing{kind: "double-degree", first: j, last: last, head: j}, true
			}
			continue
		case class == "joint":
			double = true
		case class == "allied" || class == "partner" && !s.heads(n, j, last):
			allied = true // «80 партнёрских вузов», «80 partner institutions»
		case isThing(class) && s.heads(n, j, last):
			t := thing{kind: class, first: j, last: last, head: last - 1}
			if class == "programme" {
				if double || s.doubleBehind(&t) || s.doubleBefore(n) {
					t.kind = "double-degree"
					return t, true
				}
				return t, false
			}
			if allied && (class == "university" || class == "firm") {
				t.kind = "partner"
				return t, true
			}
			return s.owned(t), true
		case class == "other" || class == "person" || s.tokens[j].Kind == analysis.Number || s.month(j) > 0:
			return thing{}, false
		case class == "modifier":
			j = last - 1
		case !s.modifies(j, n.value):
			return thing{}, false
		}
	}
	return thing{}, false
}

// heads reports that the words [j, last) are the noun that is counted, no adjunct. A Russian noun agrees with its number («20
// лабораторий университета» counts no university), an English one stands in the plural and ends its compound; a Kazakh one
// goes on in «30 университет ректоры».
func (s *sum) heads(n quantity, j, last int) bool {
	w := s.forms[last-1]
	switch s.lang {
	case analysis.RU:
		return ends(w, s.w.few) == "" || n.value%10 > 1 && n.value%10 < 5 && n.value/10%10 != 1
	case analysis.EN:
		if !strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "a") {
			return false
		}
	}
	if last == s.last || s.closed(last-1) {
		return true
	}
	class, _ := s.class(last)
	return class != "person" && (s.lang != analysis.EN || class != "other" && !isThing(class))
}

// modifies reports that a word may stand between a number n and its noun, by its ending.
func (s *sum) modifies(i, n int) bool {
	w := s.forms[i]
	switch s.lang {
	case analysis.RU:
		return ends(w, s.w.adjective) != "" || n%10 == 1 && n%100 != 11 && ends(w, s.w.one) != ""
	case analysis.EN:
		return s.w.small[w] == "" && !(w == "of" && i > s.first && s.tokens[i-1].Kind == analysis.Word && s.w.numbers[s.forms[i-1]].value == 0)
	}
	return ends(w, s.w.noun) == ""
}

// ends gives the ending of a list that a word has, or "".
func ends(w string, list []string) string {
	for _, e := range list {
		if strings.HasSuffix(w, e) {
			return e
		}
	}
	return ""
}

// doubleBehind reads «программ двойного диплома».
func (s *sum) doubleBehind(t *thing) bool {
	for k := t.last; k < min(t.last+4, s.last) && !s.breaks(k-1); k++ {
		if class, last := s.class(k); class == "double" {
			t.last = last
			return true
		}
	}
	return false
}

// doubleBefore reads «қос диплом беретін 12 бағдарлама».
func (s *sum) doubleBefore(n quantity) bool {
	for k := n.whole.first - 1; k >= max(s.first, n.whole.first-5) && !s.breaks(k); k-- {
		if class, _ := s.class(k); class == "double" {
			return true
		}
	}
	return false
}

// owned goes on from the owner to what it owns: «40 шетелдік университеттің филиалы», «27 вузов-партнёров».
func (s *sum) owned(t thing) thing {
	if t.kind != "university" && t.kind != "firm" || t.last >= s.last {
		return t
	}
	if strings.HasPrefix(s.between[t.last-1], "-") {
		if class, last := s.class(t.last); class == "partner" {
			return thing{kind: class, first: t.first, last: last, head: last - 1}
		}
	}
	if !s.genitive(t.head) {
		return t
	}
	for k := t.last; k < min(t.last+3, s.last) && !s.breaks(k-1); k++ {
		if class, last := s.class(k); class == "branch" || class == "partner" {
			return thing{kind: class, first: t.first, last: last, head: last - 1}
		}
	}
	return t
}

// genitive reports the Kazakh ending of an owner.
func (s *sum) genitive(i int) bool {
	return s.lang == analysis.KK && ends(s.forms[i]+s.tokens[i].Suffix, s.w.genitive) != ""
}
