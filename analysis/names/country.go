package names

import (
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
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
			m = r.ofPeoples(i)
		}
		if m == nil {
			i++
			continue
		}
		if s := r.country(m); s != nil {
			i = m.last
			if k := m.last - 1; k > m.first && !r.words[k].latin && r.listed(cityList, k) {
				m.last = k // «Маңғыстау облысының әкімдігі»: the office is of the region, the name is Маңғыстау
			}
			r.place(s, m)
		}
		i = max(i, m.last)
	}
}

// names reports whether a run of words may be a place's name.
func (r *reader) names(s *spelling, first, last int) bool {
	w := &r.words[first]
	switch {
	case s.how == "adj":
		return !w.latin || w.upper && w.around == analysis.EN // «polish» is no «Polish»
	case w.latin && s.upper == "" && forms.AllUpper(w.Surface):
		return false // PISA is no Pisa
	case s.made && !w.upper:
		return w.Learning[heads.RU].Head == nil && last < len(r.words) && r.words[last].Learning[heads.RU].Head != nil && r.adjective(r.words[last-1].form)
	}
	return w.upper && r.written(s, first, last)
}

// ofPeoples takes the name of a people for its country: beside another one («казахско-турецкий», «қазақ-түрік») or before
// «елі».
// Left alone: «орыс тілі», «русский», «қазақша-орысша».
func (r *reader) ofPeoples(i int) *match {
	s := r.weak(i)
	if s == nil {
		return nil
	}
	n := i + 1
	if r.words[i].form == forms.Fold(s.text) && r.behind(landList, n) ||
		r.words[i].gap == tight && i > 0 && r.people(i-1) > 0 || n < len(r.words) && r.words[n].gap == tight && r.people(n) > 0 {
		return &match{i, n, []*spelling{s}}
	}
	return nil
}

// weak gives the people that a word names as it stands in Kazakh, in any form in Russian; nil for none.
func (r *reader) weak(i int) *spelling {
	form := r.words[i].form
	if s := r.t.weak[form]; s != nil {
		return s
	}
	if r.adjective(form) || strings.HasSuffix(form, "о") {
		for _, a := range r.t.endings.Adjectives(form) {
			if s := r.t.weak["~"+a]; s != nil {
				return s
			}
		}
	}
	return nil
}

// people gives the end of a country's or people's name or adjective at a word, 0 where none is.
func (r *reader) people(i int) int {
	if m := r.longest(i, Country, func(s *spelling, _, _ int) bool { return s.how == "adj" || s.how == "name" && !r.words[i].latin }); m != nil {
		return m.last
	}
	if r.weak(i) != nil {
		return i + 1
	}
	return 0
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
	if s.how == "adj" && r.isLanguage(m) || s.how != "name" && r.beside(streetList, m) {
		return nil // «ағылшын тілі», «Берлинская улица»
	}
	inside := r.cover != nil && r.cover[m.first] > 0 // «Вена экономика университеті», «Верона университеті»: no vein, no girl
	if s.how == "city" && m.last < len(r.words) && r.words[m.last].gap == tight && r.words[m.last].latin == r.words[m.first].latin && r.is(particleList, m.last) {
		return nil // «Сантьяго-де-Компостела»
	}
	if r.isCurrency(m, s) || !inside && (r.isPerson(m, s) || r.isCommon(m, s)) {
		return nil
	}
	return s
}

// isLanguage reports whether an adjective tells of a language: «ағылшын тілі», «английский и немецкий языки», «in
// English», «American English». In English an adjective that describes nothing does.
func (r *reader) isLanguage(m *match) bool {
	next := r.behindPeoples(m.last)
	english := r.words[m.first].latin
	if next == len(r.words) || r.words[next].gap > near {
		return english
	}
	return r.listed(languageList, next) || english && r.words[next].Stop
}

// behindPeoples passes over a list of peoples from word next: «, неміс және француз». A list is walked once, whichever of its words asks.
func (r *reader) behindPeoples(next int) int {
	if end, ok := r.peoples[next]; ok {
		return end
	}
	var walked []int
	for next < len(r.words) && r.words[next].gap <= comma {
		k := next
		if r.is(andList, k) && k+1 < len(r.words) {
			k++
		}
		end := r.people(k)
		if end == 0 {
			break
		}
		walked = append(walked, next)
		next = end
	}
	if len(walked) > 1 {
		if r.peoples == nil {
			r.peoples = map[int]int{}
		}
		for _, k := range walked {
			r.peoples[k] = next
		}
	}
	return next
}

// beside reports whether a word of a list stands before or behind a match.
func (r *reader) beside(of list, m *match) bool {
	return r.behind(of, m.last) || m.first > 0 && r.words[m.first].gap == near && r.listed(of, m.first-1) && !r.is(givenList, m.first-1) // Динара is no dinar
}

// cityWord reports whether a word says that a match is a place: «Индиана штаты», «штат Индиана».
// Left alone: «Ақтөбе облысының Қобда ауданы».
func (r *reader) cityWord(m *match) bool {
	return r.behind(cityList, m.last) || r.words[m.first].lang != analysis.KK && r.beside(cityList, m)
}

// behind reports whether a word of a list goes on at i.
func (r *reader) behind(of list, i int) bool {
	return i < len(r.words) && r.words[i].gap <= near && r.listed(of, i)
}

// starts reports whether a word begins a sentence: its capital tells nothing.
func (r *reader) starts(i int) bool { return r.words[i].gap == broken }

// isCommon reports whether a word that sounds like a place may be a common one, with a capital because a sentence begins:
// «Судан шықты» may be «out of the water», «Суданның» is Sudan; «Балам» is «my child».
func (r *reader) isCommon(m *match, s *spelling) bool {
	if !r.starts(m.first) || forms.AllUpper(r.words[m.first].Surface) || !s.risky && !(s.how == "city" && m.last == m.first+1 && r.words[m.first].common) {
		return false
	}
	rest, ok := strings.CutPrefix(r.words[m.last-1].form, forms.Fold(s.text))
	return !ok || !slices.Contains(r.t.endings.Class["kk-genitive"], rest)
}

// Money is no evidence: «АҚШ доллары», «долларов США», «российский рубль».
func (r *reader) isCurrency(m *match, s *spelling) bool {
	if s.how == "name" && s.place.Iso2 != "US" {
		return false // «Ресей рублінің жағдайы» tells of Russia; the dollar is everyone's
	}
	return r.beside(currencyList, m)
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
	return k < len(r.words) && !r.words[m.first].upper && r.words[k].gap <= near && r.words[k].Learning[heads.RU].Head != nil && r.cover[k] > 0
}

func (r *reader) place(s *spelling, m *match) {
	start, end := r.span(m.first, m.last)
	p := Mention{Kind: Country, Key: s.place.Iso2, Start: start, End: end, First: m.first, Last: m.last, Surface: r.x.Source[start:end], Known: true, How: s.how}
	in := int(r.cover[m.first]) - 1
	if in >= 0 && m.last > r.bodies[in].Last {
		in = -1
	}
	if in < 0 && s.inner && !r.ofBody(m) && (s.made || !r.cityWord(m)) {
		return
	}
	if in >= 0 {
		if b := r.bodies[in]; b.Known && b.Country != "" && b.Country != Home && b.Country != p.Key {
			return // «Georgia Tech» is not in Georgia
		}
		if b := r.bodies[in]; b.Country == Home && b.Body != "branch" && p.Key != Home && (b.Known || p.How != "adj") {
			return // a Kazakhstan institution is no evidence: «Казахстанско-Британский …»
		}
		p.How = "inside"
	}
	if start < r.dateline.End && start >= r.dateline.Start {
		return
	}
	r.places = append(r.places, p)
}

// placeWord reports whether a word begins a country's name, or, with cities, a city's.
func (r *reader) placeWord(i int, cities bool) bool {
	return r.longest(i, Country, func(s *spelling, a, b int) bool { return cities || s.how != "city" }) != nil
}
