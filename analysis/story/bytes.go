package story

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// sets are all of a sketch, in the order that they are written in.
func (s *Sketch) sets() []*Set {
	out := []*Set{&s.Runs, &s.Stems, &s.Lead}
	for k := range s.Facts {
		out = append(out, &s.Facts[k])
	}
	return out
}

// AppendBinary writes a sketch in some hundred bytes.
func (s Sketch) AppendBinary(out []byte) ([]byte, error) {
	out = append(append(out, byte(len(s.Lang))), s.Lang...)
	out = binary.AppendVarint(out, int64(s.Day))
	for _, set := range s.sets() {
		out = append(out, byte(len(*set)))
		for _, h := range *set {
			out = append(out, byte(h>>16), byte(h>>8), byte(h))
		}
	}
	return out, nil
}

var errSketch = errors.New("a sketch of a text is cut short")

// UnmarshalBinary reads what AppendBinary wrote.
func (s *Sketch) UnmarshalBinary(data []byte) error {
	*s = Sketch{}
	if len(data) == 0 || len(data) <= int(data[0]) {
		return errSketch
	}
	s.Lang, data = string(data[1:1+data[0]]), data[1+data[0]:]
	day, n := binary.Varint(data)
	if n <= 0 {
		return errSketch
	}
	s.Day, data = int(day), data[n:]
	for _, set := range s.sets() {
		if len(data) == 0 || len(data) < 1+3*int(data[0]) {
			return errSketch
		}
		if n := int(data[0]); n > 0 {
			*set = make(Set, n)
			for i := range n {
				h := data[1+3*i:]
				(*set)[i] = uint32(h[0])<<16 | uint32(h[1])<<8 | uint32(h[2])
			}
		}
		data = data[1+3*int(data[0]):]
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
