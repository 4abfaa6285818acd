package agreements

import (
	"strings"

	"kelisim/analysis/agreements/words"
)

// predicate is a form with a status at tokens [first, last).
type predicate struct {
	first, last int
	status      string
	finite      bool
}

// predicates finds the words of a sentence that say what happened to a document.
func (s *scene) predicates(q *sentence) []predicate {
	var out []predicate
	for i := q.first; i < q.last; i++ {
		if s.at[i] >= 0 && !s.sides[s.at[i]].stands() && !s.sides[s.at[i]].unnamed() {
			continue
		}
		h, ok := s.w.status.Find(s.line, i, q.last)
		var verb words.Hit
		var isVerb bool
		if q.lang == "kk" {
			verb, isVerb = s.w.verbs.Find(s.line, i, q.last)
		}
		switch {
		case isVerb && (!ok || verb.Last >= h.Last):
			p := s.kazakhVerb(verb, q)
			if p.status != "" {
				out = append(out, p)
				i = p.last - 1
			}
		case ok:
			p := predicate{h.First, h.Last, h.Value[0], true}
			switch p.status {
			case "attr", "nominal", "opening":
				p.finite = false
			}
			if q.lang == "kk" {
				s.tail(&p, q)
			}
			out = append(out, p)
			i = h.Last - 1
		}
	}
	return out
}

// kazakhVerb reads a verb's ending and what stands behind it.
func (s *scene) kazakhVerb(h words.Hit, q *sentence) predicate {
	m := mood(h.Ending)
	p := predicate{h.First, h.Last, s.w.moodStatus[[2]string{h.Value[0], m}], true}
	if m == "noun" && p.status == "" && (h.Value[0] == "sign" || h.Value[0] == "open" || h.Value[0] == "renew") && h.Last < q.last {
		// «ашылуы тиіс», «қол қойылуы мүмкін»
		if t, ok := s.w.tails.Find(s.line, h.Last, q.last); ok && t.Value[0] == "planned" && !s.breaks(h.Last-1) {
			if t.Last < q.last && (s.forms[t.Last] == "еді" || s.forms[t.Last] == "болатын") {
				return predicate{h.First, t.Last + 1, "none", true} // «қойылуы тиіс еді»: it was not
			}
			return predicate{h.First, t.Last, "planned", true}
		}
	}
	if p.status == "" {
		return p
	}
	switch m {
	case "noun":
		p.finite = false
	case "perfect":
		// Before a noun it is attributive: «қол қойылған меморандум». At the end of a clause it is finite.
		if h.Last < q.last && !s.breaks(h.Last-1) && !s.isTail(h.Last, q) && p.status != "none" {
			p.finite = false
			if p.status == "signed" || p.status == "agreed" || p.status == "renewed" {
				p.status = "attr"
			} else {
				p.status = ""
			}
		}
	case "future":
		// «қойылатын болады» is finite, «қойылатын құжат» belongs to the noun.
		if strings.HasSuffix(h.Ending, "тын") || strings.HasSuffix(h.Ending, "тін") {
			p.finite = h.Last < q.last && strings.HasPrefix(s.forms[h.Last], "бол")
		}
	case "converb":
		// «құрып жатыр» goes on now.
		if h.Last < q.last && !s.breaks(h.Last-1) {
			switch s.forms[h.Last] {
			case "отыр", "жатыр", "келеді", "жүр", "тұр", "келе":
				if p.status == "open" {
					p.status = "planned"
				}
				p.last++
			}
		}
	}
	s.tail(&p, q)
	return p
}

func (s *scene) isTail(i int, q *sentence) bool {
	_, ok := s.w.tails.Find(s.line, i, q.last)
	return ok || s.forms[i] == "деп" || s.forms[i] == "және" || s.forms[i] == "ал" || s.forms[i] == "бірақ"
}

// tail reads what follows a Kazakh verb and changes it: «қойған жоқ», «қойылады деп күтілуде», «қойған болатын».
func (s *scene) tail(p *predicate, q *sentence) {
	for i := p.last; i < min(p.last+2, q.last) && !s.breaks(i-1); i++ {
		h, ok := s.w.tails.Find(s.line, i, q.last)
		if !ok {
			if s.forms[i] == "отыр" || s.forms[i] == "жатыр" {
				p.last = i + 1
				continue
			}
			return
		}
		switch what := h.Value[0]; {
		case what == "none" && p.status != "none", what == "planned" && p.status != "none" && p.status != "discussed" && !(p.status == "in-force" && s.forms[h.First] == "болады"):
			p.status, p.finite = what, true
		case what == "background" && (p.status == "signed" || p.status == "attr" || p.status == "agreed"):
			p.status, p.finite = "background", true
		case what == "background" && p.status == "planned":
			p.status = "none"
		}
		p.last = h.Last
		return
	}
}

// choose finds which of a clause's predicates says what happened: in Kazakh the last one, else the one that governs.
func choose(ps []predicate, lang string) (string, int) {
	weight := vocabulary().governs
	status, at := "", -1
	for _, p := range ps {
		if p.status == "" {
			continue
		}
		better := at < 0 || weight[p.status] > weight[status]
		if lang == "kk" {
			better = at < 0 || p.finite || weight[status] <= weight["attr"]
		}
		if better {
			status, at = p.status, p.first
		}
	}
	return status, at
}

// isRelative reports words that begin a clause about what stands before them.
func (s *scene) isRelative(i int) bool {
	switch w := s.forms[i]; w {
	case "which", "who", "that", "whose", "чей", "чья", "чье", "чьи":
		return true
	default:
		return strings.HasPrefix(w, "котор")
	}
}
