package agreements

import (
	"slices"
	"strings"
)

// subject is what an agreement is about, as the sentence words it: before «туралы» and the like in Kazakh, behind «о», «по»
// in Russian and «on», «for» in English. "" where the sentence does not say.
func (s *scene) subject(q *sentence) string {
	if q.lang == "kk" {
		for i := q.last - 1; i > q.first; i-- {
			switch s.forms[i] {
			case "туралы", "бойынша", "жөнінде", "жөніндегі", "саласында", "саласындағы", "арналған":
				return s.phrase(s.topicStart(q, i), i)
			}
		}
		return ""
	}
	doc := slices.IndexFunc(q.signs, func(g sign) bool { return g.class == "doc" })
	if doc < 0 {
		return ""
	}
	at := q.signs[doc].first
	for i := at + 1; i < min(at+4, q.last-1); i++ {
		switch s.forms[i] {
		case "о", "об", "по", "on", "for", "to":
			last := i + 1
			for last < min(q.last, i+13) && s.at[last] < 0 && (last == i+1 || !s.breaks(last-1)) {
				if h, ok := s.preposition(last, q); ok && (h == string(with) || h == string(between)) {
					break
				}
				last++
			}
			return s.phrase(i+1, last)
		}
	}
	return ""
}

// topicStart goes back from «туралы» to where the sides end.
func (s *scene) topicStart(q *sentence, i int) int {
	first := max(q.first, i-12)
	for j := i - 1; j >= first; j-- {
		if s.at[j] >= 0 || s.breaks(j) && !strings.Contains(s.between[j], ",") || strings.HasPrefix(s.forms[j], "арасында") || s.forms[j] == "бірлесіп" || s.forms[j] == "бірге" {
			return j + 1
		}
	}
	return first
}

func (s *scene) phrase(first, last int) string {
	if last-first < 1 {
		return ""
	}
	return strings.Join(strings.Fields(s.text(first, last)), " ")
}
