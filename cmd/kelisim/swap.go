package main

import (
	"context"
	"fmt"
	"strings"

	"kelisim/analysis"
	"kelisim/index"
	"kelisim/index/cluster"
)

// searched is what both sides of a comparison answer.
type searched interface {
	Search(ctx context.Context, r index.Request) (index.Result, error)
	Roll(ctx context.Context) (index.Roll, error)
}

const (
	// compared is how many headlines two indices are asked for, and comparedHits how many of the first hits must be the same.
	compared     = 50
	comparedHits = 5
	// comparedWords of a headline are asked for: more make a query slow, and tell nothing more.
	comparedWords = 6
)

// question is a request with words for people.
type question struct {
	says    string
	request index.Request
	id      string // of an article that must be found; "" none
}

// questions are what two indices are asked before one takes the other's place: all there is, in each order, and headlines of articles
// evenly from the first to the last.
func (s *site) questions(ctx context.Context) (out []question, err error) {
	for _, tab := range []index.Tab{index.Articles, index.Agreements} {
		for _, sort := range []index.Sort{index.Newest, index.Oldest} {
			out = append(out, question{fmt.Sprintf("all %s, %s first", tab, sort), index.Request{Tab: tab, Sort: sort, Size: comparedHits, Counts: true}, ""})
		}
	}
	ids, err := sampleIDs(ctx, s.archive, compared)
	if err != nil {
		return nil, err
	}
	articles, err := s.archive.Articles(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		a, ok := articles[id]
		if !ok || a.Damaged {
			continue
		}
		r := s.keeper.Read(a)
		if s.keeper.Sift != nil {
			if err := s.keeper.Sift(ctx, []*index.Record{r}); err != nil {
				return nil, err
			}
		}
		if all, says := headline(r); len(all) > 0 && !r.Left {
			out = append(out, question{says, index.Request{Tree: all, Tab: index.Articles, Sort: index.Relevance, Size: comparedHits, Counts: true}, id})
		}
	}
	return out, nil
}

// headline asks for the first words of an article's title, as the index has them.
func headline(r *index.Record) (all index.And, says string) {
	if r.Text == nil {
		return nil, ""
	}
	for _, t := range r.Text.Tokens {
		if terms := analysis.IndexTerms(t); t.End <= len(r.Article.Title) && len(terms) > 0 && len(all) < comparedWords {
			all = append(all, index.AnyTerm{Word: t.Surface, Terms: terms})
			says += " " + t.Surface
		}
	}
	return all, "«" + strings.TrimSpace(says) + "»"
}

// wholeOf is an error where a new index must not serve: it has not the articles of the archive, finds others than it has, or does not find one by
// its own headline.
func (s *site) wholeOf(ctx context.Context, fresh searched, asked []question) error {
	roll, err := fresh.Roll(ctx)
	if err != nil {
		return err
	}
	if c, ok := fresh.(*cluster.Engine); ok {
		if err := c.Whole(ctx); err != nil {
			return err
		}
	}
	seq, err := s.archive.Seq(ctx)
	if err != nil {
		return err
	}
	if e, ok := fresh.(index.Engine); ok && e.Seq() == seq {
		have, err := s.archive.Roll(ctx)
		if err != nil {
			return err
		}
		if have != roll {
			return fmt.Errorf("the new index has %s, the archive %d, or others", counted(roll.N, "article"), have.N)
		}
	}
	for _, q := range asked {
		if q.id == "" {
			continue
		}
		r := q.request
		r.Only, r.Size, r.Counts = []string{q.id}, 1, false
		found, err := fresh.Search(ctx, r)
		if err != nil {
			return err
		}
		if found.Total == 0 && !s.gone(ctx, q.id, found.Seq) {
			return fmt.Errorf("the new index does not find article %s by its headline, %s", q.id, q.says)
		}
	}
	return nil
}

// agree is an error where a new generation must not take the place of the serving one. Where the old one is no measure, or differing says so,
// what is answered otherwise is only told.
func (s *site) agree(ctx context.Context, old, fresh *cluster.Engine, suspect, differing bool) error {
	asked, err := s.questions(ctx)
	if err != nil {
		return err
	}
	if err := s.wholeOf(ctx, fresh, asked); err != nil {
		return err
	}
	if suspect && old.Seq() == 0 {
		return nil
	}
	others, n, err := differences(ctx, old, fresh, asked, true)
	if err != nil {
		if suspect {
			return nil // it cannot even be asked
		}
		return err
	}
	s.log.Info("the new index was compared with the serving one", "questions", n, "answered otherwise", len(others))
	for _, o := range others[:min(len(others), 5)] {
		s.log.Warn("the new index answers otherwise", "to", o)
	}
	if len(others) > 0 && !suspect && !differing {
		return fmt.Errorf("the new index answers %d of %d questions otherwise than the serving one, first: %s; nothing was changed; "+
			"to let it serve so: «kelisim reindex --differing»", len(others), n, others[0])
	}
	return nil
}

// gone reports whether an article is not in the archive any more, or is another there than it was: then it need not be found as it was.
func (s *site) gone(ctx context.Context, id string, since uint64) bool {
	n, err := s.archive.Changed(ctx, []string{id}, since)
	return err != nil || n > 0
}

// differences names what two indices answer otherwise to the same questions, where both are at the same change of the archive; n is
// how many questions could be compared. Where ranked is false, only what stands in the order of dates must stand in the same order.
func differences(ctx context.Context, old, fresh searched, asked []question, ranked bool) (out []string, n int, err error) {
	for _, q := range asked {
		a, err := old.Search(ctx, q.request)
		if err != nil {
			return out, n, err
		}
		b, err := fresh.Search(ctx, q.request)
		if err != nil {
			return out, n, err
		}
		if a.Seq != b.Seq {
			continue // one of them has taken in something
		}
		n++
		if says := index.Differ(a, b, ranked || q.request.Sort != index.Relevance); says != "" {
			out = append(out, q.says+": "+says)
		}
	}
	return out, n, nil
}

// sampleIDs are n of the archive's articles, evenly from the first to the last.
func sampleIDs(ctx context.Context, arch interface {
	Origins(ctx context.Context, yield func(id, origin string)) error
}, n int) (some []string, err error) {
	var ids []string
	if err := arch.Origins(ctx, func(id, _ string) { ids = append(ids, id) }); err != nil {
		return nil, err
	}
	step := max(1, len(ids)/n)
	for i := 0; i < len(ids) && len(some) < n; i += step {
		some = append(some, ids[i])
	}
	return some, nil
}
