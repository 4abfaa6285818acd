package agreements

import "strings"

// subject is what an agreement is about, as the clause words it: before «туралы» and the like in Kazakh, behind «о», «по»
// in Russian and «on», «for» in English. "" where the clause does not say.
func (c *clause) subject() string {
	s := c.s
	if c.q.lang == "kk" {
		for i := c.last - 1; i > c.first; i-- {
			switch s.forms[i] {
			case "туралы", "бойынша", "жөнінде", "жөніндегі", "саласында", "саласындағы", "арналған":
				return s.phrase(c.topicStart(i), i)
			}
		}
		return ""
	}
	if c.docAt < 0 {
		return ""
	}
	for i := c.docAt + 1; i < min(c.docAt+4, c.last-1); i++ {
		switch s.forms[i] {
		case "о", "об", "по", "on", "for", "to":
			last := i + 1
			for last < min(c.last, i+13) && s.at[last] < 0 && (last == i+1 || !s.breaks(last-1)) {
				if h, ok := s.preposition(last, c.q); ok && (h == string(with) || h == string(between)) {
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
func (c *clause) topicStart(i int) int {
	s, first := c.s, max(c.first, i-12)
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
