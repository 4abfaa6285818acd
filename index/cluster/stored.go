package cluster

import (
	"context"
	"encoding/json"
	"fmt"

	"kelisim/index"
)

// Stored implements index.Engine.
func (e *Engine) Stored(ctx context.Context, l index.Lookup) (out []index.Agreement, err error) {
	err = e.with(ctx, func(v *view) error {
		out = nil
		p := putting{e: e, v: v}
		seen := map[string]bool{}
		take := func(wrong bool) func(string, document) {
			return func(_ string, d document) {
				if !seen[d.ID] && (wrong || !d.Wrong) && d.Stored.Agreement != nil {
					seen[d.ID] = true
					out = append(out, *d.Stored.Agreement)
				}
			}
		}
		if err := p.each(ctx, agreements, []string{"ids"}, [][]string{l.IDs}, take(false)); err != nil {
			return err
		}
		return p.each(ctx, agreements, []string{"evidence", "group"}, [][]string{l.Articles, l.Groups}, take(true))
	})
	if err != nil {
		return nil, fmt.Errorf("look up agreements: %w", err)
	}
	return out, nil
}

// Holds gives those of some articles that can be found, and the number of the archive's change that this is so at.
func (e *Engine) Holds(ctx context.Context, ids []string) (held []string, seq uint64, err error) {
	err = e.with(ctx, func(v *view) error {
		held, seq = nil, v.s.Seq
		p := putting{e: e, v: v}
		return p.every(ctx, articles, []string{"id"}, [][]string{ids}, []string{"id"}, func(_ string, source json.RawMessage) error {
			var d hit
			err := json.Unmarshal(source, &d)
			held = append(held, d.ID)
			return err
		})
	})
	return held, seq, err
}

// Roll counts the articles that it has, those too that were left out and are not found.
func (e *Engine) Roll(ctx context.Context) (r index.Roll, err error) {
	err = e.with(ctx, func(v *view) error {
		r = index.Roll{}
		return v.all(ctx, articles, everything, []string{"id"}, func(_ string, source json.RawMessage) error {
			var d hit
			err := json.Unmarshal(source, &d)
			r.Add(d.ID)
			return err
		})
	})
	return r, err
}

// Articles gives the current state of those ids that exist: a server needs no archive for the texts of its hits.
func (e *Engine) Articles(ctx context.Context, ids []string) (out map[string]index.Article, err error) {
	err = e.with(ctx, func(v *view) error {
		out = map[string]index.Article{}
		p := putting{e: e, v: v}
		return p.every(ctx, articles, []string{"id"}, [][]string{ids}, []string{"id", "stored.article"}, func(_ string, source json.RawMessage) error {
			var d hit
			err := json.Unmarshal(source, &d)
			if d.Stored.Article != nil {
				out[d.ID] = *d.Stored.Article
			}
			return err
		})
	})
	return out, err
}
