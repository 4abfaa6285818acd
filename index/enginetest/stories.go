package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kelisim/analysis/story"
	"kelisim/index"
)

// storyOf is a story of articles that look alike to nobody but by their first run.
func storyOf(run uint32, articles ...string) index.Story {
	s := index.Story{ID: articles[0]}
	for i, id := range articles {
		s.Members = append(s.Members, index.Member{Article: id, Outlet: "baq", Sketch: story.Sketch{Lang: "kk", Day: 20000 + i, Runs: story.Set{run}}})
	}
	return s
}

// like are the texts of stories.
func like(stories ...index.Story) (out []*story.Sketch) {
	for _, s := range stories {
		for i := range s.Members {
			out = append(out, &s.Members[i].Sketch)
		}
	}
	return out
}

func givesBackStories(t *testing.T, open func(t *testing.T) Engine) {
	w := newWorld(rand.New(rand.NewPCG(5, 5)), 6)
	e := open(t)
	b := w.batch(1)
	one, two := storyOf(7, "n000", "n001"), storyOf(9, "n002")
	b.Stories = []index.Story{one, two}
	put(t, e, b)
	looked := func(l index.StoryLookup) string {
		t.Helper()
		found, err := e.Stories(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(found, func(a, b index.Story) int { return len(a.ID+a.Members[0].Article) - len(b.ID+b.Members[0].Article) })
		out := ""
		for _, s := range found {
			out += fmt.Sprintf("%+v", s)
		}
		return out
	}
	same := func(what string, l index.StoryLookup, want ...index.Story) {
		t.Helper()
		out := ""
		for _, s := range want {
			out += fmt.Sprintf("%+v", s)
		}
		if got := looked(l); got != out {
			t.Errorf("%s: %s, want %s", what, got, out)
		}
	}
	same("by an article", index.StoryLookup{Articles: []string{"n001"}}, one)
	same("by a text", index.StoryLookup{Like: like(two)}, two)
	same("by both", index.StoryLookup{Articles: []string{"n000", "n001"}, Like: like(one)}, one)
	same("by nothing", index.StoryLookup{})
	for _, r := range []index.Request{{Tab: index.Articles, Size: 100}, {Tab: index.Agreements, Size: 100, MinConfidence: index.Any}} {
		if res := search(t, e, r); res.Total != len(w.matching(r)) {
			t.Errorf("%s: stories are found: %v", r.Tab, ids(res))
		}
	}
	if stored, err := e.Stored(t.Context(), index.Lookup{IDs: []string{"n000"}, Groups: []string{"n000"}}); err != nil || len(stored) > 0 {
		t.Errorf("stories are agreements: %v, %v", stored, err)
	}
	both := storyOf(7, "n000", "n001", "n002")
	put(t, e, index.Batch{Seq: 2, Stories: []index.Story{both}, Dissolved: []string{"n002"}})
	same("that grew", index.StoryLookup{Articles: []string{"n002"}}, both)
	same("that is gone", index.StoryLookup{Like: like(two)})
}

// findsStoriesAlike: of stories in many batches, some told anew and some gone, all are found that have a member like a text, and none that has
// no trait of one.
func findsStoriesAlike(t *testing.T, open func(t *testing.T) Engine) {
	r := rand.New(rand.NewPCG(8, 8))
	e := open(t)
	sketch := func() story.Sketch {
		s := story.Sketch{Lang: pick(r, []string{"kk", "ru"}), Day: 20000 + r.IntN(80), Runs: story.Set{uint32(r.IntN(30))}}
		for kind := range s.Facts {
			for h := uint32(1); h < 24; h++ {
				if r.IntN(8) == 0 {
					s.Facts[kind] = append(s.Facts[kind], h<<12)
				}
			}
		}
		return s
	}
	live := map[string]index.Story{}
	found, left := 0, 0
	for seq := range 12 {
		b := index.Batch{Seq: uint64(seq + 1)}
		told := map[string]bool{}
		for range 40 {
			s := index.Story{ID: fmt.Sprintf("s%03d", r.IntN(150))}
			if told[s.ID] {
				continue
			}
			told[s.ID] = true
			if _, ok := live[s.ID]; ok && r.IntN(3) == 0 {
				b.Dissolved = append(b.Dissolved, s.ID)
				delete(live, s.ID)
				continue
			}
			for k := range 1 + r.IntN(3) {
				id := s.ID
				if k > 0 {
					id += fmt.Sprint("-", k)
				}
				s.Members = append(s.Members, index.Member{Article: id, Sketch: sketch()})
			}
			b.Stories, live[s.ID] = append(b.Stories, s), s
		}
		put(t, e, b)
		var texts []*story.Sketch
		near := map[uint32]bool{}
		for range 8 {
			s := sketch()
			if all := sortedKeys(live); r.IntN(2) == 0 {
				s = live[pick(r, all)].Members[0].Sketch
				s.Day += r.IntN(3)
			}
			texts = append(texts, &s)
			for _, x := range s.Near() {
				near[x] = true
			}
		}
		stories, err := e.Stories(t.Context(), index.StoryLookup{Like: texts})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, s := range stories {
			got[s.ID] = true
			if fmt.Sprintf("%+v", s) != fmt.Sprintf("%+v", live[s.ID]) {
				t.Errorf("after batch %d: %+v, want %+v", seq, s, live[s.ID])
			}
		}
		for id, s := range live {
			near, alike := shared(s, near), slices.ContainsFunc(s.Members, func(m index.Member) bool {
				return slices.ContainsFunc(texts, func(x *story.Sketch) bool {
					return m.Sketch.Likeness(x) >= story.Same && slices.ContainsFunc(x.Near(), func(t uint32) bool { return slices.Contains(m.Sketch.Traits(), t) })
				})
			})
			switch {
			case alike && !got[id]:
				t.Errorf("after batch %d: %s is not found, which is like a text", seq, id)
			case !near && got[id]:
				t.Errorf("after batch %d: %s is found, which shares nothing with a text", seq, id)
			case alike:
				found++
			case !near:
				left++
			}
		}
	}
	if found < 15 || left < 15 {
		t.Errorf("%d stories were like a text, %d unlike: too few to tell", found, left)
	}
}

// shared reports whether a story has one of some traits.
func shared(s index.Story, traits map[uint32]bool) bool {
	return slices.ContainsFunc(s.Members, func(m index.Member) bool {
		return slices.ContainsFunc(m.Sketch.Traits(), func(t uint32) bool { return traits[t] })
	})
}

func findsOnlyThose(t *testing.T, open func(t *testing.T) Engine) {
	r := rand.New(rand.NewPCG(6, 6))
	e, w := filled(t, open, r)
	for range 150 {
		req := randomRequest(r)
		req.Sort = pick(r, []index.Sort{index.Relevance, index.Newest, index.Oldest})
		all := search(t, e, req)
		req.Only = []string{"none"}
		for id := range w.articles {
			if r.IntN(3) == 0 {
				req.Only = append(req.Only, id)
			}
		}
		for id := range w.agreements {
			if r.IntN(3) == 0 {
				req.Only = append(req.Only, id)
			}
		}
		var want []string
		for _, h := range all.Hits {
			if slices.Contains(req.Only, h.ID) {
				want = append(want, fmt.Sprintf("%s %v %.9f", h.ID, h.Rest, h.Score))
			}
		}
		some := search(t, e, req)
		beside := req
		beside.Only, beside.Size = nil, 1+r.IntN(3)
		beside.Beside = func(hits []index.Scored) ([]string, error) {
			if len(hits) > beside.Size {
				t.Errorf("%d hits of %d", len(hits), beside.Size)
			}
			return req.Only, nil
		}
		var found []string
		for _, h := range search(t, e, beside).Beside {
			found = append(found, fmt.Sprintf("%s %v %.9f", h.ID, h.Rest, h.Score))
		}
		if !slices.Equal(found, want) {
			t.Fatalf("%s %v %+v beside %v:\n%v\nwant %v", req.Tab, req.Tree, req.Selection, req.Only, found, want)
		}
		var got []string
		for _, h := range some.Hits {
			got = append(got, fmt.Sprintf("%s %v %.9f", h.ID, h.Rest, h.Score))
		}
		if !slices.Equal(got, want) || some.Total+some.More != len(want) && !req.Full {
			t.Fatalf("%s %v %+v only %v:\n%d: %v\nwant %v", req.Tab, req.Tree, req.Selection, req.Only, some.Total, got, want)
		}
	}
}
