package cluster

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"kelisim/index"
)

// Stored implements index.Engine.
func (e *Engine) Stored(ctx context.Context, l index.Lookup) (out []index.Agreement, err error) {
	err = e.withSome(ctx, func(v *view) error {
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
		if err := p.each(ctx, agreements, []string{"evidence", "group", "id"}, [][]string{l.Articles, l.Groups, l.Own}, take(true)); err != nil || l.Brief {
			return err
		}
		told, err := v.toldIDs(ctx, l.Articles)
		if err != nil {
			return err
		}
		var ids []string
		for _, of := range told {
			ids = append(ids, of...)
		}
		if err := p.each(ctx, agreements, []string{"ids"}, [][]string{once(ids)}, take(true)); err != nil {
			return err
		}
		for i := range out {
			out[i].Stand(told)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up agreements: %w", err)
	}
	return out, nil
}

// toldIDs are the IDs under which some articles tell agreements, as they were read; none where no agreement is told by more articles than it
// has evidence of.
func (v *view) toldIDs(ctx context.Context, ids []string) (map[string][]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	many, err := v.crowded(ctx)
	if err != nil || !many {
		return nil, err
	}
	out := map[string][]string{}
	p := putting{e: v.e, v: v}
	return out, p.every(ctx, articles, []string{"id"}, [][]string{ids}, []string{"id", "told"}, func(_ string, source json.RawMessage) error {
		var d document
		err := json.Unmarshal(source, &d)
		out[d.ID] = d.Told
		return err
	})
}

// crowdGroup is the group of all agreements that more articles may tell than they have evidence of.
const crowdGroup = "crowd"

// crowded reports whether the index has an agreement that more articles may tell than it has evidence of. It is asked once of a view.
func (v *view) crowded(ctx context.Context) (bool, error) {
	v.mu.Lock()
	was := v.crowd
	v.mu.Unlock()
	if was != nil {
		return *was, nil
	}
	res, err := v.ask(ctx, agreements, object{"size": 0, "track_total_hits": true, "query": object{"bool": object{"filter": append(v.there(), object{"term": object{"group": crowdGroup}})}}})
	if err != nil {
		return false, err
	}
	many := res.Hits.Total.Value > 0
	v.mu.Lock()
	v.crowd = &many
	v.mu.Unlock()
	return many, nil
}

// Tellers implements index.Engine.
func (e *Engine) Tellers(ctx context.Context, ids []string, but map[string]bool) (out []string, err error) {
	err = e.with(ctx, func(v *view) error {
		out = nil
		type teller struct {
			id    string
			dates dates
		}
		var all []teller
		p := putting{e: e, v: v}
		err := p.every(ctx, articles, []string{"told"}, [][]string{ids}, []string{"id", "dates"}, func(_ string, source json.RawMessage) error {
			var d hit
			err := json.Unmarshal(source, &d)
			if err == nil && !but[d.ID] {
				all = append(all, teller{d.ID, d.Dates})
			}
			return err
		})
		day := func(of *int) int {
			if of == nil {
				return index.Undated
			}
			return *of
		}
		slices.SortFunc(all, func(a, b teller) int {
			return cmp.Or(cmp.Compare(day(a.dates.First), day(b.dates.First)), cmp.Compare(day(b.dates.Last), day(a.dates.Last)), cmp.Compare(a.id, b.id))
		})
		for _, t := range all {
			out = append(out, t.id)
		}
		out = slices.Compact(out)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up who tells an agreement: %w", err)
	}
	return out, nil
}

// Holds gives those of some articles that can be found, and the number of the archive's change that this is so at.
func (e *Engine) Holds(ctx context.Context, ids []string) (held []string, seq uint64, err error) {
	err = e.withSome(ctx, func(v *view) error {
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
	err = e.withSome(ctx, func(v *view) error {
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

// Latest gives the state that each of some articles is in, as the archive has it. What is not there is left out.
func (e *Engine) Latest(ctx context.Context, ids []string) (out map[string]index.Version, err error) {
	err = e.withSome(ctx, func(v *view) error {
		out = map[string]index.Version{}
		p := putting{e: e, v: v}
		return p.every(ctx, articles, []string{"id"}, [][]string{ids}, versionFields, func(_ string, source json.RawMessage) error {
			var d hit
			err := json.Unmarshal(source, &d)
			if d.Stored.Version != nil {
				out[d.ID] = *d.Stored.Version
			}
			return err
		})
	})
	return out, err
}

var versionFields = []string{"id", "stored.version"}

// EachVersion goes through all articles that it has in the order of ids, those too that were left out, with the state that the archive has them
// in. One that comes twice is there twice.
func (e *Engine) EachVersion(ctx context.Context, do func(id string, v index.Version)) error {
	type one struct {
		id string
		v  index.Version
	}
	var all []one
	err := e.with(ctx, func(v *view) error {
		all = nil
		return v.all(ctx, articles, everything, versionFields, func(_ string, source json.RawMessage) error {
			var d hit
			err := json.Unmarshal(source, &d)
			x := one{id: d.ID}
			if d.Stored.Version != nil {
				x.v = *d.Stored.Version
			}
			all = append(all, x)
			return err
		})
	})
	for _, x := range all {
		do(x.id, x.v)
	}
	return err
}

// EachArticle goes through all articles that it has, those too that were left out. One may come twice.
func (e *Engine) EachArticle(ctx context.Context, do func(index.Article) error) error {
	return e.with(ctx, func(v *view) error {
		return v.all(ctx, articles, everything, []string{"id", "stored.article"}, func(id string, source json.RawMessage) error {
			var d hit
			if err := json.Unmarshal(source, &d); err != nil {
				return fmt.Errorf("read %s: %w", id, err)
			}
			if d.Stored.Article == nil {
				return fmt.Errorf("read %s: it has no text", id)
			}
			return do(*d.Stored.Article)
		})
	})
}

// Updated is when the newest article was read; the zero time where there is none.
func (e *Engine) Updated() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.newest == nil {
		return time.Time{}
	}
	return e.newest.s.Updated
}

// Check compares an article, read afresh, with what the cluster has of it: its text, its words and what it is counted by. The error says
// what differs.
func (e *Engine) Check(ctx context.Context, r *index.Record) error {
	var have []document
	err := e.with(ctx, func(v *view) error {
		have = nil
		p := putting{e: e, v: v}
		return p.each(ctx, articles, []string{"id"}, [][]string{{r.Article.ID}}, func(_ string, d document) { have = append(have, d) })
	})
	if err != nil {
		return err
	}
	if len(have) != 1 {
		return fmt.Errorf("article %s is in the cluster %d times", r.Article.ID, len(have))
	}
	is, want := have[0], articleDocument(r, 0)
	if is.Stored.Article == nil || !sameText(*is.Stored.Article, r.Article) {
		return fmt.Errorf("article %s: its text in the cluster is another than in the archive", r.Article.ID)
	}
	for _, d := range []*document{&is, &want} {
		d.Batch, d.Deals, d.Stored.Article, d.Stored.Version = 0, nil, nil, nil
	}
	x, err := json.Marshal(is)
	if err != nil {
		return err
	}
	y, err := json.Marshal(want)
	if err != nil {
		return err
	}
	if !bytes.Equal(x, y) {
		return fmt.Errorf("article %s: what the cluster has of it is not what is read out of it now", r.Article.ID)
	}
	return nil
}

// sameText reports whether two articles state the same.
func sameText(a, b index.Article) bool {
	return a.Title == b.Title && a.Body == b.Body && a.URL == b.URL && a.Outlet == b.Outlet && a.Lang == b.Lang && a.Published == b.Published && a.Dated == b.Dated
}
