package agreements

import (
	"strings"

	"kelisim/analysis/names"
)

// company finds a company that names does not know: no word says that it is one.
func (s *scene) company(i int, q *sentence) *side { return s.quotation(i, q) }

// quotation takes a name in quotation marks for a company where it stands as a side does: «КБТУ и "КазМунайГаз"».
func (s *scene) quotation(i int, q *sentence) *side {
	if i == q.first || !s.upper[i] || !strings.ContainsAny(s.between[i-1], `«“"`) {
		return nil
	}
	switch s.forms[i-1] {
	case "и", "с", "со", "между", "мен", "пен", "бен", "және", "and", "with":
	default:
		return nil
	}
	for j := i; j < min(q.last, i+4); j++ {
		if strings.ContainsAny(s.between[j], `»”"`) {
			if h, ok := s.w.legal.find(s, min(j+1, q.last-1), q.last); ok && h.value[0] == "after" && j+1 < q.last {
				return nil // the word behind the name finds it: «Сарыарқа Кен» ЖШС
			}
			text := s.text(i, j+1)
			return &side{Party: Party{Name: text, Text: text}, first: i, last: j + 1, head: j, body: "company"}
		}
	}
	return nil
}

func (s *scene) landOf2(x *side, q *sentence) string {
	if x.first > q.first && s.land[x.first-1] != "" {
		return s.land[x.first-1]
	}
	for i := x.first; i < x.last; i++ {
		if s.land[i] != "" {
			return s.land[i]
		}
	}
	if x.body == "government" {
		return names.Home // «министрлік» without a country is ours
	}
	for _, w := range []string{"жшс", "ақ", "тоо", "ао", "нао", "әкімдігі", "акимат"} {
		if strings.HasPrefix(s.forms[x.head], w) || strings.HasPrefix(s.forms[x.last-1], w) {
			return names.Home
		}
	}
	return ""
}

// nameBefore is where the name begins that stands before token i: a quotation, capital words, or for an office the
// capital word that its name begins with.
func (s *scene) nameBefore(i int, q *sentence, body string) int {
	first, capital := i, i
	for j := i - 1; j >= max(q.first, i-8); j-- {
		if s.at[j] >= 0 || j < i && strings.ContainsAny(s.between[j], ";:!?()—–") || strings.Contains(s.between[j], ",") && !latin(s.forms[j+1]) {
			break
		}
		if strings.ContainsAny(s.between[j], "»”") || strings.HasSuffix(s.between[j], `" `) {
			// the quotation's beginning
			for k := j; k >= max(q.first, j-8); k-- {
				if k == q.first || strings.ContainsAny(s.between[k-1], `«“"`) {
					return k
				}
			}
		}
		if s.upper[j] && s.land[j] == "" {
			capital = j
			if body != "government" && (j == q.first || !s.upper[j-1] || s.breaks(j-1)) {
				return j
			}
			first = capital
			continue
		}
		if body != "government" && i-j > 4 {
			break
		}
		if s.forms[j] == "мен" || s.forms[j] == "пен" || s.forms[j] == "бен" || s.forms[j] == "and" && body != "government" {
			break
		}
	}
	return first
}

func latin(w string) bool { return w != "" && w[0] < 0x80 }

// nameAfter is where the name ends that stands behind token i-1.
func (s *scene) nameAfter(i int, q *sentence, body string) int {
	last := i
	if i < q.last && strings.ContainsAny(s.between[i-1], `«“"`) {
		for j := i; j < min(q.last, i+8); j++ {
			if strings.ContainsAny(s.between[j], `»”"`) {
				return j + 1
			}
		}
	}
	for j := i; j < min(q.last, i+8) && !s.breaks(j-1) && s.at[j] < 0; j++ {
		switch {
		case s.upper[j] || s.tokens[j].Kind != 0 && j > i:
			last = j + 1
		case (body == "government" || body == "network") && (s.forms[j] == "и" || s.forms[j] == "and" || genitive(s.forms[j])):
			if s.forms[j] != "и" && s.forms[j] != "and" {
				last = j + 1
			}
		default:
			return last
		}
	}
	return last
}

// genitive reports endings of Russian genitives: «образования», «высшего», «Актюбинской области».
func genitive(w string) bool {
	for _, e := range []string{"ния", "ого", "его", "ой", "ки", "ции", "сти", "ры", "ства", "дел", "ва", "ья", "ов", "ев", "их", "ых"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return latin(w)
}
