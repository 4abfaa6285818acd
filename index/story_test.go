package index_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kelisim/analysis/story"
	"kelisim/index"
)

// shelf keeps stories in a map.
type shelf map[string]index.Story

func (s shelf) look(articles map[string]bool, traits []uint32) (out []index.Story) {
	for _, x := range s {
		if slices.ContainsFunc(x.Members, func(m index.Member) bool {
			return articles[m.Article] || slices.ContainsFunc(m.Sketch.Traits(), func(t uint32) bool { return slices.Contains(traits, t) })
		}) {
			out = append(out, x)
		}
	}
	return out
}

// told is an article that is like others of its day by what it tells.
func told(id string, day int, lang string, people ...uint32) index.Member {
	m := index.Member{Article: id, Published: index.Day(day).String(), Sketch: story.Sketch{Lang: lang, Day: day}}
	const names, numbers = 4, 5
	m.Sketch.Facts[names], m.Sketch.Facts[numbers] = people, people
	return m
}

// Whatever comes, changes and goes in whatever batches: stories are what putting all articles together at once gives.
func TestStoriesKeptAsAtOnce(t *testing.T) {
	joined := 0
	rapid.Check(t, func(t *rapid.T) {
		kept, live := shelf{}, map[string]index.Member{}
		for range rapid.IntRange(1, 8).Draw(t, "batches") {
			gone := map[string]bool{}
			var changed []index.Member
			var near []uint32
			for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 9), 1, 4, rapid.ID).Draw(t, "articles") {
				id := fmt.Sprint("kk", n)
				gone[id] = true
				delete(live, id)
				if rapid.IntRange(0, 3).Draw(t, "stays") > 0 {
					first := rapid.Uint32Range(1, 6).Draw(t, "people")
					m := told(id, rapid.IntRange(20000, 20012).Draw(t, "day"), rapid.SampledFrom([]string{"kk", "ru"}).Draw(t, "lang"), first, first+1, first+2)
					live[id] = m
					changed, near = append(changed, m), append(near, m.Sketch.Near()...)
				}
			}
			old := kept.look(gone, near)
			for _, s := range old {
				delete(kept, s.ID)
			}
			for _, s := range index.Stories(old, changed, gone) {
				kept[s.ID] = s
			}
		}
		all := slices.SortedFunc(maps.Values(live), func(a, b index.Member) int { return len(a.Article) - len(b.Article) })
		want := index.Stories(nil, all, nil)
		if joined += len(all) - len(want); len(want) != len(kept) {
			t.Fatalf("%d stories, want %d", len(kept), len(want))
		}
		for _, s := range want {
			if fmt.Sprint(kept[s.ID]) != fmt.Sprint(s) {
				t.Fatalf("kept %v, want %v", kept[s.ID], s)
			}
		}
	})
	if joined == 0 {
		t.Error("no two articles were one story")
	}
}

// A page that is published a thousand times makes stories of bounded size, whatever comes in what order.
func TestStoriesAreBounded(t *testing.T) {
	var all []index.Member
	for i := range 1000 {
		all = append(all, told(fmt.Sprintf("kk%04d", i), 20000, "kk", 1, 2, 3))
	}
	most := 0
	for _, s := range index.Stories(nil, all, nil) {
		most = max(most, len(s.Members))
	}
	if most > index.MostTold || most < 2 {
		t.Errorf("a story of %d articles", most)
	}
	kept, there := shelf{}, 0
	for part := range slices.Chunk(all, 100) {
		old := kept.look(nil, part[0].Sketch.Near())
		for _, s := range old {
			delete(kept, s.ID)
		}
		for _, s := range index.Stories(old, part, nil) {
			kept[s.ID] = s
		}
	}
	for _, s := range kept {
		if there += len(s.Members); len(s.Members) > index.MostTold {
			t.Errorf("a story of %d articles", len(s.Members))
		}
	}
	if there != len(all) || len(kept) > len(all)/10 {
		t.Errorf("%d of %d articles in %d stories", there, len(all), len(kept))
	}
}

// An article's story is known as soon as the article is, in an index of its own too, and forgotten with it.
func TestKeeperTellsStories(t *testing.T) {
	e := &telling{shelf: shelf{}}
	step := func(id, body string) {
		e.seq++
		c := index.Change{Seq: e.seq, ID: id}
		if body != "" {
			a := article(id, "2025-11-17", body)
			c.Article = &a
		}
		k := index.Keeper{Archive: changes{c}, Engine: e, Read: func(a index.Article) *index.Record {
			e.seq = c.Seq
			return &index.Record{Article: a}
		}}
		e.seq--
		if _, err := k.CatchUp(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	step("kk1", "бір")
	step("kk2", "екі")
	if len(e.shelf) != 2 || e.shelf["kk1"].Members[0].Published != "2025-11-17" {
		t.Fatalf("stories %v", e.shelf)
	}
	step("kk1", "")
	if len(e.shelf) != 1 {
		t.Errorf("a removed article stays: %v", e.shelf)
	}
}

// telling is an engine that keeps stories.
type telling struct {
	seq uint64
	shelf
}

func (e *telling) Seq() uint64 { return e.seq }

func (e *telling) Stored(context.Context, index.Lookup) ([]index.Agreement, error) { return nil, nil }

func (e *telling) Stories(_ context.Context, l index.StoryLookup) ([]index.Story, error) {
	asked := map[string]bool{}
	for _, id := range l.Articles {
		asked[id] = true
	}
	var traits []uint32
	for _, s := range l.Like {
		traits = append(traits, s.Near()...)
	}
	return e.look(asked, traits), nil
}

func (e *telling) Tellers(context.Context, []string, map[string]bool) ([]string, error) {
	return nil, nil
}

func (e *telling) Put(_ context.Context, b index.Batch) error {
	e.seq = b.Seq
	for _, id := range b.Dissolved {
		delete(e.shelf, id)
	}
	for _, s := range b.Stories {
		e.shelf[s.ID] = s
	}
	return nil
}
