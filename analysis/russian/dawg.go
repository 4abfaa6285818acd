package russian

import (
	"encoding/binary"
	"fmt"
)

// A dawg is a word graph as the library dawgdic writes it, with its guide: units and, for each of them, the first child and the
// next sibling. Only the learner reads it.
type dawg struct {
	units []uint32
	guide []byte // two bytes a unit: label of the first child, label of the next sibling; 0 for none
}

func parseDawg(b []byte) (*dawg, error) {
	take := func(size int) ([]byte, error) {
		if len(b) < 4 {
			return nil, fmt.Errorf("word graph: cut short")
		}
		n := int(binary.LittleEndian.Uint32(b)) * size
		if len(b) < 4+n {
			return nil, fmt.Errorf("word graph: cut short")
		}
		part := b[4 : 4+n]
		b = b[4+n:]
		return part, nil
	}
	units, err := take(4)
	if err != nil {
		return nil, err
	}
	d := &dawg{units: make([]uint32, len(units)/4)}
	for i := range d.units {
		d.units[i] = binary.LittleEndian.Uint32(units[4*i:])
	}
	if d.guide, err = take(2); err != nil {
		return nil, err
	}
	if len(d.guide) < 2*len(d.units) {
		return nil, fmt.Errorf("word graph: guide of %d bytes for %d units", len(d.guide), len(d.units))
	}
	return d, nil
}

// A unit holds a label (low 8 bits), whether a value hangs on it (bit 8), whether its offset counts in 256 (bit 9) and the
// offset; a value has bit 31 set.
func (d *dawg) offset(i uint32) uint32 {
	u := d.units[i]
	return u >> 10 << ((u & (1 << 9)) >> 6)
}

// each calls f with every key and its value, in the order of the keys' bytes. The key is good until f returns.
func (d *dawg) each(f func(key []byte, value uint32)) {
	var key []byte
	var walk func(i uint32)
	walk = func(i uint32) {
		if d.units[i]&(1<<8) != 0 {
			f(key, d.units[i^d.offset(i)]&^(1<<31))
		}
		for label := d.guide[2*i]; label != 0; {
			next := i ^ d.offset(i) ^ uint32(label)
			if int(next) >= len(d.units) || d.units[next]&(1<<31|0xFF) != uint32(label) {
				return
			}
			key = append(key, label)
			walk(next)
			key = key[:len(key)-1]
			label = d.guide[2*next+1]
		}
	}
	walk(0)
}
