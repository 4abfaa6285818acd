package agreements

import (
	"strconv"
	"strings"
)

// smallest is the least number that makes a claim: «екі келісім» counts the records of an article, «девять филиалов»
// is a statistic.
const smallest = 5

// claims finds the numbers of documents, partners, branches that a sentence states.
func (s *scene) claims(q *sentence) []Claim {
	var out []Claim
	for i := q.first; i < q.last; i++ {
		n, last := s.number(i, q.last)
		if n < smallest || n >= 1900 && n < 2100 && last == i+1 {
			continue
		}
		kind, end := s.counted(last, q)
		if (kind == "university" || kind == "partner") && (n < 10 || !s.connected(q)) {
			kind = ""
		}
		if kind == "" && i > q.first && s.forms[i-1] == "саны" {
			if h, ok := s.w.claims.find(s, max(q.first, i-2), q.last); ok {
				kind, end = h.value[0], last
			}
		}
		if kind == "" {
			i = last - 1
			continue
		}
		first, number := i, strconv.Itoa(n)
		switch {
		case last < q.last && (s.forms[last] == "астам" || s.forms[last] == "аса" || s.forms[last] == "көп" || s.forms[last] == "артық"):
			number += "+"
		case last < q.last && strings.HasPrefix(s.forms[last], "жуық"):
			number = "~" + number
		case i > q.first && (s.forms[i-1] == "более" || s.forms[i-1] == "свыше" || s.forms[i-1] == "больше" || s.forms[i-1] == "over"):
			number, first = number+"+", i-1
		case i > q.first && (s.forms[i-1] == "около" || s.forms[i-1] == "порядка" || s.forms[i-1] == "почти" || s.forms[i-1] == "about" || s.forms[i-1] == "nearly" || s.forms[i-1] == "some" || s.forms[i-1] == "шамамен"):
			number, first = "~"+number, i-1
		case i > q.first+1 && (s.forms[i-2] == "more" && s.forms[i-1] == "than" || s.forms[i-2] == "не" && s.forms[i-1] == "менее" || s.forms[i-2] == "at" && s.forms[i-1] == "least"):
			number, first = number+"+", i-2
		}
		out = append(out, Claim{Number: number, Kind: kind, Text: s.text(first, end), Start: s.tokens[first].Start, End: s.tokens[end-1].End})
		i = end - 1
	}
	return out
}

// connected reports whether a sentence speaks of documents or partners: universities and companies are counted only then.
func (s *scene) connected(q *sentence) bool {
	for i := q.first; i < q.last; i++ {
		if h, ok := s.w.marks.find(s, i, q.last); ok && h.value[0] == "vague" {
			return true
		}
		if _, ok := s.w.documents.find(s, i, q.last); ok {
			return true
		}
		if h, ok := s.w.claims.find(s, i, q.last); ok && (h.value[0] == "partner" || h.value[0] == "branch") {
			return true
		}
	}
	return false
}

// number reads a number in digits or words from token i on; 0 where there is none.
func (s *scene) number(i, end int) (n, last int) {
	w := s.forms[i]
	if v, ok := s.w.numbers[w]; ok {
		n, last = v, i+1
		if last < end {
			if u, ok := s.w.numbers[s.forms[last]]; ok && u < 10 && v >= 10 && v < 100 {
				n, last = v+u, last+1
			}
		}
	} else {
		v, err := strconv.Atoi(strings.Map(func(r rune) rune {
			if r == ' ' || r == '\u00a0' || r == ',' {
				return -1
			}
			return r
		}, w))
		if err != nil || v <= 0 {
			return 0, i + 1
		}
		n, last = v, i+1
	}
	if last < end && (strings.HasPrefix(s.forms[last], "тыс") || s.forms[last] == "мың" || s.forms[last] == "thousand") {
		n, last = n*1000, last+1
	}
	return n, last
}

// counted finds what a number counts, at most four words on: «20-дан астам маңызды құжатқа», «девять филиалов».
func (s *scene) counted(i int, q *sentence) (kind string, end int) {
	for j := i; j < min(i+5, q.last); j++ {
		if j > i && s.breaks(j-1) {
			return "", 0
		}
		if s.at[j] >= 0 && !s.sides[s.at[j]].unnamed() {
			return "", 0
		}
		if h, ok := s.w.claims.find(s, j, q.last); ok {
			kind = h.value[0]
			end = h.last
			// «40 шетелдік университеттің филиалы», «12 программ двойного диплома»
			for k := end; k < min(end+3, q.last) && !s.breaks(k-1); k++ {
				if g, ok := s.w.claims.find(s, k, q.last); ok && (kind == "university" || kind == "programme") && g.value[0] != "university" {
					return g.value[0], g.last
				}
				if g, ok := s.w.kinds.find(s, k, q.last); ok && g.value[0] == "double-degree" {
					return "double-degree", g.last
				}
			}
			if kind == "programme" {
				for k := i; k < j; k++ {
					if g, ok := s.w.kinds.find(s, k, q.last); ok && g.value[0] == "double-degree" {
						return "double-degree", end
					}
				}
				return "", 0
			}
			return kind, end
		}
		if g, ok := s.w.marks.find(s, j, q.last); s.tokens[j].Kind != 0 || s.month(j) > 0 || ok && g.value[0] == "unit" {
			return "", 0
		}
	}
	return "", 0
}
