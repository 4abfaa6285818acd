package russian

import (
	"encoding/binary"
	"errors"
	"io"
)

// The data file: four lengths in bytes as uint32 (changes, sets, words, tails), then the parts themselves.
//
//	changes  class, letters cut in front, bytes cut behind, how many bytes are added, those bytes
//	sets     number of readings, then three bytes each: number of the change, share in fifteenths; a word's number is the
//	         place of its set
//	words    automaton of the dictionary
//	tails    automaton of endings, last letter first
type data struct {
	changes []change
	sets    []byte
	words   automaton
	tails   automaton
}

func (p *packer) write(out io.Writer, words, tails automaton) error {
	if len(p.changes) > 1<<16 {
		return errors.New("learn russian: too many changes")
	}
	var changes, sets []byte
	for _, c := range p.changes {
		changes = append(changes, byte(c.class), c.front, c.back, byte(len(c.add)))
		changes = append(changes, c.add...)
	}
	places := make([]uint32, len(p.sets))
	for i, s := range p.sets {
		places[i] = uint32(len(sets))
		sets = append(sets, byte(len(s)/3))
		sets = append(sets, s...)
	}
	words.renumber(places)
	tails.renumber(places)
	var head []byte
	for _, part := range [][]byte{changes, sets, words, tails} {
		head = binary.LittleEndian.AppendUint32(head, uint32(len(part)))
	}
	for _, part := range [][]byte{head, changes, sets, words, tails} {
		if _, err := out.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// renumber replaces the words' numbers.
func (a automaton) renumber(numbers []uint32) {
	for i := 4; i < len(a); i += 4 {
		t := binary.LittleEndian.Uint32(a[i:])
		if t&letterMask == 0 {
			binary.LittleEndian.PutUint32(a[i:], numbers[t>>toShift]<<toShift|t&lastBit)
		}
	}
}

var errData = errors.New("russian: the data file is damaged; make lexicon writes it anew")

func parseData(b []byte) (*data, error) {
	if len(b) < 16 {
		return nil, errData
	}
	rest := b[16:]
	part := func(i int) []byte {
		n := int(binary.LittleEndian.Uint32(b[4*i:]))
		if n > len(rest) {
			n = len(rest)
		}
		p := rest[:n:n]
		rest = rest[n:]
		return p
	}
	changes := part(0)
	d := &data{sets: part(1), words: part(2), tails: part(3)}
	if len(d.words) < 8 || len(d.tails) < 8 {
		return nil, errData
	}
	for len(changes) >= 4 {
		n := 4 + int(changes[3])
		if n > len(changes) {
			return nil, errData
		}
		d.changes = append(d.changes, change{class(changes[0]), changes[1], changes[2], string(changes[4:n])})
		changes = changes[n:]
	}
	return d, nil
}
