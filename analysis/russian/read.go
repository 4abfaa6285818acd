package russian

// A read is one reading of a word as the data has it.
type read struct {
	class class
	front int    // letters cut in front
	cut   int    // bytes of the word that stay, with those in front
	add   string // what the lemma has behind them
	share float64
}

func (r read) stem(word string) string {
	switch {
	case r.cut == len(word) && r.add == "":
		return word[2*r.front:]
	case r.add == "":
		return word[2*r.front : r.cut]
	}
	return word[2*r.front:r.cut] + r.add
}

// second is the share from which a second stem pays: below it costs more precision than it brings recall.
const second = 0.2

func (d *data) stems(word string) []string {
	rs := d.readings(word)
	if len(rs) == 0 {
		return []string{word}
	}
	if len(rs) > 1 && rs[1].share >= second {
		if a, b := rs[0].stem(word), rs[1].stem(word); a != b {
			return []string{a, b}
		}
	}
	return []string{rs[0].stem(word)}
}

// readings finds the readings of a word, the likeliest first; none where it has other letters than Russian ones.
func (d *data) readings(word string) []read {
	var buf [longest]byte
	w, ok := spell(word, &buf)
	if !ok {
		return nil
	}
	if n, ok := d.words.find(w); ok {
		return d.set(n, word, 0)
	}
	if n := d.compound(w); n > 0 {
		skip := size(w[:n])
		if set, ok := d.words.find(w[n:]); ok {
			return d.set(set, word, skip)
		}
		word, w = word[skip:], w[n:] // only its last part is read
		rs := d.guess(w, word)
		for i := range rs {
			rs[i].cut += skip
		}
		return rs
	}
	return d.guess(w, word)
}

// set gives the readings of a set for the word behind its first skip bytes.
func (d *data) set(n uint32, word string, skip int) []read {
	b := d.sets[n:]
	out := make([]read, 0, mostRead)
	for k := 0; k < int(b[0]); k++ {
		c := d.changes[int(b[3*k+1])|int(b[3*k+2])<<8]
		back := 2 * int(c.back) // only letters of two bytes are cut
		if len(word)-back < skip+2*int(c.front) {
			continue
		}
		front := int(c.front)
		if skip > 0 {
			front = 0
		}
		r := read{c.class, front, len(word) - back, c.add, float64(b[3*k+3]) / shareSteps}
		if r.cut > 2*front || r.add != "" {
			out = append(out, r)
		}
	}
	return out
}

// compound gives where the last part of a hyphenated word begins: онлайн-курсов → курсов.
func (d *data) compound(w []byte) int {
	for i := len(w) - 2; i > 0; i-- {
		if w[i] == hyphen {
			return i + 1
		}
	}
	return 0
}

// guess reads a word that the dictionary lacks by its longest known ending.
func (d *data) guess(w []byte, word string) []read {
	s := d.tails.start()
	set, found := uint32(0), false
	for i := len(w) - 1; i >= 0; i-- {
		to, ok := d.tails.step(s, w[i])
		if !ok {
			break
		}
		s = to
		if n, ok := d.tails.step(s, 0); ok {
			set, found = n, true
		}
	}
	if !found {
		return nil
	}
	return d.set(set, word, 0)
}
