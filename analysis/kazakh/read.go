package kazakh

// A class is what a stem is: everything that is inflected like a noun, or a verb.
type class uint8

const (
	noun class = iota
	verb
	classes
)

// A change is what the stem's end underwent before a suffix.
type change uint8

const (
	plain    change = iota
	voiced          // кітап → кітабы
	kept            // a loan's б, г stays before a vowel: педагогі
	elided          // орын → орны, халық → халқы
	softened        // стиль → стилі
	clipped         // класс → класта, турист → туристер
	unvoiced        // a final к, қ, п that the vowel should have voiced: банкі
	changes
)

// A reading is one way to read a word.
type reading struct {
	start, end uint16 // of its stem in reader.stems
	class      class
	change     change
	chain      chain
}

// A reader finds the readings of one word after another; its memory is used again.
type reader struct {
	g     *grammar
	w     [longest + 4]byte
	stems []byte
	found []reading
}

func (r *reader) stem(x reading) []byte { return r.stems[x.start:x.end] }

// read finds all readings that the grammar allows.
func (r *reader) read(word []byte) {
	r.stems, r.found = r.stems[:0], r.found[:0]
	r.walk(copy(r.w[:], word), anyState, 0, 0, false)
}

// maxFound bounds the work for one word, however artful.
const maxFound = 400

// walk reads the base w[:n], which stands where one of the states is. The last suffix taken begins with a vowel or not.
func (r *reader) walk(n int, at state, c chain, depth int, beforeVowel bool) {
	if len(r.found) > maxFound {
		return
	}
	if at&(stateN|stateV) != 0 && n >= 2 && hasVowel(r.w[:n]) {
		r.stemEnds(n, at, c, beforeVowel)
	}
	if depth >= maxChain {
		return
	}
	nd := uint16(0)
	for i := n - 1; i > 0; i-- {
		nd = r.g.nodes[nd].next[r.w[i]]
		if nd == 0 {
			break
		}
		arcs := r.g.nodes[nd].arcs
		for k := range arcs {
			a := &arcs[k]
			if a.to&at == 0 {
				continue
			}
			m, old := i, r.w[i]
			if a.restored != 0 {
				r.w[i] = a.restored
				m++
			}
			if a.allows(r.w[:m]) && (a.restored == 0 || restores(r.w[:m])) {
				r.walk(m, a.from, c|chain(a.tag)<<(6*depth), depth+1, a.vowel)
			}
			r.w[i] = old
		}
	}
}

// stemEnds adds the base as a stem, and the stems that it may be a changed form of.
func (r *reader) stemEnds(n int, at state, c chain, beforeVowel bool) {
	b := r.w[:n]
	last, before, ch := b[n-1], b[n-2], plain
	if n == 2 && c != 0 && !isRoot(before, last) {
		return
	}
	if beforeVowel {
		hidden := byte(0)
		switch last {
		case letterB:
			hidden = letterP
		case letterG:
			hidden = letterK
		case letterGh:
			hidden = letterQ
		}
		if hidden != 0 {
			b[n-1] = hidden
			r.add(b, at, c, voiced)
			b[n-1] = last
			if last == letterGh || last == letterB && n == 2 {
				return // no Kazakh stem ends so
			}
			ch = kept
		}
		if n >= 3 && elides(before, last) {
			for _, y := range [2]byte{letterYBack, letterYFore} {
				r.w[n-1], r.w[n] = y, last
				r.add(r.w[:n+1], at, c, elided)
			}
			r.w[n-1] = last
		}
		if n >= 4 && !vowel[last] && ch == plain {
			r.w[n] = letterSoft
			r.add(r.w[:n+1], at&stateN, c, softened)
		}
	}
	if c != 0 && n >= 5 && last == letterS {
		for _, y := range [2]byte{letterS, letterT} {
			r.w[n] = y
			r.add(r.w[:n+1], at&stateN, c, clipped)
		}
	}
	if beforeVowel && ch == plain && vowel[before] && n > 2 && (last == letterK || last == letterQ || last == letterP) {
		ch = unvoiced
	}
	r.add(b, at, c, ch)
}

func (r *reader) add(stem []byte, at state, c chain, ch change) {
	start := uint16(len(r.stems))
	r.stems = append(r.stems, stem...)
	x := reading{start, uint16(len(r.stems)), noun, ch, c}
	if at&stateN != 0 {
		r.found = append(r.found, x)
	}
	if at&stateV != 0 {
		x.class = verb
		r.found = append(r.found, x)
	}
}

// isRoot reports whether two letters can be a root that is inflected: of those made of consonant and vowel only де- «say», же- «eat»
// and those in у, и (жу-, ти-, су) are.
func isRoot(x, y byte) bool {
	if vowel[x] || !vowel[y] {
		return true
	}
	switch runes[y] {
	case 'у', 'и':
		return true
	case 'е':
		return runes[x] == 'д' || runes[x] == 'ж'
	}
	return false
}

// restores reports whether a base may end in a letter that its suffix hides. One letter and a hidden vowel are no stem (жу is not
// жы + у), and no stem ends in ий: its й is not written (кию is ки + у).
func restores(base []byte) bool {
	n := len(base)
	last, before := base[n-1], base[n-2]
	switch runes[last] {
	case 'й':
		return runes[before] != 'и'
	case 'и':
		return true
	}
	return n > 2 || vowel[before]
}

// elides reports whether two final consonants may have lost a vowel between them: орн-, халқ-, ауз-, мойн-.
func elides(x, y byte) bool {
	if vowel[x] && runes[x] != 'у' && runes[x] != 'и' {
		return false
	}
	switch runes[y] {
	case 'н', 'қ', 'к', 'з', 'п':
		return x != y
	}
	return false
}
