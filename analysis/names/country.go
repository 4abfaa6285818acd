package names

import "slices"

// readPlaces finds countries: by name, adjective or city, and inside the names of foreign institutions.
func (r *reader) readPlaces() {
	for i := 0; i < len(r.words); {
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
	if s.how == "adj" {
		return true
	}
	return r.words[first].upper && r.written(s, first, last)
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
	if r.isCurrency(m, s) || r.isPerson(m, s) || s.risky && r.starts(m.first) {
		return nil
	}
	return s
}

// starts reports whether a word begins a sentence: its capital tells nothing.
func (r *reader) starts(i int) bool { return r.words[i].gap == broken }

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

// listed reports whether a word is in a list of words.tsv, in any of its forms.
func (r *reader) listed(list string, i int) bool { return r.t.listed(list, r.words[i].Form) }

func (t *Table) listed(list, form string) bool {
	set := t.words[list]
	if set[form] {
		return true
	}
	for _, c := range t.endings.kazakh(form) {
		if set[c.base] {
			return true
		}
	}
	return set[t.endings.russian(form)]
}

// A country's name before a surname is a first name: «Дания Еспаева».
func (r *reader) isPerson(m *match, s *spelling) bool {
	if s.how == "adj" || m.last >= len(r.words) || r.words[m.last].gap > near || !r.words[m.last].upper {
		return false
	}
	if form := r.words[m.last-1].Form; form != fold(s.text) && m.last-m.first == 1 {
		return false // «Данияның Еспаевасы»: inflected, so no first name before a surname
	}
	return r.surname(m.last)
}

func (r *reader) place(s *spelling, m *match) {
	start, end := r.span(m.first, m.last)
	p := Mention{Kind: Country, Key: s.place.Iso2, Start: start, End: end, First: m.first, Last: m.last, Surface: r.x.Source[start:end], Known: true, How: s.how}
	in := slices.IndexFunc(r.bodies, func(b Mention) bool { return b.First <= m.first && m.last <= b.Last })
	if in >= 0 {
		if r.bodies[in].Country == Home && p.Key != Home {
			return // a Kazakhstan institution is no evidence: «Казахстанско-Британский …»
		}
		p.How = "inside"
	}
	if start < r.dateline.End && start >= r.dateline.Start {
		return
	}
	r.places = append(r.places, p)
}

// surname reports whether a word looks like a surname of Kazakhstan: Еспаева, Әбдіхалықов, Қайратқызы.
func (r *reader) surname(i int) bool {
	form := r.words[i].Form
	for _, c := range r.t.endings.kazakh(form) {
		for end := range r.t.words["surname"] {
			if len(c.base) > len(end)+2 && c.base[len(c.base)-len(end):] == end {
				return true
			}
		}
	}
	return false
}
