package local

import (
	"encoding/binary"
	"errors"
	"io"
)

// listsWriter writes lists to w, field by field and term by term. In memory it holds one list, where each begins, and the terms.
type listsWriter struct {
	w      io.Writer
	at     int // bytes written
	buf    []byte
	begins []uint32 // in units
	hashes []uint32
	terms  []byte
	starts []byte
	last   []byte // term
	packer
}

func newListsWriter(w io.Writer) (*listsWriter, error) {
	lw := &listsWriter{w: w}
	return lw, lw.write([]byte(listsMagic))
}

func (w *listsWriter) write(p []byte) error {
	n, err := w.w.Write(p)
	w.at += n
	return err
}

var zeros [8]byte

// add writes the list of a term: see appendList. No documents are no list.
func (w *listsWriter) add(field int, term []byte, documents, freqs []uint32, places []uint64) error {
	if len(documents) == 0 {
		return nil
	}
	if w.at/unit >= 1<<32-1 {
		return errors.New("a segment's words take more than 16 GiB")
	}
	w.begins, w.hashes = append(w.begins, uint32(w.at/unit)), append(w.hashes, hashOf(byte(field), string(term)))
	w.buf = append(w.buf[:0], byte(field))
	w.buf = binary.AppendUvarint(w.buf, uint64(len(term)))
	w.buf = append(w.buf, term...)
	w.buf = w.appendList(w.buf, documents, freqs, places)
	w.buf = append(w.buf, zeros[:(unit-len(w.buf)%unit)%unit]...)

	if len(w.begins)%termsRun == 1 {
		w.starts, w.last = binary.LittleEndian.AppendUint32(w.starts, uint32(len(w.terms))), nil
	}
	shared := 0
	for shared < len(term) && shared < len(w.last) && term[shared] == w.last[shared] {
		shared++
	}
	w.terms = append(w.terms, byte(field))
	w.terms = binary.AppendUvarint(w.terms, uint64(shared))
	w.terms = binary.AppendUvarint(w.terms, uint64(len(term)-shared))
	w.terms = append(w.terms, term[shared:]...)
	w.terms = binary.AppendUvarint(w.terms, uint64(len(documents)))
	w.last = append(w.last[:0], term...)
	return w.write(w.buf)
}

// end writes what leads to the lists.
func (w *listsWriter) end() error {
	if err := w.write(zeros[:]); err != nil {
		return err
	}
	n := uint32(1)
	for n < 2*uint32(len(w.begins)) {
		n *= 2
	}
	slots := make([]byte, n*slotSize, int(n)*slotSize+len(w.terms)+len(w.starts)+tailSize)
	for k, begin := range w.begins {
		i := w.hashes[k] & (n - 1)
		for binary.LittleEndian.Uint32(slots[i*slotSize:]) != 0 {
			i = (i + 1) & (n - 1)
		}
		binary.LittleEndian.PutUint32(slots[i*slotSize:], begin)
	}
	rest := append(append(slots, w.terms...), w.starts...)
	rest = binary.LittleEndian.AppendUint32(rest, n)
	rest = binary.LittleEndian.AppendUint64(rest, uint64(w.at))
	rest = binary.LittleEndian.AppendUint32(rest, uint32(len(w.starts)/runSize))
	return w.write(rest)
}
