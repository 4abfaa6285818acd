package index_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kelisim/analysis"
	"kelisim/index"
)

// combined tries all combinations: what EachPhrase must find, at a price that nobody may pay.
func combined(slots [][]uint64, at []int, place, room uint64) bool {
	n := len(at)
	if n == len(slots) {
		return true
	}
	for i, next := range slots[n] {
		if next > place && next>>32 == place>>32 && next-place-1 <= room && combined(slots, append(at, i), next, room-(next-place-1)) {
			return true
		}
	}
	return false
}

func TestEachPhraseFindsWhatCombinationsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var slots [][]uint64
		for range rapid.IntRange(1, 4).Draw(t, "slots") {
			places := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) uint64 {
				return index.Place(rapid.IntRange(0, 2).Draw(t, "paragraph"), rapid.IntRange(0, 12).Draw(t, "position"))
			}), 0, 12).Draw(t, "places")
			slices.Sort(places)
			slots = append(slots, slices.Compact(places))
		}
		slop := rapid.IntRange(0, 5).Draw(t, "slop")
		var got, want []uint64
		index.EachPhrase(slots, slop, func(at []int) bool { got = append(got, slots[0][at[0]]); return true })
		for i, start := range slots[0] {
			if combined(slots, []int{i}, start, uint64(slop)) {
				want = append(want, start)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v ~%d begins at %v, want %v", slots, slop, got, want)
		}
	})
}

// These run for minutes, or for ever, where phrases are found by trying.
func TestMarksOfHostilePhrases(t *testing.T) {
	balls := analysis.Read(strings.Repeat("балл ", 60), analysis.KK)
	many := analysis.Read(strings.Repeat("балл және ", 50_000), analysis.KK)
	slot := func(w string, n int) [][]string {
		return slices.Repeat([][]string{analysis.QueryTerms(analysis.Split(w)[0])}, n)
	}
	none := index.Phrase{Slots: append(slot("балл", 5), slot("жоқсөз", 1)...), Slop: 50}
	for _, tt := range []struct {
		name string
		tree index.Tree
		x    *analysis.Text
		want int // marks
	}{
		{"five of sixty and one that is not there", index.Or{none, word("балл")}, balls, 60},
		{"the same in a long text", index.Or{none, word("балл")}, many, 50_000},
		{"one word as often as a phrase may be long", index.Phrase{Slots: slot("және", index.MaxSlots), Slop: 50}, many, 0},
		{"the same with all the room it needs", index.Phrase{Slots: slot("және", index.MaxSlots), Slop: index.MaxSlots}, many, 50_000},
		{"more words than a phrase may have", index.Phrase{Slots: slot("және", 100_000), Slop: 50}, many, 0},
		{"a phrase that stands everywhere", index.Phrase{Slots: append(slot("балл", 1), slot("және", 1)...)}, many, 100_000},
		{"a word asked for again and again", slices.Repeat(index.And{word("балл")}, 1000), many, 50_000},
	} {
		if got := len(index.Marks(tt.tree, tt.x, nil)); got != tt.want {
			t.Errorf("%s: %d marks, want %d", tt.name, got, tt.want)
		}
	}
}

// What is marked is why a document was found: the sentence that has all words, the title where that was asked for, and where
// the word itself is missing its translation.
func TestMarksShowWhyItWasFound(t *testing.T) {
	x := analysis.Read("Келісім мен Таллин\nКелісім жасалды. Таллин қаласында келісім бар. Таллин үлкен.", analysis.KK)
	one := func(w string) index.Phrase {
		return index.Phrase{Slots: [][]string{analysis.QueryTerms(analysis.Split(w)[0])}}
	}
	titled := word("келісім").(index.AnyTerm)
	titled.Title = true
	missing := index.AnyTerm{Terms: []string{"договор"}, Near: []index.Near{
		{Term: analysis.QueryTerms(analysis.Split("келісім")[0])[0], Weight: .9}, {Term: "таллин", Weight: .1},
	}}
	for _, tt := range []struct {
		tree index.Tree
		want string
	}{
		{index.Sentence{Of: []index.Phrase{one("таллин"), one("келісім"), one("бар")}}, "Таллин келісім бар"},
		{titled, "Келісім"},
		{missing, "Келісім Келісім келісім"},
	} {
		var got []string
		for _, m := range index.Marks(tt.tree, x, nil) {
			got = append(got, x.Source[m.Start:m.End])
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%v marks %q, want %q", tt.tree, s, tt.want)
		}
	}
}
