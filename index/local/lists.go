package local

import (
	"bytes"
	"encoding/binary"
	"errors"
	"iter"
	"sort"
)

// lists are the packed lists of a segment, by field and term. They stand in the segment's own file (see segment.go), in one
// run of bytes:
//
//	magic
//	lists    field, length of the term, term, list; by field and term; each begins at a multiple of unit (see appendList)
//	8 bytes  that unpack may look at
//	slots    a hash table: where the list of a term begins, in units, 0 for none; the next slot where two terms meet
//	terms    of all lists: field, bytes shared with the term before, the others, documents that have it
//	starts   where in terms one begins that shares nothing, which each termsRun-th does
//	tail     number of slots, where they begin, number of starts
//
// bleve has no words: their postings, which it would write in three forms and read at 60 to 100 ns a posting, were 85 % of the
// index on disk and two thirds of the work of writing one.
type lists struct {
	data   []byte // up to the slots
	slots  []byte // slotSize bytes each
	terms  []byte
	starts []byte // runSize bytes each
}

const (
	listsMagic = "kelisim words 1\n"
	slotSize   = 4
	runSize    = 4
	termsRun   = 64
	unit       = 4  // bytes; so a segment may have 16 GiB of lists
	tailSize   = 16 // bytes
)

var errLists = errors.New("its words cannot be read")

// hashOf is FNV-1a. Terms that were chosen to meet only find each other's slots: a list is told by its term.
func hashOf(field byte, term string) uint32 {
	h := uint64(14695981039346656037)
	h = (h ^ uint64(field)) * 1099511628211
	for i := range len(term) {
		h = (h ^ uint64(term[i])) * 1099511628211
	}
	return uint32(h ^ h>>32)
}

// readLists reads what a listsWriter wrote. It keeps the bytes. Their sum was looked at before.
func readLists(data []byte) (*lists, error) {
	if !bytes.HasPrefix(data, []byte(listsMagic)) || len(data) < len(listsMagic)+8+tailSize {
		return nil, errLists
	}
	end := len(data) - tailSize
	n, begin := uint64(binary.LittleEndian.Uint32(data[end:])), binary.LittleEndian.Uint64(data[end+4:])
	starts := uint64(binary.LittleEndian.Uint32(data[end+12:])) * runSize
	if begin > uint64(end) || n*slotSize+starts > uint64(end)-begin || n&(n-1) != 0 {
		return nil, errLists
	}
	terms, rest := begin+n*slotSize, uint64(end)-starts
	return &lists{data: data[:begin:begin], slots: data[begin:terms:terms], terms: data[terms:rest:rest], starts: data[rest:end:end]}, nil
}

// find gives the list of a term; ok is false where no document has it.
func (l *lists) find(field int, term string) (out list, ok bool) {
	n := uint32(len(l.slots) / slotSize)
	if n == 0 {
		return out, false
	}
	for i := hashOf(byte(field), term) & (n - 1); ; i = (i + 1) & (n - 1) {
		at := binary.LittleEndian.Uint32(l.slots[i*slotSize:])
		if at == 0 {
			return out, false
		}
		f, t, p := entryAt(l.data[int(at)*unit:])
		if f == field && string(t) == term {
			out, _ = listAt(p)
			return out, true
		}
	}
}

// entryAt reads a list's field and term; the list is the rest.
func entryAt(p []byte) (field int, term, rest []byte) {
	size, k := binary.Uvarint(p[1:])
	p, field = p[1+k:], int(p[0])
	return field, p[:size], p[size:]
}

// from gives the terms of a field that do not come before one, ascending, with how many documents have them, deleted ones
// included. The bytes of a term are another's when the next one comes.
func (l *lists) from(field int, first string) iter.Seq2[[]byte, int] {
	return func(yield func([]byte, int) bool) {
		start := sort.Search(len(l.starts)/runSize, func(i int) bool {
			f, _, term, _, _ := termAt(l.terms[binary.LittleEndian.Uint32(l.starts[i*runSize:]):])
			return f > field || f == field && string(term) > first
		})
		var term []byte
		p := l.terms
		if start > 0 {
			p = p[binary.LittleEndian.Uint32(l.starts[(start-1)*runSize:]):]
		}
		for len(p) > 0 {
			f, shared, more, n, rest := termAt(p)
			term, p = append(term[:shared], more...), rest
			if f > field || f == field && string(term) >= first && !yield(term, n) {
				return
			}
		}
	}
}

// termAt reads one of the terms.
func termAt(p []byte) (field, shared int, more []byte, n int, rest []byte) {
	s, a := binary.Uvarint(p[1:])
	k, b := binary.Uvarint(p[1+a:])
	begin := 1 + a + b
	docs, c := binary.Uvarint(p[begin+int(k):])
	return int(p[0]), int(s), p[begin : begin+int(k)], int(docs), p[begin+int(k)+c:]
}

// cursor goes through lists, one after another.
type cursor struct {
	*lists
	at    int // in data
	field int
	term  []byte
	list  list
}

// next goes to the next list; ok is false behind the last.
func (c *cursor) next() (ok bool) {
	if c.at == 0 {
		c.at = len(listsMagic)
	}
	if c.at >= len(c.data)-8 {
		return false
	}
	p := c.data[c.at:]
	field, term, rest := entryAt(p)
	l, size := listAt(rest)
	c.field, c.term, c.list = field, term, l
	c.at += (len(p) - len(rest) + size + unit - 1) / unit * unit
	return true
}

// before orders cursors by field and term.
func (c *cursor) before(o *cursor) bool {
	return c.field < o.field || c.field == o.field && bytes.Compare(c.term, o.term) < 0
}

func (c *cursor) same(o *cursor) bool { return c.field == o.field && bytes.Equal(c.term, o.term) }
