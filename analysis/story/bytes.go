package story

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
)

// sets is how many sets a sketch has.
const sets = 3 + kinds

// set is one of them, in the order that they are written in.
func (s *Sketch) set(i int) *Set {
	switch i {
	case 0:
		return &s.Runs
	case 1:
		return &s.Stems
	case 2:
		return &s.Lead
	}
	return &s.Facts[i-3]
}

// AppendBinary writes a sketch in some hundred bytes.
func (s Sketch) AppendBinary(out []byte) ([]byte, error) {
	out = append(append(out, byte(len(s.Lang))), s.Lang...)
	out = binary.AppendVarint(out, int64(s.Day))
	for i := range sets {
		set := *s.set(i)
		out = append(out, byte(len(set)))
		for _, h := range set {
			out = append(out, byte(h>>16), byte(h>>8), byte(h))
		}
	}
	return out, nil
}

var errSketch = errors.New("a sketch of a text is cut short")

// UnmarshalBinary reads what AppendBinary wrote.
func (s *Sketch) UnmarshalBinary(data []byte) error {
	*s = Sketch{}
	return s.read(data, make(Set, 0, len(data)/hashSize))
}

// Room is what a sketch is read into that nobody keeps: to look through thousands takes no memory.
type Room struct {
	of  Sketch
	all Set
}

// Read reads what AppendBinary wrote. The sketch is the room's: it is another one after the next reading.
func (r *Room) Read(data []byte) (*Sketch, error) {
	r.all = slices.Grow(r.all[:0], len(data)/hashSize)
	return &r.of, r.of.read(data, r.all)
}

const hashSize = 3 // bytes

// read reads a sketch whose sets are parts of all, which is empty and has room for them.
func (s *Sketch) read(data []byte, all Set) error {
	if len(data) == 0 || len(data) <= int(data[0]) {
		return errSketch
	}
	if lang := data[1 : 1+data[0]]; string(lang) != s.Lang {
		s.Lang = string(lang)
	}
	data = data[1+data[0]:]
	day, n := binary.Varint(data)
	if n <= 0 {
		return errSketch
	}
	s.Day, data = int(day), data[n:]
	for i := range sets {
		if len(data) == 0 || len(data) < 1+hashSize*int(data[0]) {
			return errSketch
		}
		n, from := int(data[0]), len(all)
		for h := data[1 : 1+hashSize*n]; len(h) > 0; h = h[hashSize:] {
			all = append(all, uint32(h[0])<<16|uint32(h[1])<<8|uint32(h[2]))
		}
		if *s.set(i) = nil; n > 0 {
			*s.set(i) = all[from:len(all):len(all)]
		}
		data = data[1+hashSize*n:]
	}
	return nil
}

// MarshalText writes a sketch for JSON.
func (s Sketch) MarshalText() ([]byte, error) {
	raw, err := s.AppendBinary(nil)
	return base64.StdEncoding.AppendEncode(nil, raw), err
}

// UnmarshalText reads what MarshalText wrote.
func (s *Sketch) UnmarshalText(text []byte) error {
	raw, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return err
	}
	return s.UnmarshalBinary(raw)
}
