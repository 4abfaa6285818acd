package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"kelisim/index"
)

// Put implements index.Engine: documents are written beside the old ones, and one write of the state shows them. Only one process
// may put; another's batch fails with [ErrNotFeeder].
func (e *Engine) Put(ctx context.Context, b index.Batch) error {
	e.feeding.Lock()
	defer e.feeding.Unlock()
	if e.weak.Load() { // what was looked up for the batch may lack something
		return fmt.Errorf("write to the cluster: %w", ErrPartial)
	}
	err := e.put(ctx, b)
	for try := 0; errors.Is(err, ErrNotFeeder) && try < looks && e.interrupted(ctx); try++ {
		err = e.put(ctx, b)
	}
	if err != nil {
		return fmt.Errorf("write to the cluster: %w", err)
	}
	if len(b.Removed) > 0 && e.fixed == nil {
		if err := e.forget(ctx, b.Seq); err != nil {
			return fmt.Errorf("delete what was removed: %w", err)
		}
	}
	return nil
}

// interrupted reports whether a batch failed for a snapshot that is made, and no other feeder: then nobody has claimed another one.
func (e *Engine) interrupted(ctx context.Context) bool {
	s, _, err := e.readState(ctx, e.fed())
	return err == nil && s.Claimed == e.claimed
}

// fed names the state that batches are written by.
func (e *Engine) fed() string {
	if e.fixed != nil {
		return e.fixed.name(states)
	}
	return e.options.Prefix + "-" + states
}

// forget deletes at once what nobody shall see any more: the batch after it would, and the generation that is kept for going back still has it.
func (e *Engine) forget(ctx context.Context, seq uint64) error {
	if err := e.put(ctx, index.Batch{Seq: seq}); err != nil {
		return err
	}
	v, err := e.view(ctx)
	if err != nil {
		return err
	}
	all, err := e.generations(ctx)
	for _, g := range all {
		if g.number < v.g.number {
			err = errors.Join(err, e.remove(ctx, g))
		}
	}
	return err
}

func (e *Engine) put(ctx context.Context, b index.Batch) error {
	s, g, err := e.waitHeld(ctx, e.fed())
	if err != nil {
		return err
	}
	e.claimed = s.Claimed
	dead, err := e.claim(ctx, g, &s)
	if err != nil {
		return err
	}
	e.claimed = s.Claimed
	v := &view{e: e, g: g, s: s} // what is not visible is as before, and nothing is left of what was given up
	p := &putting{e: e, v: v, batch: s.Claimed}
	if err := p.gather(ctx, b); err != nil {
		return err
	}
	for _, id := range dead {
		kind, _, _ := strings.Cut(id, "/")
		p.writes = append(p.writes, write{v.g.name(kind), id, nil, false})
	}
	if err := e.c.bulk(ctx, p.writes); err != nil {
		return err
	}
	if err := e.putWords(ctx, v.g, p.documents); err != nil {
		return err
	}
	if err := e.refresh(ctx, v.g.name(articles), v.g.name(agreements)); err != nil {
		return err
	}
	s.Seq, s.Batch, s.Dead = b.Seq, s.Claimed, p.dead
	if !p.updated.IsZero() {
		s.Updated = p.updated
	}
	if err := e.writeState(ctx, v.g, &s); err != nil {
		return err
	}
	e.show(v.g, s)
	return nil
}

// mostAborted bounds how many batches that were given up are remembered: what they wrote is deleted, and only what comes later than so
// many of them could be seen.
const mostAborted = 50

// claim takes the next batch. What another feeder, or this one before it failed, has left of one that was never shown, is deleted.
// It gives the documents that nobody has seen since the batch before.
func (e *Engine) claim(ctx context.Context, g generation, s *state) (dead []string, err error) {
	left := s.Claimed > s.Batch
	if left {
		s.Aborted = append(s.Aborted, s.Claimed)
		s.Aborted = s.Aborted[max(0, len(s.Aborted)-mostAborted):]
	}
	s.Claimed = max(s.Claimed, s.Batch) + 1
	if len(s.Dead) > 0 {
		s.Purged = s.Batch
	}
	if err := e.writeState(ctx, g, s); err != nil {
		return nil, err
	}
	if left {
		if err := e.refresh(ctx, g.name(articles), g.name(agreements)); err != nil {
			return nil, err
		}
		query := object{"query": object{"terms": object{"batch": s.Aborted}}}
		path := "/" + g.name(articles) + "," + g.name(agreements) + "/_delete_by_query?conflicts=proceed&refresh=true"
		if err := e.c.call(ctx, http.MethodPost, path, query, nil); err != nil {
			return nil, err
		}
	}
	return s.Dead, nil
}

// refresh makes what was written to be seen in all copies.
func (e *Engine) refresh(ctx context.Context, names ...string) error {
	began := time.Now()
	for {
		var res struct {
			Shards struct {
				Failed int `json:"failed"`
			} `json:"_shards"`
		}
		err := e.c.call(ctx, http.MethodPost, "/"+strings.Join(names, ",")+"/_refresh", nil, &res)
		if err == nil && res.Shards.Failed == 0 {
			return nil
		}
		if err == nil {
			err = fmt.Errorf("%d copies cannot be refreshed", res.Shards.Failed)
		}
		if ctx.Err() != nil || time.Since(began) > patience || statusOf(err) == http.StatusNotFound {
			return err
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// putting is what becomes of a batch.
type putting struct {
	e         *Engine
	v         *view
	batch     int
	documents []document
	writes    []write
	dead      []string
	updated   time.Time // when the newest of its articles was read
}

func (p *putting) add(kind string, d document) {
	p.documents = append(p.documents, d)
	p.writes = append(p.writes, write{p.v.g.name(kind), key(kind, d.ID, p.batch), d, false})
}

// gather finds what a batch writes: its documents, and articles whose agreements are others now.
func (p *putting) gather(ctx context.Context, b index.Batch) error {
	changed := map[string]document{} // agreements
	touched := map[string]bool{}     // ids of agreements that are not what they were
	for _, a := range b.Agreements {
		d := agreementDocument(a, p.batch)
		changed[d.ID], touched[d.ID] = d, true
	}
	for _, id := range b.Gone {
		touched[id] = true
		delete(changed, id)
	}
	ids := slices.Sorted(maps.Keys(touched))
	if err := p.kill(ctx, agreements, ids); err != nil {
		return err
	}
	stories := storyKeys(b.Dissolved)
	for _, s := range b.Stories {
		p.add(agreements, storyDocument(s, p.batch))
		stories = append(stories, storySign+s.ID)
	}
	if err := p.kill(ctx, agreements, stories); err != nil {
		return err
	}
	written := map[string]bool{} // articles
	fresh := map[string]*index.Record{}
	for _, r := range b.Articles {
		written[r.Article.ID] = true
		fresh[r.Article.ID] = r
	}
	for _, id := range b.Removed {
		written[id] = true
		delete(fresh, id)
	}
	if err := p.kill(ctx, articles, slices.Sorted(maps.Keys(written))); err != nil {
		return err
	}
	byTold := map[string][]document{}
	var newIDs []string
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		d := changed[id]
		p.add(agreements, d)
		if d.Wrong {
			continue
		}
		for _, t := range d.IDs {
			byTold[t] = append(byTold[t], d)
			newIDs = append(newIDs, t)
		}
	}
	// Articles that are not in the batch, and tell what is.
	err := p.each(ctx, articles, []string{"told", "deal.id"}, [][]string{newIDs, ids}, func(id string, d document) {
		if written[d.ID] {
			return
		}
		written[d.ID] = true
		p.dead = append(p.dead, id)
		d.Batch = p.batch
		d.Deals = slices.DeleteFunc(d.Deals, func(x deal) bool { return touched[x.ID] })
		d.Deals = append(d.Deals, dealsOf(d.Told, byTold)...)
		p.add(articles, d)
	})
	if err != nil {
		return err
	}
	// What new articles tell, and was told before.
	var tell []string
	for _, r := range b.Articles {
		for _, a := range r.Agreements {
			tell = append(tell, a.ID)
		}
	}
	err = p.each(ctx, agreements, []string{"ids"}, [][]string{once(tell)}, func(_ string, d document) {
		if !touched[d.ID] && !d.Wrong {
			for _, t := range d.IDs {
				byTold[t] = append(byTold[t], d)
			}
		}
	})
	if err != nil {
		return err
	}
	ids = slices.Sorted(maps.Keys(fresh))
	versions := map[string]index.Version{}
	if p.e.Versions != nil {
		if versions, err = p.e.Versions(ctx, ids); err != nil {
			return err
		}
	}
	for _, id := range ids {
		d := articleDocument(fresh[id], p.batch)
		if v, ok := versions[id]; ok {
			d.Stored.Version = &v
			if p.updated.Before(v.Fetched) {
				p.updated = v.Fetched
			}
		}
		d.Deals = dealsOf(d.Told, byTold)
		p.add(articles, d)
	}
	return nil
}

func dealsOf(told []string, by map[string][]document) (out []deal) {
	for _, t := range told {
		for _, d := range by[t] {
			if slices.ContainsFunc(out, func(x deal) bool { return x.ID == d.ID }) {
				continue
			}
			if x, ok := dealOf(d, told); ok {
				out = append(out, x)
			}
		}
	}
	return out
}

// kill takes note of the versions that are seen of some documents.
func (p *putting) kill(ctx context.Context, kind string, ids []string) error {
	return p.every(ctx, kind, []string{"id"}, [][]string{ids}, false, func(id string, _ json.RawMessage) error {
		p.dead = append(p.dead, id)
		return nil
	})
}

func (p *putting) each(ctx context.Context, kind string, fields []string, values [][]string, do func(id string, d document)) error {
	return p.every(ctx, kind, fields, values, true, func(id string, source json.RawMessage) error {
		var d document
		if err := json.Unmarshal(source, &d); err != nil {
			return fmt.Errorf("read %s: %w", id, err)
		}
		do(id, d)
		return nil
	})
}

const (
	chunk    = 1000 // values asked for at once
	pageSize = 200  // whole documents read at once
)

// every goes through the documents of a kind that are seen and have one of some values in one of some fields; wrong ones too. A document
// may come twice.
func (p *putting) every(ctx context.Context, kind string, fields []string, values [][]string, source any, do func(id string, source json.RawMessage) error) error {
	for i, field := range fields {
		for part := range slices.Chunk(values[i], chunk) {
			q := object{"terms": object{field: part}}
			if in, _, nested := strings.Cut(field, "."); nested {
				q = object{"nested": object{"path": in, "query": q}}
			}
			if err := p.v.all(ctx, kind, q, source, do); err != nil {
				return err
			}
		}
	}
	return nil
}

// all goes through the documents of a kind that a view sees and a query finds, those too that are kept and not found.
func (v *view) all(ctx context.Context, kind string, q object, source any, do func(id string, source json.RawMessage) error) error {
	filter := append(v.there(), q)
	size := pageSize
	if fields, ok := source.([]string); source == false || ok && !slices.Contains(fields, "stored.article") {
		size = 5000
	}
	var after []any
	for {
		body := object{"query": object{"bool": object{"filter": filter}}, "size": size, "_source": source, "sort": []any{object{"id": "asc"}}}
		if after != nil {
			body["search_after"] = after
		}
		res, err := v.ask(ctx, kind, body)
		if err != nil {
			return err
		}
		for _, h := range res.Hits.Hits {
			if err := do(h.ID, h.Source); err != nil {
				return err
			}
		}
		if len(res.Hits.Hits) < size {
			return nil
		}
		after = res.Hits.Hits[size-1].Sort
	}
}

// answer is what a search answers.
type answer struct {
	TimedOut bool `json:"timed_out"`
	Shards   struct {
		Total      int `json:"total"`
		Successful int `json:"successful"`
		Failed     int `json:"failed"`
	} `json:"_shards"`
	Hits struct {
		Total struct{ Value int }
		Hits  []struct {
			ID      string          `json:"_id"`
			Score   float64         `json:"_score"`
			Source  json.RawMessage `json:"_source"`
			Sort    []any           `json:"sort"`
			Matched []string        `json:"matched_queries"`
		}
	} `json:"hits"`
	Aggregations map[string]json.RawMessage `json:"aggregations"`
	Status       int                        `json:"status"`
	Error        json.RawMessage            `json:"error"`
}

// lacks reports whether some shards did not answer. One that has no copy left is not counted among the failed.
func (a *answer) lacks() bool { return a.Shards.Failed > 0 || a.Shards.Successful < a.Shards.Total }

// ask searches an index of the view's generation. An answer that lacks a shard is none.
func (v *view) ask(ctx context.Context, kind string, body object) (res answer, err error) {
	if v.some {
		all, err := v.askAll(ctx, []search{{kind, body}})
		if err != nil {
			return res, err
		}
		return all[0], nil
	}
	path := "/" + v.g.name(kind) + "/_search?allow_partial_search_results=false"
	for i := range again {
		res = answer{}
		if err = v.e.c.call(ctx, http.MethodPost, path, body, &res); err != nil {
			return res, err
		}
		if !res.lacks() && !res.TimedOut {
			return res, nil
		}
		err = fmt.Errorf("%w: %d of %d shards", ErrPartial, res.Shards.Successful, res.Shards.Total)
		time.Sleep(time.Duration(i+1) * 100 * time.Millisecond)
	}
	return res, err
}
