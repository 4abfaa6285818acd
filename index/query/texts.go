package query

import (
	"context"
	"fmt"

	"kelisim/index"
)

// texts gives the current state of those articles that exist. One that the index has and the archive has not was removed since the
// index was brought up to date, which the archive tells by a later change of it. Where it tells none, it is not the archive that was
// indexed, and an answer without the article would be a wrong one: the error is [index.ErrOtherArchive].
func (s *Searcher) texts(ctx context.Context, ids []string) (map[string]index.Article, error) {
	found, err := s.Texts.Articles(ctx, ids)
	if err != nil {
		return nil, err
	}
	var lacking []string
	seen := map[string]bool{}
	for _, id := range ids {
		if _, ok := found[id]; !ok && !seen[id] {
			seen[id] = true
			lacking = append(lacking, id)
		}
	}
	if len(lacking) == 0 {
		return found, nil
	}
	held, seq, err := s.Engine.Holds(ctx, lacking)
	if err != nil || len(held) == 0 {
		return found, err
	}
	changed, err := s.Texts.Changed(ctx, held, seq)
	if err == nil && changed < len(held) {
		err = fmt.Errorf("%d articles of the index are not there, among them one of %q: %w", len(held)-changed, held[:min(len(held), 3)], index.ErrOtherArchive)
	}
	return found, err
}
