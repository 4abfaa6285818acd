package local

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"kelisim/index"
)

// What is stored with an article is read for each hit of each page, so it is not JSON: strings and lists with their lengths before
// them, in one order of names, at a twentieth of the price. An agreement stands behind all that: see storeddeal.go.

// append writes what is stored.
func (s *stored) append(out []byte) ([]byte, error) {
	if s.Story != nil {
		return appendStory(out, s.Story)
	}
	out = appendValues(out, s.Values)
	out = binary.AppendUvarint(out, uint64(len(s.Told)))
	for _, t := range s.Told {
		out = appendValues(appendString(out, t.ID), t.Values)
	}
	out = binary.AppendUvarint(out, uint64(s.Sum))
	out = binary.AppendUvarint(out, uint64(len(s.Mentions)))
	for _, key := range slices.Sorted(maps.Keys(s.Mentions)) {
		out = appendString(out, key)
		out = binary.AppendUvarint(out, uint64(len(s.Mentions[key])))
		for _, at := range s.Mentions[key] {
			out = binary.AppendUvarint(out, uint64(max(at, 0)))
		}
	}
	if s.Agreement == nil {
		return out, nil
	}
	return appendDeal(out, s.Agreement), nil
}

func appendString(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

func appendValues(out []byte, values map[string][]string) []byte {
	out = binary.AppendUvarint(out, uint64(len(values)))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		out = appendString(out, name)
		out = binary.AppendUvarint(out, uint64(len(values[name])))
		for _, v := range values[name] {
			out = appendString(out, v)
		}
	}
	return out
}

var errStored = errors.New("what is stored with a document cannot be read")

// storedReader reads what append wrote. Its strings are parts of one.
type storedReader struct {
	rest  string
	bad   bool
	room  []string // of lists
	brief *brief   // nil where all is wanted
}

func (r *storedReader) fail() {
	r.bad, r.rest = true, ""
}

// uvarint reads a number as binary.AppendUvarint writes it.
func (r *storedReader) uvarint() (n uint64) {
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

func (r *storedReader) number() int {
	n := r.uvarint()
	if n > 1<<32 {
		r.fail()
		return 0
	}
	return int(n)
}

// signed reads a number as binary.AppendVarint writes it.
func (r *storedReader) signed() int {
	n := r.uvarint()
	return int(int64(n>>1) ^ -int64(n&1))
}

// fixed reads eight bytes, the lowest first.
func (r *storedReader) fixed() (n uint64) {
	if len(r.rest) < 8 {
		r.fail()
		return 0
	}
	for i := range 8 {
		n |= uint64(r.rest[i]) << (8 * i)
	}
	r.rest = r.rest[8:]
	return n
}

func (r *storedReader) flag() bool { return r.number() != 0 }

// count is a number of things that take a byte each at least.
func (r *storedReader) count() int {
	n := r.number()
	if n > len(r.rest) {
		r.fail()
		return 0
	}
	return n
}

func (r *storedReader) string() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// strings reads so many. Short lists share their room.
func (r *storedReader) strings(n int) []string {
	if n == 0 {
		return nil
	}
	if n > len(r.room) {
		r.room = make([]string, max(n, listRoom))
	}
	out := r.room[:n:n]
	r.room = r.room[n:]
	for i := range out {
		out[i] = r.string()
	}
	return out
}

const listRoom = 32 // strings

// mentions reads where names stand, or goes past it.
func (r *storedReader) mentions(wanted bool) map[string][]int {
	n := r.count()
	if n == 0 {
		return nil
	}
	var out map[string][]int
	if wanted {
		out = make(map[string][]int, n)
	}
	for range n {
		key, k := r.string(), r.count()
		if !wanted {
			for range k {
				r.uvarint()
			}
			continue
		}
		at := make([]int, k)
		for i := range at {
			at[i] = r.number()
		}
		out[key] = at
	}
	return out
}

func (r *storedReader) values() map[string][]string {
	n := r.count()
	if n == 0 {
		return nil
	}
	var out map[string][]string
	if r.brief == nil {
		out = make(map[string][]string, n)
	}
	for range n {
		name := r.string()
		if r.brief != nil {
			for range r.count() {
				r.string()
			}
			continue
		}
		out[name] = r.strings(r.count())
	}
	return out
}

// A story's bytes begin with this one; as a number of facets it would be 115.
const storyByte = 's'

func appendStory(out []byte, s *index.Story) ([]byte, error) {
	out = binary.AppendUvarint(append(out, storyByte), uint64(len(s.Members)))
	for i := range s.Members {
		m := &s.Members[i]
		sketch, err := m.Sketch.AppendBinary(nil)
		if err != nil {
			return nil, err
		}
		out = appendString(appendString(appendString(appendString(out, m.Article), m.Published), m.Outlet), string(sketch))
	}
	return out, nil
}

func (r *storedReader) story() (*index.Story, error) {
	s := &index.Story{Members: make([]index.Member, r.count())}
	for i := range s.Members {
		m := &s.Members[i]
		m.Article, m.Published, m.Outlet = r.string(), r.string(), r.string()
		if err := m.Sketch.UnmarshalBinary([]byte(r.string())); err != nil {
			return nil, err
		}
	}
	if r.bad || len(s.Members) == 0 {
		return nil, errStored
	}
	s.ID = s.Members[0].Article
	return s, nil
}

// eachSketch visits the sketches of a story's articles, which are parts of data, as long as visit asks for more.
func eachSketch(data []byte, visit func(sketch []byte) (more bool, err error)) error {
	part := func() []byte {
		n, k := binary.Uvarint(data)
		if k <= 0 || n > uint64(len(data)-k) {
			data = nil
			return nil
		}
		out := data[k : k+int(n)]
		data = data[k+int(n):]
		return out
	}
	if len(data) == 0 || data[0] != storyByte {
		return errStored
	}
	members, k := binary.Uvarint(data[1:])
	data = data[1+max(k, 0):]
	for range members {
		for range 3 { // id, date, outlet
			part()
		}
		sketch := part()
		if sketch == nil {
			return errStored
		}
		if more, err := visit(sketch); err != nil || !more {
			return err
		}
	}
	return nil
}

// readStored reads what append wrote, and the JSON of indexes up to schema 6, which serve while they are built anew. Mentions that are
// not wanted may be left out.
func readStored(data string, mentions bool) (s stored, err error) {
	if len(data) > 0 && data[0] == '{' { // as a number of facets it would be 123
		err = json.Unmarshal([]byte(data), &s)
		return s, err
	}
	return readParts(storedReader{rest: data}, mentions)
}

func readParts(r storedReader, mentions bool) (s stored, err error) {
	if len(r.rest) > 0 && r.rest[0] == storyByte {
		r.rest = r.rest[1:]
		s.Story, err = r.story()
		return s, err
	}
	s.Values = r.values()
	for range r.count() {
		s.Told = append(s.Told, told{r.string(), r.values()})
	}
	s.Sum = uint32(r.number())
	if s.Mentions = r.mentions(mentions); r.bad {
		return s, errStored
	}
	switch {
	case r.rest == "":
	case r.rest[0] == '{':
		s.Agreement = new(index.Agreement)
		err = json.Unmarshal([]byte(r.rest), s.Agreement)
	case r.rest[0] == dealForm:
		r.rest = r.rest[1:]
		if r.brief != nil {
			s.Agreement = r.briefDeal()
		} else {
			s.Agreement = r.deal()
		}
		r.bad = r.bad || r.rest != ""
	default:
		r.bad = true
	}
	if r.bad {
		return s, errStored
	}
	return s, err
}
