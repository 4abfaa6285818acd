package names

// read lays the name's words out as slots, and marks the syms that they may be.
func (k *linker) read(s *scratch, words []part) {
	s.places = k.longPlaces(words, s.places[:0])
	for i := 0; i < len(words); i++ {
		if n, ids := placeAt(s.places, i); n > 0 {
			at := k.open(s, townElement, i)
			for _, id := range ids {
				k.mark(s, at, k.placeSym+id, 1)
			}
			for _, p := range words[i : i+n] {
				for _, e := range p.elems {
					if e.kind == wordElement && e.sym >= 0 {
						k.mark(s, at, e.sym, e.like)
					}
				}
			}
			i += n - 1
			continue
		}
		first := -1
		for _, e := range words[i].elems {
			switch e.kind {
			case headElement:
				if e.like == 1 {
					s.heads |= 1 << e.sym
				}
			case statusElement, fieldElement, townElement, regionElement, countryElement, wordElement:
				if first < 0 {
					first = len(s.slots)
				}
				for first+int(e.slot) >= len(s.slots) {
					k.open(s, e.kind, i)
				}
				if e.sym >= 0 {
					k.mark(s, first+int(e.slot), e.sym, e.like)
				} else {
					s.slots[first+int(e.slot)].weight = 1
				}
			}
		}
	}
	k.persons(s, words)
}

func (k *linker) open(s *scratch, kind elementKind, from int) int {
	s.slots = append(s.slots, textSlot{kind: kind, from: from})
	return len(s.slots) - 1
}

func (k *linker) mark(s *scratch, slot int, sym int32, like float32) {
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
func (k *linker) persons(s *scratch, words []part) {
	for i, w := range words {
		if isNamed(w.elems) {
			before := w.form == "атындағы" || w.form == "атында"
			for j := range s.slots {
				if x := &s.slots[j]; x.kind >= fieldElement {
					x.person = x.person || beside(x.from, i, before)
				}
			}
		}
	}
}

func isNamed(elems []element) bool { return len(elems) == 1 && elems[0].kind == namedElement }

// beside reports whether a word may be of the person's name that «атындағы» or «имени» marks: three words before it in
// Kazakh, three after it in Russian.
func beside(word, mark int, before bool) bool {
	if before {
		return word < mark && word >= mark-3
	}
	return word > mark && word <= mark+3
}

// namedBeside tells which words of a name are of a person's.
func namedBeside(words []part) func(int) bool {
	for i, w := range words {
		if isNamed(w.elems) {
			before := w.form == "атындағы" || w.form == "атында"
			return func(j int) bool { return beside(j, i, before) }
		}
	}
	return func(int) bool { return false }
}
