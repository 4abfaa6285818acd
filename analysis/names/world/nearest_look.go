package world

// look scores a row.
func (k *Linker) look(s *scratch, r int32, ev *Evidence) {
	row := &k.rows[r]
	var v vector
	var met uint64
	whole := true
	person := false
	v[fBias] = 1
	least := float32(1) // how like the words of both are
	for _, slot := range k.slots[row.from:row.to] {
		like, sym := float32(0), int32(-1)
		for _, x := range k.syms[slot.from:slot.to] {
			if s.like[x] > like && !(slot.long && x >= k.wordSym && s.slots[s.slotOf[x]-1].long) {
				like, sym = s.like[x], x // East Kazakhstan is not North Kazakhstan for the word that they share
			}
		}
		if sym < 0 {
			whole = k.missing(&v, row, slot) && whole
			continue
		}
		at := s.slotOf[sym] - 1
		if met&(1<<at) != 0 {
			continue
		}
		met |= 1 << at
		person = person || s.slots[at].person && s.slots[at].kind != FieldElement
		least = min(least, like)
		w := k.weight[sym]
		if like < 0.9 {
			v[fUnlike] += w * (1 - like)
		}
		switch slot.kind {
		case StatusElement:
			v[fStatus] += w * like
		case FieldElement:
			v[fField] += w * like
		case wordElement:
			v[fWord] += w * like
		default:
			v[fPlace] += w * like
		}
	}
	for i := range s.slots {
		x := &s.slots[i]
		if met&(1<<i) != 0 || x.kind == plainElement {
			continue
		}
		switch {
		case x.kind == StatusElement:
			v[fTextStatus] += x.weight
			continue
		case x.person && person:
			v[fTextPerson] += x.weight
			continue
		case x.person && x.kind != FieldElement:
			v[fTextEponym] = max(v[fTextEponym], x.weight)
			continue
		case x.kind == FieldElement:
			v[fTextField] += max(x.weight, leastField)
		case s.slotOf[max(row.town, 0)] == uint8(i+1) && row.town >= 0 || row.country >= 0 && s.slotOf[row.country] == uint8(i+1):
			v[fTextOwn] += x.weight
			continue
		case x.kind == wordElement:
			v[fTextWord] += x.weight
		default:
			v[fTextPlace] += x.weight
		}
		whole = false
	}
	whole = whole && (v[fTextEponym] == 0 || v[fRowPerson] == 0)
	// An institute became a university under the name that it had: «Томский политехнический институт». Of the town alone there are many.
	renamed := whole && s.heads&row.heads == 0 && s.nearHeads&row.heads != 0 && v[fField]+v[fWord] > 0 && row.kept&isListed == 0
	if whole && (renamed || s.heads&row.heads != 0 || s.heads == 0 || row.heads == 0) {
		v[fWhole] = least * least
	}
	both := v[fField] + v[fPlace] + v[fWord] + 0.01
	text := v[fTextField] + v[fTextPlace] + v[fTextWord]
	v[fTextRest] = text / (text + both)
	k.around(s, &v, row, ev, renamed)
	sum := k.model.sum(&v)
	switch at := s.at[row.number]; {
	case at == 0:
		s.found = append(s.found, candidate{row, sum, v})
		s.at[row.number] = int32(len(s.found))
	case sum > s.found[at-1].sum:
		s.found[at-1] = candidate{row, sum, v}
	}
}

// missing counts what only the row has. It reports whether that is of no weight.
func (k *Linker) missing(v *vector, row *row, slot slot) bool {
	w := float32(1)
	own := false
	for _, x := range k.syms[slot.from:slot.to] {
		w = min(w, k.weight[x])
		own = own || x == row.town || x == row.country
	}
	switch {
	case own:
		v[fRowOwn] += w
		return true
	case slot.kind == StatusElement:
		v[fRowStatus] += w
		return true
	case slot.person:
		v[fRowPerson] += w
		return true
	case slot.kind == FieldElement:
		v[fRowField] += w
	case slot.kind != wordElement:
		v[fRowPlace] += w
	}
	return false
}

// around counts heads, and what the text says around the name.
func (k *Linker) around(s *scratch, v *vector, row *row, ev *Evidence, renamed bool) {
	branch := uint32(1) << k.concepts.branch
	heads, has := s.heads&^branch, row.heads&^branch
	switch {
	case heads == 0 && has == 0:
	case heads == 0 || has == 0:
		v[fHeadNone] = 1
	case renamed:
		v[fHeadNear] = 1
	case heads&has == 0:
		v[fHeadOther] = 1
	case heads != has:
		v[fHeadMore] = 1
	}
	ofBranch := row.kept&isBranch != 0 || row.heads&branch != 0
	switch {
	case ofBranch && s.heads&branch == 0:
		v[fBranchRow] = 1
	case !ofBranch && s.heads&branch != 0:
		v[fBranchText] = 1
	}
	switch {
	case row.kept&isCurated != 0:
		v[fCurated] = 1
	case row.kept&isListed != 0:
		v[fListed] = 1
	}
	if ev == nil {
		return
	}
	if row.town >= 0 && s.slotOf[row.town] == 0 && noted(&ev.towns, row.town) && ev.Towns[row.town] {
		v[fTown] = 1
	}
	if noted(&ev.named, int32(row.land)) {
		if n := ev.Named[row.body]; n > 1 || n == 1 && row.body != ev.Inside {
			v[fNamed] = 1
		}
	}
	if row.kept&isHome != 0 {
		v[fHome] = 1
	}
	if row.kept&isSomewhere != 0 {
		if len(ev.Countries) > 0 {
			if s.named[row.land] == s.round {
				v[fCountry] = 1
			} else {
				v[fCountryNone] = 1
			}
		}
		if ev.Country != "" {
			if s.stated == row.land {
				v[fCountryStated] = 1
			} else {
				v[fCountryWrong] = 1
			}
		}
	}
}

// leastField is the least that a field of study counts which the row lacks: a name that says it is another body's, however common
// the field.
const leastField = 0.5

// home is the country whose news we read.
const home = "KZ"
