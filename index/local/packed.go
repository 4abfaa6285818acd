package local

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"kelisim/index"
)

// A list is the postings of a term in a field of a segment, in blocks of 128: differences of document numbers and
// frequencies less one, each packed with as many bits as the block's greatest needs. Beside each block stand its last
// document, its greatest frequency and where it begins, so that blocks can be left out unread. At about one byte a posting
// a list is read in some 2 ns a posting, where bleve's own takes 60 to 100.
//
// Where in its documents the term stands lies apart, a run a block, and is read for phrases and for what a page shows only:
// of each occurrence how many paragraphs it is behind the one before, and its position there, or how far it is from the one
// before in its paragraph. The places of one document are read without those of others.
//
// A list that many documents have keeps them as a set instead (dense.go).
type list struct {
	n     int      // postings
	set   []byte   // documents of a dense list, nil else
	ranks []byte   // of it
	skip  []byte   // skipSize bytes a block
	data  []byte   // of all blocks, with at least 8 bytes behind them
	spots []byte   // places of all blocks, with at least 8 bytes behind them
	all   []uint32 // documents, where they are unpacked already: see fillKept
}

const (
	block    = 128 // postings
	skipSize = 13  // bytes: last document (4), begin in data (4), in spots (4), greatest frequency, 255 for more (1)
)

func (l *list) blocks() int { return (l.n + block - 1) / block }

func (l *list) last(b int) uint32 { return binary.LittleEndian.Uint32(l.skip[b*skipSize:]) }

func (l *list) begin(b int) uint32 { return binary.LittleEndian.Uint32(l.skip[b*skipSize+4:]) }

func (l *list) spot(b int) uint32 { return binary.LittleEndian.Uint32(l.skip[b*skipSize+8:]) }

// first is a document that is not behind the first of a block.
func (l *list) first(b int) uint32 {
	if b == 0 {
		return 0
	}
	return l.last(b-1) + 1
}

// find is the first block from b on that has or may have a document from doc on; blocks() where there is none.
func (l *list) find(b int, doc uint32) int {
	n := l.blocks()
	if b >= n || l.last(b) >= doc {
		return b
	}
	step := 1
	for b+step < n && l.last(b+step) < doc {
		b += step
		step *= 2
	}
	high := min(b+step, n) // last(b) < doc, and high is n or last(high) >= doc
	for b+1 < high {
		if mid := (b + high) / 2; l.last(mid) < doc {
			b = mid
		} else {
			high = mid
		}
	}
	return high
}

// size is how many postings a block has.
func (l *list) size(b int) int { return min(block, l.n-b*block) }

// documents reads the documents of a block and gives where its frequencies begin.
func (l *list) documents(b int, into *[block]uint32) (rest []byte) {
	k := l.size(b)
	if l.set != nil {
		l.members(l.first(b), into[:k])
		return l.data[l.begin(b):]
	}
	rest = unpack(l.data[l.begin(b):], into[:k])
	doc := l.first(b)
	for i := range into[:k] {
		doc += into[i]
		into[i] = doc
		doc++
	}
	return rest
}

// fill adds the list's documents to a set. freqs are not read.
func (l *list) fill(set docs, buf *[block]uint32) {
	if l.set != nil {
		l.join(set)
		return
	}
	for b := range l.blocks() {
		l.documents(b, buf)
		for _, doc := range buf[:l.size(b)] {
			set.add(doc)
		}
	}
}

// fillKept adds the list's documents to a set and keeps them unpacked, for whoever scores them next; short lists are not worth it. into has
// room for all blocks.
func (l *list) fillKept(set docs, into []uint32) {
	for b := range l.blocks() {
		part := (*[block]uint32)(into[b*block:])
		l.documents(b, part)
		for _, doc := range part[:l.size(b)] {
			set.add(doc)
		}
	}
	l.all = into[:l.n]
}

// counted is where the frequencies of a block begin whose documents are unpacked already.
func (l *list) counted(b int) []byte {
	p := l.data[l.begin(b):]
	return p[1+(l.size(b)*int(p[0])+7)/8:]
}

// reader reads a list window by window.
type reader struct {
	list
	from   uint32 // where to go on
	block  int    // that is read
	k      int    // its postings, 0 where none is read
	counts bool   // its frequencies are read, too
	rest   []byte
	now    []uint32 // its documents
	docs   [block]uint32
	freqs  [block]uint32 // less one
}

const readerSize = 8*block + 208 // bytes

// part gives the postings of the next block that has some of hits, from where the reader is to before end; ok is false
// where there is none. hits begin at the document begin. Frequencies are less one.
func (r *reader) part(begin, end uint32, hits docs) (documents, freqs []uint32, ok bool) {
	if r.set != nil {
		return r.partOfSet(begin, end, hits)
	}
	for r.from < end {
		b := r.block
		if r.first(b) > r.from {
			b = 0
		}
		if b = r.find(b, r.from); b == r.blocks() {
			return nil, nil, false
		}
		first, last := max(r.first(b), r.from), min(r.last(b), end-1)
		if first > last {
			return nil, nil, false
		}
		if r.from = last + 1; !hits.any(first-begin, last-begin) {
			continue
		}
		r.load(b)
		i, j := 0, r.k
		if first > r.first(b) {
			i, _ = slices.BinarySearch(r.now, first)
		}
		if last < r.last(b) {
			j, _ = slices.BinarySearch(r.now, last+1)
		}
		if i < j {
			return r.now[i:j], r.freqs[i:j], true
		}
	}
	return nil, nil, false
}

// at goes to a document; ok is false where the term is not in it.
func (r *reader) at(doc uint32) (i int, ok bool) {
	b := r.block
	if r.first(b) > doc {
		b = 0
	}
	if b = r.find(b, doc); b == r.blocks() {
		return 0, false
	}
	r.load(b)
	return slices.BinarySearch(r.now, doc)
}

// load reads a block.
func (r *reader) load(b int) {
	if b != r.block || r.k == 0 {
		r.block, r.k, r.counts = b, r.size(b), false
		if r.all != nil {
			r.now, r.rest = r.all[b*block:b*block+r.k], r.counted(b)
		} else {
			r.rest = r.documents(b, &r.docs)
			r.now = r.docs[:r.k]
		}
	}
	if !r.counts {
		unpack(r.rest, r.freqs[:r.k])
		r.counts = true
	}
}

// places appends where the term stands in the i-th document of the block, ascending; see [index.Place].
func (r *reader) places(i int, out []uint64) []uint64 {
	all, before := uint(0), uint(0)
	for k, f := range r.freqs[:r.k] {
		if k == i {
			before = all
		}
		all += uint(f) + 1
	}
	steps := r.spots[r.spot(r.block):]
	stepBits := uint(steps[0])
	steps = steps[1:]
	at := steps[(all*stepBits+7)/8:]
	atBits := uint(at[0])
	at = at[1:]
	paragraph, position := 0, 0
	for k := before; k < before+uint(r.freqs[i])+1; k++ {
		step, n := int(packedAt(steps, stepBits, k)), int(packedAt(at, atBits, k))
		if step > 0 || k == before {
			paragraph, position = paragraph+step, n
		} else {
			position += n
		}
		out = append(out, index.Place(paragraph, position))
	}
	return out
}

// packedAt is the i-th of packed numbers.
func packedAt(p []byte, w, i uint) uint32 {
	return uint32(binary.LittleEndian.Uint64(p[i*w>>3:]) >> (i * w & 7) & (1<<w - 1))
}

// packer is room to write lists with: a segment has a hundred thousand, most of a few postings.
type packer struct {
	skip, data, spots []byte
	d, f              [block]uint32
	steps, at         []uint32
}

// appendList writes a list; documents are ascending, freqs are from 1, places are those of all documents, one after another.
func (w *packer) appendList(out []byte, documents, freqs []uint32, places []uint64) []byte {
	n := len(documents)
	blocks := (n + block - 1) / block
	skip, data, spots := slices.Grow(w.skip[:0], blocks*skipSize)[:blocks*skipSize], w.data[:0], w.spots[:0]
	many := dense(documents)
	d, f, steps, at := &w.d, &w.f, w.steps, w.at
	next := uint32(0) // the least document that may follow
	for b := range blocks {
		k := min(block, n-b*block)
		most := uint32(0)
		steps, at = steps[:0], at[:0]
		e := skip[b*skipSize:]
		binary.LittleEndian.PutUint32(e[4:], uint32(len(data)))
		binary.LittleEndian.PutUint32(e[8:], uint32(len(spots)))
		for i := range k {
			times := freqs[b*block+i]
			d[i], f[i] = documents[b*block+i]-next, times-1
			next = documents[b*block+i] + 1
			most = max(most, times)
			last := uint64(0)
			for j, p := range places[:times] {
				step, position := uint32(p>>32)-uint32(last>>32), uint32(p)
				if step == 0 && j > 0 {
					position -= uint32(last)
				}
				steps, at, last = append(steps, step), append(at, position), p
			}
			places = places[times:]
		}
		binary.LittleEndian.PutUint32(e, next-1)
		e[12] = byte(min(most, 255))
		if !many {
			data = packInto(data, d[:k])
		}
		data = packInto(data, f[:k])
		spots = packInto(packInto(spots, steps), at)
	}
	w.skip, w.data, w.spots, w.steps, w.at = skip, data, spots, steps, at
	if many {
		out = append(out, 0) // no list is empty: so those of older files are told apart
	}
	out = binary.AppendUvarint(out, uint64(n))
	out = binary.AppendUvarint(out, uint64(len(data)))
	out = binary.AppendUvarint(out, uint64(len(spots)))
	if many {
		out = appendSet(out, documents)
	}
	return append(append(append(out, skip...), data...), spots...)
}

// listAt reads what appendList wrote, and how many bytes it takes. data goes on for at least 8 bytes behind the list.
func listAt(data []byte) (l list, size int) {
	begin, many := 0, data[0] == 0
	if many {
		begin = 1
	}
	n, a := binary.Uvarint(data[begin:])
	postings, b := binary.Uvarint(data[begin+a:])
	spots, c := binary.Uvarint(data[begin+a+b:])
	l.n = int(n)
	if begin += a + b + c; many {
		l.set, l.ranks, begin = setAt(data, begin)
	}
	end := begin + l.blocks()*skipSize
	l.skip, l.data, l.spots = data[begin:end], data[end:], data[end+int(postings):]
	return l, end + int(postings) + int(spots)
}

// everything appends a list's documents, how often each has the term, and where: those of all, one after another.
func (l *list) everything(documents, freqs []uint32, places []uint64, buf *unpacked) ([]uint32, []uint32, []uint64) {
	for b := range l.blocks() {
		k := l.size(b)
		unpack(l.documents(b, &buf.docs), buf.freqs[:k])
		all := 0
		for _, f := range buf.freqs[:k] {
			all += int(f) + 1
		}
		if all > k && all > 8*len(l.spots) {
			panic(errLists) // a second place takes a bit at least: the file was changed while it is mapped
		}
		buf.steps, buf.at = slices.Grow(buf.steps[:0], all)[:all], slices.Grow(buf.at[:0], all)[:all]
		unpack(unpack(l.spots[l.spot(b):], buf.steps), buf.at)
		next := 0
		for i, f := range buf.freqs[:k] {
			documents, freqs = append(documents, buf.docs[i]), append(freqs, f+1)
			paragraph, position := 0, 0
			for j := range int(f) + 1 {
				if step := int(buf.steps[next]); step > 0 || j == 0 {
					paragraph, position = paragraph+step, int(buf.at[next])
				} else {
					position += int(buf.at[next])
				}
				places = append(places, index.Place(paragraph, position))
				next++
			}
		}
	}
	return documents, freqs, places
}

// unpacked are the numbers of a block.
type unpacked struct {
	docs, freqs [block]uint32
	steps, at   []uint32
}

// packInto writes numbers with as many bits each as the greatest needs: their number of bits, then all of them, the
// first in the lowest bits.
func packInto(out []byte, v []uint32) []byte {
	all := uint32(0)
	for _, x := range v {
		all |= x
	}
	w := bits.Len32(all)
	out = append(out, byte(w))
	var acc uint64
	have := 0
	for _, x := range v {
		acc |= uint64(x) << have
		for have += w; have >= 8; have -= 8 {
			out = append(out, byte(acc))
			acc >>= 8
		}
	}
	if have > 0 {
		out = append(out, byte(acc))
	}
	return out
}

// four reads four numbers of w bits each, behind the first bits of x.
func four(v []uint32, x uint64, first, w uint, mask uint64) {
	v = v[:4:4]
	v[0] = uint32(x >> (first & 63) & mask)
	v[1] = uint32(x >> ((first + w) & 63) & mask)
	v[2] = uint32(x >> ((first + 2*w) & 63) & mask)
	v[3] = uint32(x >> ((first + 3*w) & 63) & mask)
}

// unpack reads len(v) numbers and gives what follows. Eight bytes behind the numbers are looked at, too.
func unpack(p []byte, v []uint32) []byte {
	w := uint(p[0])
	p = p[1:]
	if w == 0 {
		clear(v)
		return p
	}
	mask := uint64(1)<<w - 1
	i := 0
	// Eight numbers take w bytes. Their shifts do not wait for one another.
	switch {
	case w <= 8:
		for q := p; i+8 <= len(v); i, q = i+8, q[w:] {
			four(v[i:], binary.LittleEndian.Uint64(q), 0, w, mask)
			four(v[i+4:], binary.LittleEndian.Uint64(q), 4*w, w, mask)
		}
	case w <= 16:
		half, odd := 4*w>>3, 4*w&7
		for q := p; i+8 <= len(v); i, q = i+8, q[w:] {
			four(v[i:], binary.LittleEndian.Uint64(q), 0, w, mask)
			four(v[i+4:], binary.LittleEndian.Uint64(q[half:]), odd, w, mask)
		}
	}
	bit := uint(i) * w
	for ; i < len(v); i++ {
		v[i] = uint32(binary.LittleEndian.Uint64(p[bit>>3:]) >> (bit & 7) & mask)
		bit += w
	}
	return p[(uint(len(v))*w+7)/8:]
}
