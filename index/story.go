package index

import (
	"cmp"
	"slices"

	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/relevance"
	"kelisim/analysis/story"
)

// Story is articles that tell one story: the same text in several outlets, or told anew, in other languages too. Each article that
// is found is in one, most of them alone.
type Story struct {
	ID      string   `json:"id"`      // of its earliest article: when an earlier one comes, that one's
	Members []Member `json:"members"` // the earliest first, the undated last
}

// Member is an article of a story with what tells it from others.
type Member struct {
	Article   string       `json:"article"` // id
	Published string       `json:"published,omitempty"`
	Outlet    string       `json:"outlet,omitempty"` // a key, or ""
	Sketch    story.Sketch `json:"sketch"`
}

// What packages that keep stories see of analysis/story.
type (
	StorySketch = story.Sketch
	StoryRoom   = story.Room
)

// Alike reports whether two texts tell one story.
func Alike(a, b *StorySketch) bool { return a.Likeness(b) >= story.Same }

// StoryLookup names stories: any of these is enough.
type StoryLookup struct {
	Articles []string
	// Like are texts: those stories are looked for that have a member which tells the same as one of them, and shares a trait with what is
	// near it (see [story.Sketch.Near]). An engine may give others that share one, and leave out those that are full.
	Like []*story.Sketch
}

// MostTold bounds a story: an outlet that publishes one page a thousand times makes several.
const MostTold = 100 // articles

// Full reports whether a story takes nobody more: it has half of what it may have. So of articles that are all alike there is one story at most that
// is not full, two of those being one, and who is new is compared with it alone, not with all ten thousand. Engines do not look for full ones
// by what they are like.
func (s *Story) Full() bool { return len(s.Members) >= MostTold/2 }

// MemberOf makes a record a member of stories.
func MemberOf(r *Record) Member {
	a := r.Article
	m := Member{Article: a.ID, Published: a.Published.String(), Outlet: r.Outlet}
	if r.Text == nil {
		return m
	}
	m.Sketch = story.Of(StoryReading(r))
	return m
}

// StoryReading is what stories look at of a record with its text.
func StoryReading(r *Record) story.Reading {
	a := r.Article
	reading := story.Reading{Text: r.Text, Mentions: r.Mentions, Topics: relevance.Concepts(r.Text)}
	if a.Published.Day > 0 {
		reading.Day = a.Published.First()
	}
	for _, g := range r.Agreements {
		if PercentOf(Confidence(g)) >= Shown {
			for _, e := range deeds.Told(g) {
				for _, group := range e.Groups() {
					reading.Deeds = append(reading.Deeds, group, group+" "+g.Kind)
				}
			}
		}
	}
	return reading
}

// Stories puts articles into stories anew: those that changed, and the members of the stories that they were in or may be in now.
// Two of one story are alike, or each is alike one that is. In what order they came makes no difference, but for full stories.
func Stories(old []Story, changed []Member, gone map[string]bool) []Story {
	all := make([]*Member, len(changed), len(changed)+len(old))
	for i := range changed {
		all[i] = &changed[i]
	}
	from := make([]int, len(changed), len(changed)+len(old)) // the old story of each, counted from 1; 0 of what changed
	broken := map[int]bool{}                                 // old stories that lost a member
	for i, s := range old {
		for j := range s.Members {
			if gone[s.Members[j].Article] {
				broken[i+1] = true
				continue
			}
			all, from = append(all, &s.Members[j]), append(from, i+1)
		}
	}
	u := unions{make([]int, len(all)), make([]int, len(all))}
	near := make([][]uint32, len(all)) // of what changed; the others are looked at from the side of what did
	by := map[uint32][]int{}           // traits that one of them looks for: of what was there before most look for none
	for i := range all {
		if from[i] == 0 || broken[from[i]] {
			near[i] = all[i].Sketch.Near()
			for _, t := range near[i] {
				by[t] = nil
			}
		}
	}
	last := map[int]int{}
	for i := range all {
		u.of[i], u.size[i] = i, 1
		k := from[i]
		if k == 0 || broken[k] || !old[k-1].Full() { // a full story takes nobody: who is like it need not be compared
			for _, t := range all[i].Sketch.Traits() {
				if has, ok := by[t]; ok {
					by[t] = append(has, i)
				}
			}
		}
		if k > 0 && !broken[k] {
			if j, ok := last[k]; ok {
				u.join(i, j)
			}
			last[k] = i
		}
	}
	type pair struct {
		i, j  int
		alike float64
	}
	var pairs []pair
	seen := make([]int, len(all)) // by whom it was compared last, counted from 1
	for i := range all {
		seen[i] = i + 1
		for _, t := range near[i] {
			for _, j := range by[t] {
				if seen[j] != i+1 {
					seen[j] = i + 1
					if l := all[i].Sketch.Likeness(&all[j].Sketch); l >= story.Same {
						pairs = append(pairs, pair{i, j, l})
					}
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(all[a.i].Article, all[b.i].Article), cmp.Compare(all[a.j].Article, all[b.j].Article))
	})
	for _, p := range pairs {
		u.join(p.i, p.j)
	}
	out := map[int][]int{} // members by their set
	for i := range all {
		root := u.root(i)
		out[root] = append(out[root], i)
	}
	stories := make([]Story, 0, len(out))
	for _, in := range out {
		if k := from[in[0]]; k > 0 && !broken[k] && len(in) == len(old[k-1].Members) && from[in[len(in)-1]] == k {
			stories = append(stories, old[k-1]) // nobody joined it: most are so
			continue
		}
		var s Story
		for _, i := range in {
			s.Members = append(s.Members, *all[i])
		}
		slices.SortFunc(s.Members, earlier)
		s.ID = s.Members[0].Article
		stories = append(stories, s)
	}
	slices.SortFunc(stories, func(a, b Story) int { return cmp.Compare(a.ID, b.ID) })
	return stories
}

func earlier(a, b Member) int {
	if (a.Published == "") != (b.Published == "") {
		return cmp.Compare(b.Published, a.Published)
	}
	return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.Article, b.Article))
}

// unions are sets that grow together.
type unions struct{ of, size []int }

func (u unions) root(i int) int {
	for u.of[i] != i {
		u.of[i] = u.of[u.of[i]]
		i = u.of[i]
	}
	return i
}

func (u unions) join(i, j int) {
	if i, j = u.root(i), u.root(j); i != j && u.size[i]+u.size[j] <= MostTold {
		u.of[j] = i
		u.size[i] += u.size[j]
	}
}
