package names

import (
	"slices"
	"strings"

	"kelisim/analysis"
)

// readPlaces finds countries: by name, adjective or city, and inside the names of foreign institutions.
func (r *reader) readPlaces() {
	for i := 0; i < len(r.words); {
		if p := r.longest(i, noPlace, func(*spelling, int, int) bool { return r.words[i].upper }); p != nil {
			i = p.last
			continue
		}
		m := r.longest(i, Country, r.names)
		if m == nil {
			i++
			continue
		}
		if s := r.country(m); s != nil {
			r.place(s, m)
		}
		i = m.last
	}
}

// names reports whether a run of words may be a place's name.
func (r *reader) names(s *spelling, first, last int) bool {
	w := &r.words[first]
	if s.how == "adj" {
		return !w.latin || w.upper && w.around == analysis.EN // «polish» is no «Polish»
	}
	if w.latin && s.upper == "" && allUpper(w.Surface) {
		return false // PISA is no Pisa
	}
	if s.how == "city" && s.inner && !w.upper {
		return w.headRU.head == nil && last < len(r.words) && r.words[last].headRU.head != nil && r.adjective(r.words[last-1].form)
	}
	return w.upper && r.written(s, first, last)
}

// country takes the country that a match means, nil where it is no evidence of one.
func (r *reader) country(m *match) *spelling {
	s := m.of[0]
	for _, o := range m.of {
		if o.how == "name" {
			s = o
			break
		}
	}
	if s.how == "adj" && r.beside("language", m) || s.how != "name" && r.beside("street", m) {
		return nil // «ағылшын тілі», «Берлинская улица»
	}
	inside := r.cover != nil && r.cover[m.first] > 0 // «Вена экономика университеті», «Верона университеті»: no vein, no girl
	if s.how == "city" && m.last < len(r.words) && r.words[m.last].gap == tight && r.words[m.last].latin == r.words[m.first].latin && r.is("particle", m.last) {
		return nil // «Сантьяго-де-Компостела»
	}
	if r.isCurrency(m, s) || !inside && (r.isPerson(m, s) || s.risky && r.starts(m.first) && !r.caseEnding(m, s)) {
		return nil
	}
	return s
}

// beside reports whether a word of a list stands before or behind a match.
func (r *reader) beside(list string, m *match) bool {
	return m.last < len(r.words) && r.words[m.last].gap <= near && r.listed(list, m.last) ||
		m.first > 0 && r.words[m.first].gap <= near && r.is(list, m.first-1) && list == "street"
}

// starts reports whether a word begins a sentence: its capital tells nothing.
func (r *reader) starts(i int) bool { return r.words[i].gap == broken }

// caseEnding reports whether a risky name at the beginning of a sentence has an ending that only a name takes there:
// «Суданның» is Sudan, «Судан» may be «out of the water».
func (r *reader) caseEnding(m *match, s *spelling) bool {
	rest, ok := strings.CutPrefix(r.words[m.last-1].form, fold(s.text))
	return ok && slices.Contains(r.t.endings.class["kk-genitive"], rest)
}

// Money is no evidence: «АҚШ доллары», «долларов США», «российский рубль».
func (r *reader) isCurrency(m *match, s *spelling) bool {
	if s.how == "name" && s.place.Iso2 != "US" {
		return false // «Ресей рублінің жағдайы» tells of Russia; the dollar is everyone's
	}
	if m.last < len(r.words) && r.words[m.last].gap <= near && r.listed("currency", m.last) {
		return true
	}
	return m.first > 0 && r.words[m.first].gap <= near && r.listed("currency", m.first-1)
}

// A first name is no country or city: «Дания Еспаева», «Мәдина».
func (r *reader) isPerson(m *match, s *spelling) bool {
	if s.how == "adj" || m.last-m.first > 1 {
		return false
	}
	if w := &r.words[m.first]; w.latin && s.risky && m.last < len(r.words) {
		n := &r.words[m.last]
		if n.gap <= near && n.upper && n.latin && n.headEN.head == nil && !r.is("descriptor-en", m.last) {
			return true // «Georgia Lindqvist», «Jordan Smith»
		}
	}
	if !r.listed("firstname", m.first) {
		return false
	}
	if s.how == "city" {
		return !r.cityWord(m.last)
	}
	return m.last < len(r.words) && r.words[m.last].gap <= near && r.words[m.last].upper && r.words[m.last].surname
}

// cityWord reports whether a word says that a city's name goes before.
func (r *reader) cityWord(i int) bool {
	return i < len(r.words) && r.words[i].gap <= near && r.listed("city", i)
}

// readCover notes the widest institution that each word is in.
func (r *reader) readCover() {
	r.cover = make([]int32, len(r.words))
	for n, b := range r.bodies {
		for k := b.First; k < b.Last; k++ {
			if c := r.cover[k]; c == 0 || b.Last-b.First > r.bodies[c-1].Last-r.bodies[c-1].First {
				r.cover[k] = int32(n + 1)
			}
		}
	}
}

// ofBody reports whether an adjective of a city in small letters tells where the institution behind it is: «московским
// университетом «Синергия»».
func (r *reader) ofBody(m *match) bool {
	k := m.last
	return k < len(r.words) && !r.words[m.first].upper && r.words[k].gap <= near && r.words[k].headRU.head != nil && r.cover[k] > 0
}

func (r *reader) place(s *spelling, m *match) {
	start, end := r.span(m.first, m.last)
	p := Mention{Kind: Country, Key: s.place.Iso2, Start: start, End: end, First: m.first, Last: m.last, Surface: r.x.Source[start:end], Known: true, How: s.how}
	in := int(r.cover[m.first]) - 1
	if in >= 0 && m.last > r.bodies[in].Last {
		in = -1
	}
	if in < 0 && s.inner && !r.ofBody(m) {
		return
	}
	if in >= 0 {
		if b := r.bodies[in]; b.Known && b.Country != "" && b.Country != Home && b.Country != p.Key {
			return // «Georgia Tech» is not in Georgia
		}
		if r.bodies[in].Country == Home && r.bodies[in].Body != "branch" && p.Key != Home {
			return // a Kazakhstan institution is no evidence: «Казахстанско-Британский …»
		}
		p.How = "inside"
	}
	if start < r.dateline.End && start >= r.dateline.Start {
		return
	}
	r.places = append(r.places, p)
}
