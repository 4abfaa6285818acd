package local

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/mmap-go"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/google/renameio/v2"

	"kelisim/index"
)

// lists are the packed lists of a segment, by field and term, in one run of bytes:
//
//	header   magic; size and sum of the segment's own file, 0 where it has none; number of documents, of slots
//	lists    field, length of the term, term, list; one after another, from 1 on (see appendList)
//	8 bytes  that unpack may look at
//	slots    a hash table: where the list of a term begins, 0 for none; the next slot where two terms meet
//	sum      of all before
//
// bleve keeps the truth. The file stands beside its segment, is written at once with a name of its own, and is used only
// where its sum is right and it names the segment as it is: else the lists are read from bleve and written anew. So what
// becomes of it costs time, never an answer.
type lists struct {
	data  []byte
	slots []byte // slotSize bytes each

	path string // of the file that is mapped
	info os.FileInfo
}

const (
	listsMagic  = "kelisim lists 3\n"
	headerSize  = len(listsMagic) + 8 + 4 + 4 + 4
	slotSize    = 4
	sumSize     = 4
	listsFolder = "lists" // of a generation
	listsSuffix = ".lists"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// identity tells a segment's file from another that may have had its name before a crash.
type identity struct {
	size uint64
	sum  uint32
}

// hashOf is FNV-1a. Terms that were chosen to meet only find each other's slots: a list is told by its term.
func hashOf(field byte, term string) uint32 {
	h := uint64(14695981039346656037)
	h = (h ^ uint64(field)) * 1099511628211
	for i := range len(term) {
		h = (h ^ uint64(term[i])) * 1099511628211
	}
	return uint32(h ^ h>>32)
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
		p := l.data[at:]
		size, k := binary.Uvarint(p[1:])
		p = p[1+k:]
		if l.data[at] == byte(field) && string(p[:size]) == term {
			return listAt(p[size:]), true
		}
	}
}

// fieldsOfWords are the fields that words are looked for in, by their number.
var fieldsOfWords = [2]string{fieldTitle, fieldBody}

// leadList is the number of the lists of leads, behind those of the fields of words.
const leadList = len(fieldsOfWords)

// packLists reads the postings of all words from bleve and packs them.
func packLists(seg segment.Segment, id identity) (*lists, error) {
	data := make([]byte, headerSize, headerSize+1<<16)
	copy(data, listsMagic)
	var begins []uint32
	var hashes []uint32
	var documents, freqs []uint32
	var places []uint64
	for field, name := range append(fieldsOfWords[:], fieldLead) {
		d, err := seg.Dictionary(name)
		if err != nil {
			return nil, fmt.Errorf("read field %s: %w", name, err)
		}
		it := d.AutomatonIterator(nil, nil, nil)
		var pl segment.PostingsList
		var pi segment.PostingsIterator
		for {
			e, err := it.Next()
			if err != nil {
				return nil, fmt.Errorf("read field %s: %w", name, err)
			}
			if e == nil {
				break
			}
			if pl, err = d.PostingsList([]byte(e.Term), nil, pl); err != nil {
				return nil, fmt.Errorf("read postings of %q: %w", e.Term, err)
			}
			pi = pl.Iterator(true, false, field != leadList, pi)
			documents, freqs, places = documents[:0], freqs[:0], places[:0]
			for {
				p, err := pi.Next()
				if err != nil {
					return nil, fmt.Errorf("read postings of %q: %w", e.Term, err)
				}
				if p == nil {
					break
				}
				here := len(places)
				if field == leadList {
					places = append(places, 0) // whether a word is there is all that it tells
				}
				for _, l := range p.Locations() {
					places = append(places, placeOf(l))
				}
				if len(places) == here {
					return nil, fmt.Errorf("read postings of %q: they have no places", e.Term)
				}
				if !slices.IsSorted(places[here:]) {
					slices.Sort(places[here:])
				}
				documents, freqs = append(documents, uint32(p.Number())), append(freqs, uint32(len(places)-here))
			}
			if len(documents) == 0 {
				continue
			}
			if len(data) > 1<<32-1<<26 {
				return nil, errors.New("a segment's lists are longer than a side file can be")
			}
			begins, hashes = append(begins, uint32(len(data))), append(hashes, hashOf(byte(field), e.Term))
			data = append(data, byte(field))
			data = binary.AppendUvarint(data, uint64(len(e.Term)))
			data = append(data, e.Term...)
			data = appendList(data, documents, freqs, places)
		}
	}
	data = append(data, make([]byte, 8)...)
	n := uint32(1)
	for n < 2*uint32(len(begins)) {
		n *= 2
	}
	slots := make([]byte, n*slotSize)
	for k, begin := range begins {
		i := hashes[k] & (n - 1)
		for binary.LittleEndian.Uint32(slots[i*slotSize:]) != 0 {
			i = (i + 1) & (n - 1)
		}
		binary.LittleEndian.PutUint32(slots[i*slotSize:], begin)
	}
	h := data[len(listsMagic):]
	binary.LittleEndian.PutUint64(h, id.size)
	binary.LittleEndian.PutUint32(h[8:], id.sum)
	binary.LittleEndian.PutUint32(h[12:], uint32(seg.Count()))
	binary.LittleEndian.PutUint32(h[16:], n)
	data = append(data, slots...)
	data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
	return readLists(data, id, uint32(seg.Count()))
}

// wholeLists checks that bytes are as packLists made them for a segment.
func wholeLists(data []byte, id identity) error {
	if len(data) < headerSize+8+sumSize || !bytes.HasPrefix(data, []byte(listsMagic)) {
		return errors.New("no lists")
	}
	body := data[:len(data)-sumSize]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(data[len(body):]) {
		return errors.New("their sum is wrong")
	}
	h := data[len(listsMagic):]
	if (identity{binary.LittleEndian.Uint64(h), binary.LittleEndian.Uint32(h[8:])}) != id {
		return errors.New("they are of another segment")
	}
	return nil
}

// readLists checks bytes that packLists made. It keeps them.
func readLists(data []byte, id identity, n uint32) (*lists, error) {
	if err := wholeLists(data, id); err != nil {
		return nil, err
	}
	body, h := data[:len(data)-sumSize], data[len(listsMagic):]
	if binary.LittleEndian.Uint32(h[12:]) != n {
		return nil, errors.New("they are of another segment")
	}
	slots := int(binary.LittleEndian.Uint32(h[16:])) * slotSize
	if slots > len(body)-headerSize {
		return nil, errors.New("they are cut off")
	}
	return &lists{data: body[:len(body)-slots], slots: body[len(body)-slots:]}, nil
}

// listsOf gives the lists of a segment: those of its side file, or new ones, with the file where the segment has one of
// its own. dir is the generation's.
func listsOf(dir string, s *scorch.SegmentSnapshot) (*lists, error) {
	seg, ok := s.Segment().(segment.PersistedSegment)
	if !ok {
		return packLists(s.Segment(), identity{}) // young and small: its file comes when it is merged or opened again
	}
	id, err := identify(seg.Path())
	if err != nil {
		return packLists(seg, identity{}) // bleve holds it open, and has removed its name: it was merged meanwhile
	}
	name := listsName(dir, seg.Path())
	if l := mapLists(name, id, uint32(seg.Count())); l != nil {
		return l, nil
	}
	l, err := packLists(seg, id)
	if err != nil {
		return nil, err
	}
	// A full or read-only disk costs the packing at the next opening, nothing else.
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err == nil {
		if err := renameio.WriteFile(name, l.whole(), 0o644); err == nil {
			if mapped := mapLists(name, id, uint32(seg.Count())); mapped != nil {
				return mapped, nil
			}
		}
	}
	return l, nil
}

// whole are the bytes of a file.
func (l *lists) whole() []byte { return l.data[:len(l.data)+len(l.slots)+sumSize] }

func listsName(dir, segment string) string {
	return filepath.Join(dir, listsFolder, strings.TrimSuffix(filepath.Base(segment), filepath.Ext(segment))+listsSuffix)
}

// mapLists maps a file into memory; nil where it is not what it should be. The map goes with the lists.
func mapLists(name string, id identity, n uint32) *lists {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() < int64(headerSize) {
		return nil
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil
	}
	l, err := checkedLists(m, id, n)
	if err != nil {
		_ = m.Unmap()
		return nil
	}
	l.path, l.info = name, info
	runtime.AddCleanup(l, func(m mmap.MMap) { _ = m.Unmap() }, m)
	return l
}

// checkedLists reads a map that may be cut just now.
func checkedLists(m []byte, id identity, n uint32) (l *lists, err error) {
	defer guarded(&err)()
	return readLists(m, id, n)
}

// identify reads a segment's size and the sum that bleve wrote at its end.
func identify(name string) (id identity, err error) {
	f, err := os.Open(name)
	if err != nil {
		return id, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return id, err
	}
	var sum [4]byte
	if _, err := f.ReadAt(sum[:], info.Size()-int64(len(sum))); err != nil {
		return id, err
	}
	return identity{uint64(info.Size()), binary.LittleEndian.Uint32(sum[:])}, nil
}

// sweepLists removes the files of segments that are gone.
func sweepLists(dir string, segments []*scorch.SegmentSnapshot) {
	files, err := filepath.Glob(filepath.Join(dir, listsFolder, "*"+listsSuffix))
	if err != nil || len(files) == 0 {
		return
	}
	used := map[string]bool{}
	for _, s := range segments {
		if p, ok := s.Segment().(segment.PersistedSegment); ok {
			used[listsName(dir, p.Path())] = true
		}
	}
	for _, name := range files {
		if !used[name] {
			_ = os.Remove(name) // what stays is swept next time
		}
	}
}

func placeOf(l segment.Location) uint64 {
	paragraph := 0
	if ap := l.ArrayPositions(); len(ap) > 0 {
		paragraph = int(ap[0])
	}
	return index.Place(paragraph, int(l.Pos()))
}
