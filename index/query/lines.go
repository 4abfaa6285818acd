package query

import (
	"context"
	"fmt"

	"kelisim/analysis"
	"kelisim/index"
)

// Lines gives where the words of a query stand in the texts of the articles that have all of them, the newest first: of at most
// q.Size articles from q.Cursor on. read is how many that were, next the cursor behind them, "" where there are no more. Around each place
// stand at most width characters.
func (s *Searcher) Lines(ctx context.Context, q index.Query, width int) (lines []index.Line, read int, next string, err error) {
	q.Tab = index.Articles
	q = complete(q)
	cursor, err := decode(q.Cursor)
	if err != nil {
		return nil, 0, "", fmt.Errorf("search: %w", err)
	}
	u, err := s.Understand(ctx, q)
	if err != nil || u.Tree == nil {
		return nil, 0, "", err
	}
	req := index.Request{Tree: u.Tree, Selection: u.Selection, Tab: q.Tab, Sort: index.Newest, After: cursor, Size: q.Size, Places: true, MinConfidence: q.Least()}
	res, err := s.search(ctx, q, &req, &u)
	if err != nil {
		return nil, 0, "", fmt.Errorf("search: %w", err)
	}
	var ids []string
	for _, f := range res.Hits {
		ids = append(ids, f.ID)
	}
	texts, err := s.texts(ctx, ids)
	if err != nil {
		return nil, 0, "", fmt.Errorf("read texts: %w", err)
	}
	next = encode(res.Next)
	for _, f := range res.Hits {
		if err := ctx.Err(); err != nil {
			return nil, 0, "", fmt.Errorf("read texts: %w", err)
		}
		if f.Rest {
			next = "" // from here on they have some of the words only
			break
		}
		read++
		a, ok := texts[f.ID]
		if !ok || a.Damaged {
			continue // removed since the engine's snapshot, or not to be read
		}
		title, _ := index.TitleOf(a)
		found := index.Lines(u.Tree, a.Text(), index.Lang(a.Lang), f.Places, width, func() (*analysis.Text, []index.Mention) {
			x := analysis.Read(beginning(a.Text()), analysis.Lang(a.Lang))
			if s.Names != nil && index.HasValue(u.Tree) {
				return x, s.Names.Recognize(x)
			}
			return x, nil
		})
		for _, l := range found {
			l.Article, l.Title, l.Published, l.Outlet, l.StatedOutlet, l.Lang = f.ID, title, a.Published, first(f.Values["outlet"]), a.Outlet, first(f.Values["lang"])
			lines = append(lines, l)
		}
	}
	return lines, read, next, nil
}
