package agreements

import (
	"strings"
)

// group is sides that stand together («A, B және C»), with what they do in their clause.
type group struct {
	sides       []*side
	first, last int
	role        role
	title       bool
}

// arrange gathers the sides of each sentence into groups and gives them their roles.
func (s *scene) arrange() {
	for _, x := range s.sides {
		q := s.sentences[x.sentence]
		s.place(x, q)
	}
	for i, x := range s.sides {
		q := s.sentences[x.sentence]
		if x.possessor {
			continue
		}
		if n := len(q.groups); n > 0 && i > 0 {
			g := q.groups[n-1]
			if s.joined(g.sides[len(g.sides)-1], x, q) {
				g.sides, g.last = append(g.sides, x), x.last
				g.title = g.title || x.title
				if q.lang == "kk" {
					g.role = x.role
				}
				x.group = g
				continue
			}
		}
		x.group = &group{sides: []*side{x}, first: x.first, last: x.last, role: x.role, title: x.title}
		q.groups = append(q.groups, x.group)
	}
}

// joined reports whether b goes on with the list that a ends.
func (s *scene) joined(a, b *side, q *sentence) bool {
	if b.stands() || a.stands() || s.gapped(b) {
		return false
	}
	if q.lang == "kk" {
		switch a.role {
		case subject, between:
		case of, branch:
			if b.role != a.role {
				return false
			}
		case with:
			if b.role != with {
				return false
			}
		default:
			return false
		}
	} else if b.role != subject && b.role != of && b.role != a.role || a.role == base && b.role != base {
		return false
	}
	comma, word, capitals := false, false, 0
	for j := a.last - 1; j < b.first; j++ {
		if j >= a.last {
			w := s.forms[j]
			switch {
			case s.paren[j], s.at[j] >= 0 && s.sides[s.at[j]].possessor, j > 0 && s.afterPossessor(j, b):
			case conjunction(w):
				if j > 0 && s.between[j-1] == "-" {
					return false
				}
				if word {
					return false
				}
				word = true
			case w == "а" && j+1 < b.first && s.forms[j+1] == "также":
				word = true
			case s.land[j] != "" || s.placeWord(j, q.lang) || w == "также" || w == "the" || w == "of":
			case s.isTitle(j, q):
				b.title = b.title || q.lang != "kk"
			case s.upper[j]:
				if capitals++; capitals > 5 {
					return false
				}
			default:
				return false
			}
		}
		gap := s.between[j]
		if (strings.Contains(gap, " — ") || strings.Contains(gap, " – ")) && j == a.last-1 && a.last == b.first && q.lang != "kk" {
			return true // «КазНУ — Университет Инха, ЕНУ — Варшавский университет»
		}
		if strings.ContainsAny(gap, ";:!?—–\n") {
			return false
		}
		if i := strings.LastIndex(gap, ")"); i >= 0 {
			gap = gap[i:]
		} else if s.paren[j] {
			continue
		}
		comma = comma || strings.Contains(gap, ",")
	}
	return comma || word
}

// afterPossessor reports that token j lies between a possessor and b, which it owns.
func (s *scene) afterPossessor(j int, b *side) bool {
	for i := j - 1; i >= max(0, j-6); i-- {
		if s.at[i] >= 0 {
			return s.sides[s.at[i]].possessor && j < b.first
		}
	}
	return false
}

// gapped reports ellipsis: «…, ЕНУ — с Варшавским университетом», where the verb is that of the clause before.
func (s *scene) gapped(x *side) bool {
	if x.last >= len(s.tokens) || !strings.ContainsAny(s.between[x.last-1], "—–") {
		return false
	}
	switch s.forms[x.last] {
	case "с", "со", "with":
		return true
	}
	return false
}

func conjunction(w string) bool {
	switch w {
	case "мен", "пен", "бен", "және", "әрі", "и", "and", "&":
		return true
	}
	return false
}

func (s *scene) isTitle(i int, q *sentence) bool {
	h, ok := s.w.sides.Find(s.line, i, q.last)
	return ok && h.Value[0] == "title"
}

// placeWord reports adjectives that may stand between two names of a list: «Австриядағы», «польшалық», «алматинский».
func (s *scene) placeWord(i int, lang string) bool {
	w := s.forms[i]
	var ends []string
	switch lang {
	case "kk":
		ends = []string{"дағы", "дегі", "тағы", "тегі", "лық", "лік", "дық", "дік", "ның", "нің", "дың", "дің", "тың", "тің"}
	case "ru":
		ends = []string{"ский", "ским", "ского", "ской", "ском", "ская", "скими", "ные", "ный", "ным", "ого", "ому", "ыми", "ими", "ый", "ий"}
	}
	for _, e := range ends {
		if strings.HasSuffix(w, e) && len(w) > len(e)+4 {
			return true
		}
	}
	return false
}
