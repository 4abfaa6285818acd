package index

import "sort"

// A place of a word is its paragraph and its position there in one number, so that places are ordered as in the text.
const placeBits = 32

// Place is the place of a word.
func Place(paragraph, position int) uint64 { return uint64(paragraph)<<placeBits | uint64(position) }

// ParagraphOf is the paragraph of a place.
func ParagraphOf(place uint64) int { return int(place >> placeBits) }

// Limits of a phrase. A longer one is nobody's memory of a sentence, and each slot costs a pass over its places.
const (
	MaxSlots = 64 // words
	MaxSlop  = 50 // words between
)

// EachPhrase finds where slots stand one after another in one paragraph with at most slop words between: it is the one
// truth of what a phrase matches, for engines and for marks. slots are the places of each slot's words, ascending, each
// once. yield gets where in its slot each word stands, to be read at once, once for each place of the first slot that a
// phrase begins at; it returns false to stop.
//
// The nearest place of each slot is always the best: what counts is how far the last one is from the first. Where the
// first slot goes on, so do all others, so that each place is looked at once: the cost is the number of places, where
// trying all combinations takes slop to the power of slots.
func EachPhrase(slots [][]uint64, slop int, yield func(at []int) bool) {
	if len(slots) == 0 {
		return
	}
	at := make([]int, len(slots))
	most := uint64(max(slop, 0))
starts:
	for i, start := range slots[0] {
		at[0] = i
		place, room := start, most
		for k := 1; k < len(slots); k++ {
			at[k] = after(slots[k], at[k], place)
			if at[k] == len(slots[k]) {
				return // nothing stands behind any later start either
			}
			next := slots[k][at[k]]
			if next>>placeBits != place>>placeBits || next-place-1 > room {
				continue starts
			}
			room -= next - place - 1
			place = next
		}
		if !yield(at) {
			return
		}
	}
}

// after is the first of places from i on that stands behind a place. It steps wider and wider: the next is near mostly.
func after(places []uint64, i int, place uint64) int {
	for step := 1; i < len(places) && places[i] <= place; step *= 2 {
		if i+step >= len(places) || places[i+step] > place {
			n := min(step, len(places)-i)
			return i + sort.Search(n, func(k int) bool { return places[i+k] > place })
		}
		i += step
	}
	return i
}
