package local

import (
	"encoding/binary"
	"math/bits"
)

// A dense list keeps its documents as a set, a bit each up to its last one, and beside it how many stand before each 512th. Its blocks
// have frequencies only, and the one of a document is read by its rank, without those beside it. In a segment where every eighth
// document has a word its postings are unpacked in 2 ns each; its set is joined to another in .1, and a hit's frequency is read in 5,
// so that of two such words those documents cost something that have both. A set takes twice the bytes of packed differences, which is
// a fiftieth of all lists, since few words are so common.
const (
	denseShare = 32 // a list is dense where at least every 32nd document has it
	rankSpan   = 8  // words of a set
	bulk       = 3  // where every third posting is wanted, all of a block are unpacked
)

// dense reports whether documents, ascending, are many enough to be kept as a set.
func dense(documents []uint32) bool {
	n := len(documents)
	return n > block && n*denseShare > int(documents[n-1])
}

// appendSet writes the set of a dense list: its number of words, the words, the ranks of every rankSpan-th (4 bytes each).
func appendSet(out []byte, documents []uint32) []byte {
	words := wordsFor(documents[len(documents)-1] + 1)
	out = binary.AppendUvarint(out, uint64(words))
	set, at := make(docs, words), len(out)
	for _, doc := range documents {
		set.add(doc)
	}
	for _, w := range set {
		out = binary.LittleEndian.AppendUint64(out, w)
	}
	rank := uint32(0)
	for i := range set {
		if i%rankSpan == 0 {
			out = binary.LittleEndian.AppendUint32(out, rank)
		}
		rank += uint32(bits.OnesCount64(binary.LittleEndian.Uint64(out[at+8*i:])))
	}
	return out
}

// setAt reads what appendSet wrote, and where what follows begins.
func setAt(data []byte, begin int) (set, ranks []byte, next int) {
	words, k := binary.Uvarint(data[begin:])
	at := begin + k
	behind := at + 8*int(words)
	next = behind + 4*((int(words)+rankSpan-1)/rankSpan)
	return data[at:behind], data[behind:next], next
}

// wordOf is the i-th word of a dense list's set.
func (l *list) wordOf(i int) uint64 {
	if 8*i >= len(l.set) {
		return 0
	}
	return binary.LittleEndian.Uint64(l.set[8*i:])
}

// members reads documents of a dense list from one on.
func (l *list) members(from uint32, into []uint32) {
	i := int(from / wordBits)
	w := l.wordOf(i) &^ (1<<(from%wordBits) - 1)
	for k := range into {
		for w == 0 {
			if i++; 8*i >= len(l.set) {
				panic(errLists) // it was changed while it is mapped
			}
			w = l.wordOf(i)
		}
		into[k] = uint32(i*wordBits + bits.TrailingZeros64(w))
		w &= w - 1
	}
}

// join adds a dense list's documents to a set of a segment's.
func (l *list) join(set docs) {
	p := l.set
	for i := range set {
		if len(p) < 8 {
			return
		}
		set[i] |= binary.LittleEndian.Uint64(p)
		p = p[8:]
	}
}

// rank is how many documents of a dense list stand before the first of a word of its set.
func (l *list) rank(word int) (n uint32) {
	if word*8 >= len(l.set) {
		return uint32(l.n)
	}
	n = binary.LittleEndian.Uint32(l.ranks[word/rankSpan*4:])
	for i := word / rankSpan * rankSpan; i < word; i++ {
		n += uint32(bits.OnesCount64(l.wordOf(i)))
	}
	return n
}

// partOfSet is part of a dense list: it gives those only that are hits.
func (r *reader) partOfSet(begin, end uint32, hits docs) (documents, freqs []uint32, ok bool) {
	if r.from >= end {
		return nil, nil, false
	}
	i := int(r.from / wordBits)
	keep := ^uint64(0) << (r.from % wordBits)
	rank, last := r.rank(i), min(int(end-1)/wordBits, len(r.set)/8-1)
	n := 0
	r.k, r.from = 0, end // no block is read now
collect:
	for ; i <= last; i, keep = i+1, ^uint64(0) {
		all := r.wordOf(i)
		for w := all & keep & hits[i-int(begin/wordBits)]; w != 0; w &= w - 1 {
			doc := bits.TrailingZeros64(w)
			if n == block {
				r.from = uint32(i*wordBits + doc)
				break collect
			}
			r.docs[n] = uint32(i*wordBits + doc)
			r.freqs[n] = rank + uint32(bits.OnesCount64(all&(1<<doc-1)))
			n++
		}
		rank += uint32(bits.OnesCount64(all))
	}
	r.frequencies(r.freqs[:n])
	return r.docs[:n], r.freqs[:n], n > 0
}

// frequencies puts those of a dense list's documents, less one, where their ranks were.
func (l *list) frequencies(ranks []uint32) {
	for len(ranks) > 0 {
		b, k := ranks[0]/block, 1
		for k < len(ranks) && ranks[k]/block == b {
			k++
		}
		p := l.data[l.begin(int(b)):]
		if k*bulk < block {
			w := uint(p[0])
			for i, rank := range ranks[:k] {
				ranks[i] = packedAt(p[1:], w, uint(rank%block))
			}
		} else {
			var all [block]uint32
			unpack(p, all[:l.size(int(b))])
			for i, rank := range ranks[:k] {
				ranks[i] = all[rank%block]
			}
		}
		ranks = ranks[k:]
	}
}
