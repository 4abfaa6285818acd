package world

// read lays the name's words out as slots, and marks the syms that they may be.
func (k *Linker) read(s *scratch, words []Part) {
	s.places = k.longPlaces(words, s.places[:0])
	person := surnameOf(words)
	for i := 0; i < len(words); i++ {
		if n, ids := placeAt(s.places, i); n > 0 {
			at := k.open(s, TownElement, i)
			s.slots[at].long = true
			for _, id := range ids {
				k.mark(s, at, k.placeSym+id, 1)
			}
			for _, p := range words[i : i+n] {
				for _, e := range p.Elems {
					if e.Kind == wordElement && e.sym >= 0 {
						k.mark(s, at, e.sym, e.Like)
					}
				}
			}
			i += n - 1
			continue
		}
		first := -1
		for _, e := range words[i].Elems {
			if i == person && e.Kind >= TownElement && e.Kind <= CountryElement {
				continue // «Низами атындағы» is nobody's at Nizwa
			}
			switch e.Kind {
			case headElement:
				if e.Like == 1 {
					s.heads |= 1 << e.sym
				} else {
					s.nearHeads |= 1 << e.sym
				}
			case StatusElement, FieldElement, TownElement, RegionElement, CountryElement, wordElement:
				if first < 0 {
					first = len(s.slots)
				}
				for first+int(e.slot) >= len(s.slots) {
					k.open(s, e.Kind, i)
				}
				if e.sym >= 0 {
					k.mark(s, first+int(e.slot), e.sym, e.Like)
				} else {
					s.slots[first+int(e.slot)].weight = 1
				}
			}
		}
	}
	k.persons(s, words)
}

func (k *Linker) open(s *scratch, kind elementKind, from int) int {
	s.slots = append(s.slots, textSlot{kind: kind, from: from})
	return len(s.slots) - 1
}

func (k *Linker) mark(s *scratch, slot int, sym int32, like float32) {
	if s.like[sym] == 0 {
		s.used = append(s.used, sym)
	} else if other := int(s.slotOf[sym]) - 1; like == 1 && s.like[sym] == 1 && other != slot && s.slots[slot].weight == 0 {
		s.slots[slot].kind = plainElement // said twice: тау-кен
		return
	}
	if like > s.like[sym] {
		s.like[sym], s.slotOf[sym] = like, uint8(slot+1)
	}
	if w := k.weight[sym] * like; w > s.slots[slot].weight {
		s.slots[slot].weight = w
	}
}

// persons marks the words of people's names.
func (k *Linker) persons(s *scratch, words []Part) {
	for i, w := range words {
		if isNamed(w.Elems) {
			before := w.Form == "атындағы" || w.Form == "атында"
			for j := range s.slots {
				if x := &s.slots[j]; x.kind >= FieldElement {
					x.person = x.person || beside(x.from, i, before)
				}
			}
		}
	}
}

// surnameOf gives the word beside «атындағы» or «имени» where it is all that names the person, else -1: first names are towns' at times,
// and heard better so («имени Мартина Лютера»).
func surnameOf(words []Part) int {
	for i, w := range words {
		if !isNamed(w.Elems) {
			continue
		}
		step := 1
		if w.Form == "атындағы" || w.Form == "атында" {
			step = -1
		}
		at := i + step
		for at > 0 && at < len(words)-1 && len(words[at].Elems) == 0 {
			at += step // initials
		}
		if next := at + step; next < 0 || next >= len(words) || !isName(words[next].Elems) {
			return at
		}
		return -1
	}
	return -1
}

func isNamed(elems []Element) bool { return len(elems) == 1 && elems[0].Kind == namedElement }

// beside reports whether a word may be of the person's name that «атындағы» or «имени» marks: three words before it in
// Kazakh, three after it in Russian.
func beside(word, mark int, before bool) bool {
	if before {
		return word < mark && word >= mark-3
	}
	return word > mark && word <= mark+3
}

// namedBeside tells which words of a name are of a person's.
func namedBeside(words []Part) func(int) bool {
	for i, w := range words {
		if isNamed(w.Elems) {
			before := w.Form == "атындағы" || w.Form == "атында"
			return func(j int) bool { return beside(j, i, before) }
		}
	}
	return func(int) bool { return false }
}
