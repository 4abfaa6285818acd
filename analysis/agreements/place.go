package agreements

import (
	"strings"

	"kelisim/analysis/agreements/numbers"
	"kelisim/analysis/agreements/words"
)

// place finds a side's role from its ending and the words beside it.
func (s *scene) place(x *side, q *sentence) {
	switch q.lang {
	case "kk":
		s.placeKazakh(x, q)
	default:
		s.placeByPreposition(x, q)
	}
}

// placeKazakh reads the case: genitive -ның, comitative -мен, locative -да, dative -ға; then the postposition.
func (s *scene) placeKazakh(x *side, q *sentence) {
	x.role = subject
	end := s.caseOf(x)
	switch end {
	case "gen":
		x.role = of
	case "with":
		x.role = with
	case "in":
		x.role = inside
	case "to":
		x.role = to
	case "from", "acc":
		x.role = aside
		if x.body == "branch" && end == "acc" {
			x.role = subject // «филиалын ашу»
		}
	}
	i := x.last
	if i >= q.last {
		return
	}
	if s.breaks(i-1) && end != "gen" {
		return
	}
	if s.isTitle(i, q) && (end == "gen" || end == "") {
		x.title, x.role = true, s.personRole(i, q)
		return
	}
	// A noun may stand between the name and who speaks for it: «университетінің халықаралық бөлімінің басшысы».
	if end == "gen" {
		for j := i; j < min(i+4, q.last) && !s.breaks(j-1) && s.at[j] < 0; j++ {
			if s.isTitle(j, q) {
				x.title, x.role = true, s.personRole(j, q)
				return
			}
		}
	}
	if end == "gen" {
		for j := i; j < min(i+5, q.last) && !s.breaks(j-1) && !conjunction(s.forms[j]); j++ {
			if _, ok := s.w.after["kk"].Find(s.line, j, q.last); ok {
				break
			}
			if k := s.at[j]; k >= 0 {
				x.possessor = !s.sides[k].stands() && !s.sides[k].unnamed()
				break
			}
		}
	}
	for j := i; j < min(i+3, q.last) && (j == i || !s.breaks(j-1)); j++ {
		h, ok := s.w.after["kk"].Find(s.line, j, q.last)
		if !ok {
			if end == "gen" && s.at[j] < 0 && !conjunction(s.forms[j]) {
				continue
			}
			return
		}
		switch r := role(h.Value[0]); {
		case r == between && j == i:
			x.role = between
		case r == base && j <= i+1 && (end == "gen" || end == ""):
			x.role = base
		case r == branch && (end == "gen" || end == "" && j == i):
			x.role, x.owner = branch, true
		case r == with && end == "with", r == subject && j == i:
			x.role = r
		}
		return
	}
}

// personRole is the role of the person at token i who speaks for a side: the case stands on the title or the name.
func (s *scene) personRole(i int, q *sentence) role {
	for j := i; j < min(i+6, q.last); j++ {
		if j > i && !s.upper[j] && !s.isTitle(j, q) {
			if s.forms[j] == "арасында" || s.forms[j] == "арасындағы" {
				return between
			}
			return subject
		}
		w := s.forms[j] + s.tokens[j].Suffix
		for _, e := range []string{"мен", "пен", "бен"} {
			if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
				return with
			}
		}
		if s.breaks(j) && !strings.ContainsAny(s.between[j], ".") {
			return subject
		}
	}
	return subject
}

// caseOf reads the ending of a Kazakh name's last word.
func (s *scene) caseOf(x *side) string {
	t := s.tokens[x.head]
	if strings.HasSuffix(t.Form, "орны") {
		return "" // «оқу орны»: the possessive of орын, no accusative
	}
	w := t.Suffix
	if n := x.head + 1; w == "" && n < len(s.tokens) && s.between[x.head] == "-" && len(s.forms[n]) <= 10 {
		w = s.forms[n] // «ҚазҰМУ-мен», «ҚазҰУ-да» where the ending is a token of its own
	}
	if w == "" {
		w = t.Form
		if words.IsLatin(w) || len(w) < 8 {
			return ""
		}
	}
	has := func(ends ...string) bool {
		for _, e := range ends {
			if strings.HasSuffix(w, e) {
				return true
			}
		}
		return false
	}
	hyphen := t.Suffix != "" || w != t.Form
	switch {
	case has("ның", "нің", "дың", "дің", "тың", "тің"):
		return "gen"
	case has("мен", "бен", "пен"):
		return "with"
	case has("нда", "нде", "сында", "сінде") || has("да", "де", "та", "те") && (hyphen || !s.upper[x.head]):
		return "in"
	case has("ындағы", "індегі", "дағы", "дегі", "тағы", "тегі"):
		return "from"
	case has("на", "не", "ға", "ге", "қа", "ке") && (hyphen || !s.upper[x.head] || has("іне", "сына")):
		return "to"
	case has("нан", "нен", "дан", "ден", "тан", "тен") && (hyphen || !s.upper[x.head]):
		return "from"
	case has("ін", "ын", "сін", "сын", "ны", "ні", "ді", "ды") && (hyphen || !s.upper[x.head]):
		return "acc"
	}
	return ""
}

// placeByPreposition reads Russian and English: the preposition before the name, over adjectives, titles and persons.
func (s *scene) placeByPreposition(x *side, q *sentence) {
	x.role = subject
	if q.lang == "en" && s.possessive(x) {
		if x.last < q.last && s.isTitle(x.last, q) {
			x.title = true
			return
		}
		x.owner = true
	}
	nominative := s.nominative(x, q)
	if q.lang == "ru" && s.dative(x) {
		x.role = to
	}
	for j := x.first - 1; j >= max(q.first, x.first-10); j-- {
		if gap := s.between[j]; strings.ContainsAny(gap, ",;:!?—–\n()") || strings.Contains(gap, ".") && !s.upper[j] {
			if strings.ContainsAny(gap, ":—–") && j == x.first-1 {
				s.listed(x, j, q)
			}
			return
		}
		if h, ok := s.preposition(j, q); ok && h != "" {
			if r := role(h); r != branch {
				switch r {
				case with, between, base, inside, to, subject:
					x.role = r
				case of:
					if x.title {
						continue
					}
					x.role = s.ofRole(j, q)
				default:
					x.role = aside
				}
				if x.title && x.role == inside {
					x.role = subject
				}
				return
			}
			x.role, x.owner = branch, true
			return
		}
		w := s.forms[j]
		switch {
		case s.isTitle(j, q):
			x.title = true
		case s.at[j] >= 0:
			if s.at[j] < len(s.sides) && s.sides[s.at[j]] != x && !nominative && s.between[j] == " " && q.lang == "ru" {
				x.role = of
			}
			return
		case s.land[j] != "" && s.upper[j] && q.lang == "ru" && !s.placeWord(j, "ru"):
			return // «в Астане ЕНУ»: the place has the preposition
		case s.land[j] != "" || s.placeWord(j, q.lang) || w == "the" || w == "a" || w == "имени" || s.quantity(j):
		case conjunction(w):
			return
		case s.upper[j] && x.title:
		default:
			if q.lang == "ru" && !nominative && !x.title && noun(w) && !s.upper[j] && x.role == subject {
				x.role = of
			}
			return
		}
	}
}

// listed gives what a colon lists the role of the plural before it: «с тремя вузами: A, B и C».
func (s *scene) listed(x *side, colon int, q *sentence) {
	k := s.at[colon]
	for j := colon; j >= max(q.first, colon-5); j-- {
		h, ok := s.w.sides.Find(s.line, j, q.last)
		if ok && (h.Value[0] == "universities" || h.Value[0] == "partners" || h.Value[0] == "two") || strings.HasPrefix(s.forms[j], "партнер") || k >= 0 && s.sides != nil && s.sides[min(k, len(s.sides)-1)].unnamed() {
			for i := j - 1; i >= max(q.first, j-4); i-- {
				if r, ok := s.preposition(i, q); ok {
					if role(r) == with || role(r) == between {
						x.role = role(r)
					}
					return
				}
			}
		}
	}
}

// ofRole tells «memorandum of», «branch of» from other genitives.
func (s *scene) ofRole(i int, q *sentence) role {
	for j := i - 1; j >= max(q.first, i-3); j-- {
		if h, ok := s.w.before["en"].Find(s.line, j, i+1); ok && h.Value[0] == string(branch) {
			return branch
		}
		if strings.HasPrefix(s.forms[j], "branch") || strings.HasPrefix(s.forms[j], "campus") {
			return branch
		}
	}
	return of
}

func (s *scene) possessive(x *side) bool {
	gap := s.between[x.last-1]
	return strings.HasPrefix(gap, "'") || strings.HasPrefix(gap, "’") || s.tokens[x.last-1].Suffix == "s" || strings.HasSuffix(s.forms[x.last-1], "'s") || strings.HasSuffix(s.forms[x.last-1], "’s")
}

// preposition finds the role that a word or two at token j give.
func (s *scene) preposition(j int, q *sentence) (string, bool) {
	list := s.w.before[q.lang]
	if list == nil {
		return "", false
	}
	if j > q.first {
		if h, ok := list.Find(s.line, j-1, j+1); ok && h.Last == j+1 {
			return h.Value[0], true
		}
	}
	h, ok := list.Find(s.line, j, j+1)
	if !ok {
		return "", false
	}
	return h.Value[0], true
}

// nominative reports whether a Russian name's head noun has no ending: «университет», «академия». Abbreviations, which
// have no case, are taken for nominative only before a verb.
func (s *scene) nominative(x *side, q *sentence) bool {
	for i := x.first; i < x.last; i++ {
		switch w := s.forms[i]; w {
		case "университет", "институт", "академия", "колледж", "центр", "школа", "компания", "министерство", "акимат", "филиал", "консерватория":
			return true
		}
		for _, h := range []string{"университет", "институт", "академи", "колледж", "министерств", "компани", "консерватори"} {
			if strings.HasPrefix(s.forms[i], h) {
				return false
			}
		}
	}
	return false
}

// noun reports that a Russian word looks like a noun and no verb: a name in the genitive behind it belongs to it.
func noun(w string) bool {
	for _, e := range []string{"ал", "ала", "али", "ало", "ил", "ила", "или", "ло", "ла", "ли", "лся", "лась", "лись", "ют", "ут", "ет", "ит", "ат", "ят", "ется", "ются", "ится", "аны", "ано", "ана", "ены", "ено", "ена", "ан", "ен", "ть", "ться", "также", "тоже", "уже", "еще", "что", "как", "где", "когда", "году", "года"} {
		if w == e || strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return false
		}
	}
	return len(w) > 8 // bytes
}

// dative reports a Russian dative without a preposition: «предложил Университету Нархоз».
func (s *scene) dative(x *side) bool {
	for i := x.first; i < x.last; i++ {
		switch s.forms[i] {
		case "университету", "институту", "колледжу", "центру", "министерству":
			return true
		}
	}
	return false
}

// quantity reports «рядом вузов», «пятью университетами»: words between a preposition and what it governs.
func (s *scene) quantity(i int) bool {
	if numbers.Is(s.forms[i]) {
		return true
	}
	h, ok := s.w.sides.Find(s.line, i, i+1)
	return ok && h.Value[0] == "quantity"
}
