package index

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"kelisim/analysis/agreements"
)

// batchSize is how many changes an engine takes at once: enough to keep segments few, few enough to stay in memory.
const batchSize = 500 // articles

// Keeper keeps an engine in step with an archive.
type Keeper struct {
	Archive Archive
	Engine  Engine
	Read    func(Article) *Record
	Texts   func(Agreement) []TextIn // the searchable texts of an agreement
}

// CatchUp brings the engine to the archive's newest change and returns how many articles it took. It stops between
// two batches when ctx is done. progress, which may be nil, is told the number of articles taken so far. While the engine
// takes a batch, the next one is read.
func (k Keeper) CatchUp(ctx context.Context, progress func(done int)) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	steps := make(chan step)
	go k.readAhead(ctx, k.Engine.Seq(), steps)
	done := 0
	for s := range steps {
		if s.err == nil {
			s.err = k.take(ctx, s)
		}
		if s.err != nil {
			return done, fmt.Errorf("catch up from change %d: %w", k.Engine.Seq(), s.err)
		}
		done += len(s.changes)
		if progress != nil {
			progress(done)
		}
	}
	return done, ctx.Err()
}

// step is some changes with the records read out of them.
type step struct {
	changes []Change
	records []*Record // nil at a removal
	err     error
}

// readAhead sends steps until the archive has nothing newer, something fails or ctx is done, then closes steps.
func (k Keeper) readAhead(ctx context.Context, after uint64, steps chan<- step) {
	defer close(steps)
	for {
		var s step
		if s.changes, s.err = k.Archive.Changes(ctx, after, batchSize); s.err == nil {
			if len(s.changes) == 0 {
				return
			}
			after = s.changes[len(s.changes)-1].Seq
			s.records = k.readAll(s.changes)
		}
		select {
		case steps <- s:
		case <-ctx.Done():
			return
		}
		if s.err != nil {
			return
		}
	}
}

func (k Keeper) take(ctx context.Context, s step) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b, err := k.batch(ctx, s.changes, s.records)
	if err != nil {
		return err
	}
	return k.Engine.Put(ctx, b)
}

// batch makes one step of the engine: the changed articles, and the agreements that they had or have, rewritten.
func (k Keeper) batch(ctx context.Context, changes []Change, records []*Record) (Batch, error) {
	b := Batch{Seq: changes[len(changes)-1].Seq}
	var articles, ids []string
	found := map[string][]Agreement{} // article → its agreements now
	for i, c := range changes {
		articles = append(articles, c.ID)
		if c.Article == nil {
			b.Removed = append(b.Removed, c.ID)
			continue
		}
		b.Articles = append(b.Articles, records[i])
		found[c.ID] = records[i].Agreements
		for _, a := range records[i].Agreements {
			ids = append(ids, a.ID)
		}
	}
	stored, err := k.Engine.Stored(ctx, ids, articles)
	if err != nil {
		return b, err
	}
	now := map[string]*Agreement{}
	had := map[string]bool{}
	for _, a := range stored {
		now[a.ID], had[a.ID] = &a, true
	}
	touched := touchedBy(stored, found, articles)
	for _, id := range sorted(touched) {
		a := now[id]
		for _, article := range touched[id] {
			a = agreements.Merge(a, article, named(found[article], id))
		}
		switch {
		case a != nil:
			b.Agreements = append(b.Agreements, k.doc(*a))
		case had[id]:
			b.Gone = append(b.Gone, id)
		}
	}
	return b, nil
}

// touchedBy maps each agreement that the changed articles had or have to those articles, in the order of changes.
func touchedBy(stored []Agreement, found map[string][]Agreement, articles []string) map[string][]string {
	out := map[string][]string{}
	for _, article := range articles {
		add := func(id string) {
			if !slices.Contains(out[id], article) {
				out[id] = append(out[id], article)
			}
		}
		for _, a := range found[article] {
			add(a.ID)
		}
		for _, a := range stored {
			if slices.ContainsFunc(a.Evidence, func(e Evidence) bool { return e.Article == article }) {
				add(a.ID)
			}
		}
	}
	return out
}

func sorted(m map[string][]string) []string {
	out := make([]string, 0, len(m))
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

func named(as []Agreement, id string) []Agreement {
	var out []Agreement
	for _, a := range as {
		if a.ID == id {
			out = append(out, a)
		}
	}
	return out
}

func (k Keeper) doc(a Agreement) AgreementDoc {
	d := AgreementDoc{Agreement: a, Values: map[string][]string{}}
	for _, f := range Facets() {
		if f.Agreement != nil {
			d.Values[f.Name] = f.Agreement(&a)
		}
	}
	if k.Texts != nil {
		d.Texts = k.Texts(a)
	}
	return d
}

// readAll reads the articles of changes on all cores; a removal gives nil.
func (k Keeper) readAll(changes []Change) []*Record {
	out := make([]*Record, len(changes))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				if a := changes[i].Article; a != nil {
					out[i] = k.Read(*a)
				}
			}
		})
	}
	for i := range changes {
		next <- i
	}
	close(next)
	wg.Wait()
	return out
}
