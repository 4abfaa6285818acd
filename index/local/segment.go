package local

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// segments is a form of bleve's segments: bleve's own, zap, for what is stored and for values, with the words beside it in the
// same file, in packed lists:
//
//	zap's bytes
//	up to 7 bytes, so that the lists begin at a multiple of 8
//	lists (lists.go), and how many bytes they are (8)
//	zap's footer, with the sum of all before
//
// So bleve writes, merges, syncs and removes words with the documents that have them, one sum tells whether all of it is whole,
// and a list is there as soon as its document is. A merge of lists costs some 15 ns a posting; bleve's own of the same postings,
// norms and places, read and packed once more for us afterwards, cost ten times that.
type segments struct{ zap zap.ZapPlugin }

// The name of the form in an index.
const (
	segmentType    = "kelisim"
	segmentVersion = 1
)

func init() { scorch.RegisterSegmentPlugin(&segments{}, false) }

func (*segments) Type() string    { return segmentType }
func (*segments) Version() uint32 { return segmentVersion }

// worded is a segment with lists of its words.
type worded interface{ words() *lists }

// young is a segment in memory.
type young struct {
	*zap.SegmentBase
	lists *lists
}

func (s *young) words() *lists { return s.lists }

// grown is a segment in a file.
type grown struct {
	*zap.Segment
	lists *lists // mapped; they go with the segment
}

func (s *grown) words() *lists { return s.lists }

// footer is zap's: where in the file its parts are.
type footer struct {
	docs             uint64
	stored, sections uint64
	chunk            uint32
}

func (s *segments) New(of []bleveindex.Document) (segment.Segment, uint64, error) {
	return s.NewUsing(of, nil)
}

// NewUsing makes the segment of a batch.
func (s *segments) NewUsing(of []bleveindex.Document, config map[string]any) (segment.Segment, uint64, error) {
	words, err := gather(of)
	if err != nil {
		return nil, 0, err
	}
	made, size, err := s.zap.NewUsing(of, config)
	if err != nil {
		return nil, 0, err
	}
	var file bytes.Buffer
	file.Grow(int(size) + zap.FooterSize + len(words) + 16)
	if _, err := made.(*zap.SegmentBase).WriteTo(&file); err != nil {
		return nil, 0, err
	}
	if err := made.Close(); err != nil {
		return nil, 0, err
	}
	data := file.Bytes()
	f, err := readFooter(data)
	if err != nil {
		return nil, 0, err
	}
	data = data[:len(data)-zap.FooterSize]
	data = append(data, zeros[:padding(len(data))]...)
	begin := len(data)
	data = append(data, words...)
	data = binary.LittleEndian.AppendUint64(data, uint64(len(words)))
	stats, _ := config[segment.StatsKey].(*segment.Stats)
	if stats == nil {
		stats = new(segment.Stats)
	}
	base, err := zap.InitSegmentBase(data, crc32.ChecksumIEEE(data), f.chunk, f.docs, f.stored, f.sections, config, stats)
	if err != nil {
		return nil, 0, err
	}
	l, err := readLists(data[begin : begin+len(words)])
	if err != nil {
		return nil, 0, err
	}
	return &young{base, l}, uint64(len(data)), nil
}

func padding(n int) int { return (8 - n%8) % 8 }

func readFooter(data []byte) (f footer, err error) {
	if len(data) < zap.FooterSize {
		return f, errLists
	}
	data = data[len(data)-zap.FooterSize:]
	be := binary.BigEndian
	if id, version := be.Uint32(data), be.Uint32(data[32:]); id != 0 || version != zap.Version {
		return f, fmt.Errorf("a segment of another form: %d", version)
	}
	return footer{be.Uint64(data[4:]), be.Uint64(data[12:]), be.Uint64(data[20:]), be.Uint32(data[28:])}, nil
}

func (s *segments) Open(path string) (segment.Segment, error) { return s.OpenUsing(path, nil) }

// OpenUsing maps a segment's file into memory.
func (s *segments) OpenUsing(path string, config map[string]any) (segment.Segment, error) {
	opened, err := s.zap.OpenUsing(path, config)
	if err != nil {
		return nil, err
	}
	seg := opened.(*zap.Segment)
	data := seg.Data()
	end := len(data) - zap.FooterSize - 8
	if end < 0 {
		return nil, errors.Join(fmt.Errorf("open segment %s: %w", path, errLists), seg.Close())
	}
	size := binary.LittleEndian.Uint64(data[end:])
	if size > uint64(end) {
		return nil, errors.Join(fmt.Errorf("open segment %s: %w", path, errLists), seg.Close())
	}
	l, err := readLists(data[end-int(size) : end])
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open segment %s: %w", path, err), seg.Close())
	}
	return &grown{seg, l}, nil
}

func (s *segments) Merge(of []segment.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, r segment.StatsReporter) ([][]uint64, uint64, error) {
	return s.MergeUsing(of, drops, path, closed, r, nil)
}

// MergeUsing merges segments into a file, first what is bleve's, then the words.
func (s *segments) MergeUsing(of []segment.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, r segment.StatsReporter, config map[string]any) (numbers [][]uint64, size uint64, err error) {
	own, words := make([]segment.Segment, len(of)), make([]*lists, len(of))
	for i, x := range of {
		switch x := x.(type) {
		case *young:
			own[i], words[i] = x.SegmentBase, x.lists
		case *grown:
			own[i], words[i] = x.Segment, x.lists
		default:
			return nil, 0, fmt.Errorf("merge segments: one is a %T", x)
		}
	}
	if numbers, _, err = s.zap.MergeUsing(own, drops, path, closed, r, config); err != nil {
		return nil, 0, err
	}
	if size, err = mergeWords(path, words, numbers, closed); err != nil {
		return nil, 0, errors.Join(err, os.Remove(path))
	}
	return numbers, size, nil
}

// summing counts and sums what is written.
type summing struct {
	w   *bufio.Writer
	sum uint32
	n   int64
}

func (s *summing) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.sum = crc32.Update(s.sum, crc32.IEEETable, p[:n])
	s.n += int64(n)
	return n, err
}

// mergeWords writes merged lists into the file of a segment of bleve's.
func mergeWords(path string, of []*lists, numbers [][]uint64, closed chan struct{}) (size uint64, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	end := info.Size() - int64(zap.FooterSize)
	foot := make([]byte, zap.FooterSize)
	if _, err := f.ReadAt(foot, max(end, 0)); err != nil {
		return 0, err
	}
	if _, err := readFooter(foot); err != nil {
		return 0, err
	}
	// The sum in the footer is of the footer, too. To sum a file that was just written takes a tenth of a second a gigabyte.
	sum := crc32.NewIEEE()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, end)); err != nil {
		return 0, err
	}
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return 0, err
	}
	out := &summing{w: bufio.NewWriterSize(f, 1<<18), sum: sum.Sum32(), n: end}
	if _, err := out.Write(zeros[:padding(int(end))]); err != nil {
		return 0, err
	}
	begin := out.n
	w, err := newListsWriter(out)
	if err != nil {
		return 0, err
	}
	if err := mergeLists(w, of, numbers, closed); err != nil {
		return 0, err
	}
	if err := w.end(); err != nil {
		return 0, err
	}
	foot = append(binary.LittleEndian.AppendUint64(nil, uint64(out.n-begin)), foot[:len(foot)-4]...)
	if _, err := out.Write(foot); err != nil {
		return 0, err
	}
	if _, err := out.w.Write(binary.BigEndian.AppendUint32(nil, out.sum)); err != nil {
		return 0, err
	}
	if err := out.w.Flush(); err != nil {
		return 0, err
	}
	return uint64(out.n) + 4, f.Sync()
}

// dropped is the new number of a document that a merge leaves out.
const dropped = 1<<64 - 1

// mergeLists merges lists; numbers are the new ones of their documents, by segment.
func mergeLists(w *listsWriter, of []*lists, numbers [][]uint64, closed chan struct{}) error {
	var live []*cursor
	renumbered := map[*cursor][]uint64{}
	for i, l := range of {
		if c := (&cursor{lists: l}); i < len(numbers) && c.next() {
			live = append(live, c)
			renumbered[c] = numbers[i]
		}
	}
	var buf unpacked
	var documents, freqs []uint32
	var places []uint64
	var term []byte
	for n := 0; len(live) > 0; n++ {
		if n%1024 == 0 {
			select {
			case <-closed:
				return segment.ErrClosed
			default:
			}
		}
		least := live[0]
		for _, c := range live[1:] {
			if c.before(least) {
				least = c
			}
		}
		field := least.field
		term = append(term[:0], least.term...)
		first := cursor{field: field, term: term}
		documents, freqs, places = documents[:0], freqs[:0], places[:0]
		rest := live[:0]
		for _, c := range live {
			more := true
			if c.same(&first) {
				d, p := len(documents), len(places)
				documents, freqs, places = c.list.everything(documents, freqs, places, &buf)
				documents, freqs, places = renumber(documents, freqs, places, d, p, renumbered[c])
				more = c.next()
			}
			if more {
				rest = append(rest, c)
			}
		}
		live = rest
		if err := w.add(field, term, documents, freqs, places); err != nil {
			return err
		}
	}
	return nil
}

// renumber gives documents from the d-th on their new numbers and leaves out those that have none; their places begin at p.
func renumber(documents, freqs []uint32, places []uint64, d, p int, numbers []uint64) ([]uint32, []uint32, []uint64) {
	to, free := d, p
	for i := d; i < len(documents); i++ {
		n, k := numbers[documents[i]], int(freqs[i])
		if n != dropped {
			documents[to], freqs[to] = uint32(n), freqs[i]
			to++
			if free != p {
				copy(places[free:], places[p:p+k])
			}
			free += k
		}
		p += k
	}
	return documents[:to], freqs[:to], places[:free]
}
