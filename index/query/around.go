package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"kelisim/index"
)

const (
	// sameStory is how far apart articles may be that tell one story: news of a deed go round within a week.
	sameStory = 7 // days
	// askedTerms bounds the words of an article that are looked up, and tellingTerms and tellingBodies those that it is
	// compared by, so that the longest costs no more than a page of results.
	askedTerms    = 48
	tellingTerms  = 12
	tellingBodies = 6
	// alike is the share of these that a similar article must hold, by what they are worth.
	alike       = .2
	neighbours  = 12 // of each kind, at most
	similarMost = 6
)

// Version gives an article in one of its states; ok is false where there is none.
func (s *Searcher) Version(ctx context.Context, id string, number int) (index.Article, bool, error) {
	a, ok, err := s.Texts.Version(ctx, id, number)
	if err == nil && a.Damaged {
		err = fmt.Errorf("its archived text is damaged")
	}
	if err != nil {
		return a, false, fmt.Errorf("read version %d of article %s: %w", number, id, err)
	}
	return a, ok, nil
}

// Around gives what stands around an article: others that tell the same story, and those that tell one of its agreements within a week of
// it, the earliest first; and others about the same: those that tell one of its agreements at another time, then those that have
// most of its telling words and bodies.
func (s *Searcher) Around(ctx context.Context, v index.View) (same, similar []index.Neighbour, err error) {
	shared, err := s.sharing(ctx, v)
	if err != nil {
		return nil, nil, fmt.Errorf("look around article %s: %w", v.Record.Article.ID, err)
	}
	own, id := v.Record.Article.Published, v.Record.Article.ID
	t, err := s.stories(ctx, []index.Scored{{ID: id}})
	if err != nil {
		return nil, nil, fmt.Errorf("look around article %s: %w", id, err)
	}
	story := t.of[id].ID
	var rest []index.Neighbour
	for _, m := range t.of[id].Members {
		if m.Article != id && !slices.ContainsFunc(shared, func(n index.Neighbour) bool { return n.ID == m.Article }) {
			rest = append(rest, index.Neighbour{ID: m.Article, Lang: m.Sketch.Lang, Outlet: m.Outlet})
		}
	}
	if rest, err = s.introduce(ctx, rest); err != nil {
		return nil, nil, fmt.Errorf("look around article %s: %w", id, err)
	}
	shared = append(shared, rest...)
	slices.SortStableFunc(shared, byDate)
	for _, n := range shared {
		if t.of[n.ID].ID == story && story != "" || oneStory(own, n.Published) {
			same = append(same, n)
		} else {
			similar = append(similar, n)
		}
	}
	same = same[:min(len(same), neighbours)]
	similar = similar[:min(len(similar), similarMost)]
	known := map[string]bool{v.Record.Article.ID: true}
	for _, n := range shared {
		known[n.ID] = true
	}
	more, err := s.similarTo(ctx, v, known, similarMost-len(similar))
	if err != nil {
		return nil, nil, fmt.Errorf("look around article %s: %w", v.Record.Article.ID, err)
	}
	return same, append(similar, more...), nil
}

// oneStory reports whether two dates may be of one story; of an article without a date nothing is known.
func oneStory(a, b index.Date) bool {
	if a.IsZero() || b.IsZero() {
		return false
	}
	return a.First()-b.Last() <= sameStory && b.First()-a.Last() <= sameStory
}

// sharing are the other articles that tell agreements of this one, the earliest first, the undated last.
func (s *Searcher) sharing(ctx context.Context, v index.View) ([]index.Neighbour, error) {
	id := v.Record.Article.ID
	stored, err := s.toldBy(ctx, []string{id}, index.Shown)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	var out []index.Neighbour
	for _, a := range stored[id] {
		seen := map[string]bool{id: true}
		for _, e := range a.Evidence {
			if seen[e.Article] {
				continue
			}
			seen[e.Article] = true
			i, ok := at[e.Article]
			if !ok {
				i = len(out)
				at[e.Article] = i
				out = append(out, index.Neighbour{ID: e.Article, Lang: e.Lang, Outlet: e.Outlet})
			}
			out[i].Shared++
		}
	}
	if out, err = s.introduce(ctx, out); err != nil {
		return nil, err
	}
	return out, nil
}

// byDate puts the earliest first, the undated last.
func byDate(a, b index.Neighbour) int {
	if a.Published.IsZero() != b.Published.IsZero() {
		return cmp.Compare(b.Published.Year, a.Published.Year)
	}
	return cmp.Or(cmp.Compare(a.Published.First(), b.Published.First()), cmp.Compare(a.ID, b.ID))
}

// introduce adds titles and dates; what was removed is left out.
func (s *Searcher) introduce(ctx context.Context, in []index.Neighbour) ([]index.Neighbour, error) {
	var ids []string
	for _, n := range in {
		ids = append(ids, n.ID)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	texts, err := s.texts(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []index.Neighbour
	for _, n := range in {
		if a, ok := texts[n.ID]; ok && !a.Damaged {
			n.Source, n.StatedOutlet = sourceOf(a), a.Outlet
			out = append(out, n)
		}
	}
	return out, nil
}

// similarTo are articles that have most of what tells this one from others.
func (s *Searcher) similarTo(ctx context.Context, v index.View, known map[string]bool, most int) ([]index.Neighbour, error) {
	if most <= 0 {
		return nil, nil
	}
	tree, err := s.telling(ctx, v.Record)
	if err != nil || tree == nil {
		return nil, err
	}
	res, err := s.Engine.Search(ctx, index.Request{Tree: tree, Tab: index.Articles, Sort: index.Relevance, Size: most + len(known), MinConfidence: index.Shown})
	if err != nil {
		return nil, err
	}
	var out []index.Neighbour
	for _, h := range res.Hits {
		if !known[h.ID] && len(out) < most {
			out = append(out, index.Neighbour{ID: h.ID, Lang: first(h.Values["lang"]), Outlet: first(h.Values["outlet"])})
		}
	}
	return s.introduce(ctx, out)
}

// telling is a tree of the words and bodies that tell an article from others: often here, seldom elsewhere. It is nil where no
// other article has any of them.
func (s *Searcher) telling(ctx context.Context, r index.Record) (index.Tree, error) {
	words := wordsOf(r)
	var terms [][]string
	for _, w := range words {
		terms = append(terms, w.terms)
	}
	n, err := s.Engine.Frequencies(ctx, index.Articles, index.Shown, terms)
	if err != nil {
		return nil, err
	}
	all, err := s.Engine.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Newest, MinConfidence: index.Shown})
	if err != nil {
		return nil, err
	}
	for i := range words {
		if n[i] > 1 { // else it is in this article only
			words[i].weight *= math.Log(1 + float64(all.Total)/float64(n[i]))
		} else {
			words[i].weight = 0
		}
	}
	slices.SortStableFunc(words, func(a, b tellingWord) int { return cmp.Compare(b.weight, a.weight) })
	var of []index.Tree
	for _, w := range words[:min(len(words), tellingTerms)] {
		if w.weight > 0 {
			of = append(of, index.AnyTerm{Word: w.word, Terms: w.terms})
		}
	}
	of = append(of, s.bodiesOf(r)...)
	if len(of) == 0 {
		return nil, nil
	}
	return index.Enough{Share: alike, Of: of, Loose: true}, nil
}

type tellingWord struct {
	word   string
	terms  []string
	weight float64
}

// wordsOf are the commonest words of an article, stop words aside; one of its headline counts thrice.
func wordsOf(r index.Record) []tellingWord {
	if r.Text == nil {
		return nil
	}
	at := map[string]int{}
	var out []tellingWord
	for _, t := range r.Text.Tokens {
		if t.Stop || len(t.Terms) == 0 || len([]rune(t.Form)) < 3 {
			continue
		}
		i, ok := at[t.Terms[0]]
		if !ok {
			i = len(out)
			at[t.Terms[0]] = i
			out = append(out, tellingWord{word: t.Form, terms: t.Terms})
		}
		out[i].weight++
		if t.Start < len(r.Article.Title) {
			out[i].weight += 2
		}
	}
	slices.SortStableFunc(out, func(a, b tellingWord) int { return cmp.Compare(b.weight, a.weight) })
	out = out[:min(len(out), askedTerms)]
	for i := range out {
		out[i].weight = math.Sqrt(out[i].weight)
	}
	return out
}

// bodiesOf are the institutions that an article names most, each by its name as written there and by its key.
func (s *Searcher) bodiesOf(r index.Record) (out []index.Tree) {
	if r.Text == nil {
		return nil
	}
	count := map[string]int{}
	var ms []index.Mention
	for _, m := range r.Mentions {
		if m.Listed() {
			if count[m.Key]++; count[m.Key] == 1 {
				ms = append(ms, m)
			}
		}
	}
	slices.SortStableFunc(ms, func(a, b index.Mention) int { return cmp.Compare(count[b.Key], count[a.Key]) })
	for _, m := range ms[:min(len(ms), tellingBodies)] {
		name := index.Name{Keys: []index.Value{{Facet: "institution", Key: m.Key}}, Weight: s.weights().NameWeight}
		for _, t := range r.Text.Tokens {
			if t.Start >= m.Start && t.End <= m.End && len(t.Terms) > 0 {
				name.Words = append(name.Words, index.AnyTerm{Word: strings.ToLower(t.Form), Terms: t.Terms})
			}
		}
		if len(name.Words) > 0 {
			out = append(out, name)
		}
	}
	return out
}
