package query

import (
	"context"
	"fmt"

	"kelisim/index"
)

// mostOthers bounds what is shown of the longest stories: each has a text to be read.
const mostOthers = 12

// tales are the stories of a page.
type tales struct {
	of   map[string]index.Story // article → its story
	fits map[string]bool        // articles of these stories that the query finds; nil where nothing is folded
}

// stories looks up the stories of some hits.
func (s *Searcher) stories(ctx context.Context, hits []index.Scored) (tales, error) {
	t := tales{of: map[string]index.Story{}}
	var l index.StoryLookup
	for _, h := range hits {
		l.Articles = append(l.Articles, h.ID)
	}
	if len(l.Articles) == 0 {
		return t, nil
	}
	found, err := s.Engine.Stories(ctx, l)
	if err != nil {
		return t, fmt.Errorf("look up stories: %w", err)
	}
	for _, x := range found {
		for _, m := range x.Members {
			t.of[m.Article] = x
		}
	}
	return t, nil
}

// folding looks up the stories of the hits of a page, and gives the articles that have to be found in the whole list to fold them.
func (s *Searcher) folding(ctx context.Context, hits []index.Scored) (t tales, members []string, err error) {
	if t, err = s.stories(ctx, hits); err != nil {
		return t, nil, err
	}
	t.fits = map[string]bool{}
	seen := map[string]bool{}
	for _, h := range hits {
		if x := t.of[h.ID]; len(x.Members) > 1 && !seen[x.ID] {
			seen[x.ID] = true
			for _, m := range x.Members {
				members = append(members, m.Article)
			}
		}
	}
	return t, members, nil
}

// fold leaves of the hits of a page those that are the first of their story in the whole list, so that over all pages each story stands
// once, and none is passed over: the engine has told where in the list their stories' articles stand, and t is what req.Beside found. Where
// the list is not the one that the reader began, since articles have come, a story that an earlier page may have shown is shown again: better
// twice than never. A page of which nothing is left is passed.
func (s *Searcher) fold(ctx context.Context, req index.Request, began *index.Cursor, res *index.Result, t *tales) (folded int, err error) {
	for {
		if len(res.Beside) == 0 {
			return folded, nil
		}
		order := res.Beside
		for _, h := range order {
			t.fits[h.ID] = true
		}
		if began != nil && began.Seq != res.Seq {
			order = res.Hits
		}
		head := map[string]string{}
		for _, h := range order {
			if id := t.of[h.ID].ID; id != "" && head[id] == "" {
				head[id] = h.ID
			}
		}
		var left []index.Scored
		for _, h := range res.Hits {
			if first := head[t.of[h.ID].ID]; first == "" || first == h.ID {
				left = append(left, h)
			}
		}
		folded += len(res.Hits) - len(left)
		if res.Hits = left; len(left) > 0 || res.Next == nil {
			return folded, nil
		}
		req.After, req.Counts = res.Next, false
		next, err := s.Engine.Search(ctx, req)
		if err != nil {
			return 0, fmt.Errorf("search: %w", err)
		}
		res.Hits, res.Beside, res.Next = next.Hits, next.Beside, next.Next
	}
}

// shown are the articles that a page shows something of: hits and, where they are folded, who else tells their stories.
func (t tales) shown(hits []index.Scored) (ids []string) {
	for _, h := range hits {
		ids = append(ids, h.ID)
		if t.fits == nil {
			continue
		}
		n := 0
		for _, m := range t.of[h.ID].Members {
			if m.Article != h.ID && n < mostOthers {
				n++
				ids = append(ids, m.Article)
			}
		}
	}
	return ids
}

// others adds to folded hits who else tells their story, and what they tell otherwise: told has what each tells.
func (s *Searcher) others(ctx context.Context, hits []index.Hit, t tales, told map[string][]index.Agreement) error {
	var all []index.Neighbour
	for i := range hits {
		h := &hits[i]
		if h.Story = t.of[h.ID].ID; t.fits == nil {
			continue
		}
		n := 0
		for _, m := range t.of[h.ID].Members {
			if m.Article == h.ID {
				continue
			}
			if n++; n > mostOthers {
				h.More++
				continue
			}
			all = append(all, index.Neighbour{ID: m.Article, Lang: m.Sketch.Lang, Outlet: m.Outlet, Outside: !t.fits[m.Article]})
		}
	}
	if len(all) == 0 {
		return nil
	}
	all, err := s.introduce(ctx, all)
	if err != nil {
		return fmt.Errorf("read texts of stories: %w", err)
	}
	at := make(map[string]*index.Neighbour, len(all))
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	for i := range hits {
		h := &hits[i]
		shown := []string{h.ID}
		for _, m := range t.of[h.ID].Members {
			if n, ok := at[m.Article]; ok && m.Article != h.ID {
				h.Others, shown = append(h.Others, *n), append(shown, n.ID)
			}
		}
		if len(shown) > 1 {
			h.Differences = index.Differences(shown, told)
		}
	}
	return nil
}
