package local_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

// hostileEngine holds long texts of few words.
func hostileEngine(t *testing.T) *local.Engine {
	e := open(t, t.TempDir())
	for n := range uint64(3) {
		b := index.Batch{Seq: n + 1}
		for i := range 40 {
			b.Articles = append(b.Articles, enginetest.NewRecord(fmt.Sprintf("%d-%02d", n, i), "балл", strings.Repeat("және балл балл және ", 500)+fmt.Sprint("w", i)))
		}
		if err := e.Put(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func slots(w string, n int) [][]string { return slices.Repeat([][]string{{w, "kk:" + w}}, n) }

func anyOf(w ...string) index.AnyTerm { return index.AnyTerm{Word: w[0], Terms: w} }

func nested(depth int, t index.Tree) index.Tree {
	for range depth {
		t = index.Or{index.And{t}}
	}
	return t
}

// None of these may hurt others: what each takes is bounded by what it allocates in all, and those that try all
// combinations never end.
func TestHostileRequests(t *testing.T) {
	e := hostileEngine(t)
	none := index.Phrase{Slots: append(slots("балл", 5), []string{"жоқсөз"}), Slop: 50}
	var near index.Enough
	for i := range 64 {
		w := anyOf(fmt.Sprint("w", i))
		for k := range 30 {
			w.Near = append(w.Near, index.Near{Term: fmt.Sprint("w", k), Weight: .5, Likeness: .5})
		}
		near.Of = append(near.Of, w)
	}
	for _, tt := range []struct {
		name string
		r    index.Request
		want int // total; -1 an error
	}{
		{"all combinations of a word", index.Request{Tree: index.Or{none, anyOf("балл")}}, 120},
		{"a word as often as a phrase may be long", index.Request{Tree: index.Phrase{Slots: slots("және", index.MaxSlots), Slop: index.MaxSlop}}, 0},
		{"the same where it stands", index.Request{Tree: index.Phrase{Slots: slots("және", index.MaxSlots), Slop: 2 * index.MaxSlots}}, 120},
		{"more words than a phrase may have", index.Request{Tree: index.Phrase{Slots: slots("және", 100_000)}}, -1},
		{"room for everything", index.Request{Tree: index.Phrase{Slots: slots("және", 30), Slop: math.MaxInt}}, 120},
		{"many phrases", index.Request{Tree: slices.Repeat(index.And{index.Phrase{Slots: slots("балл", 2)}}, 32)}, 120},
		{"one word 64 times", index.Request{Tree: index.Enough{Share: .2, Of: slices.Repeat([]index.Tree{anyOf("балл", "kk:балл")}, 64)}}, 120},
		{"64 words with thirty like each", index.Request{Tree: near}, 0},
		{"deeper than a tree may be", index.Request{Tree: nested(5000, anyOf("балл"))}, -1},
		{"as deep as it may be", index.Request{Tree: nested(99, anyOf("балл"))}, 120},
		{"the largest page", index.Request{Tree: anyOf("және"), Size: math.MaxInt}, 120},
		{"behind the last", index.Request{Tree: anyOf("және"), Size: 100, After: &index.Cursor{Score: -1, ID: "\xff"}}, 120},
		{"all but everything", index.Request{Tree: index.And{index.Not{Of: anyOf("балл")}, index.Not{Of: anyOf("және")}}}, 0},
		{"an endless word", index.Request{Tree: anyOf(strings.Repeat("ә", 1<<20))}, 0},
		{"a hundred thousand chosen values", index.Request{Selection: index.Selection{Include: map[string][]string{"country": make([]string, 100_000)}}}, 0},
	} {
		tt.r.Tab, tt.r.Sort, tt.r.Counts = index.Articles, index.Relevance, true
		tt.r.Size = max(tt.r.Size, 20)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		res, err := e.Search(t.Context(), tt.r)
		runtime.ReadMemStats(&after)
		if (err != nil) != (tt.want < 0) || err == nil && res.Total != tt.want {
			t.Errorf("%s: total %d, error %v, want %d", tt.name, res.Total, err, tt.want)
		}
		const most = 100 << 20
		if took := after.TotalAlloc - before.TotalAlloc; took > most {
			t.Errorf("%s allocates %d MB", tt.name, took>>20)
		}
	}
}

// impatient is done after so many looks at it.
type impatient struct {
	context.Context
	looks int
}

func (c *impatient) Err() error {
	if c.looks--; c.looks < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// A request that takes long looks at its deadline all the way: however many looks it is given less than it takes, it stops.
func TestDeadlineIsLookedAt(t *testing.T) {
	e := hostileEngine(t)
	for name, tree := range map[string]index.Tree{
		"phrase": index.Phrase{Slots: slots("және", 2), Slop: 3},
		"words":  index.Enough{Share: .1, Of: []index.Tree{anyOf("балл"), index.AnyTerm{Terms: []string{"және"}, Near: []index.Near{{Term: "w1", Weight: .5}}}}},
		"empty":  nil,
	} {
		r := index.Request{Tree: tree, Tab: index.Articles, Sort: index.Relevance, Size: 100, Counts: true}
		stopped := 0
		for looks := 0; ; looks++ {
			_, err := e.Search(&impatient{t.Context(), looks}, r)
			if err == nil {
				break
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("%s: %v", name, err)
			}
			stopped++
		}
		t.Logf("%s: %d looks", name, stopped)
		if stopped < 6 {
			t.Errorf("%s: %d looks at the deadline", name, stopped)
		}
	}
}
