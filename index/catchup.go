package index

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/agreements/deeds"
)

// batchSize is how many changes an engine takes at once: enough to keep segments few, few enough to stay in memory.
const batchSize = 500 // articles

// Keeper keeps an engine in step with an archive.
type Keeper struct {
	Archive Archive
	Engine  Engine
	Read    func(Article) *Record    // as the program reads, without corrections
	Texts   func(Agreement) []TextIn // the searchable texts of an agreement
	// Corrections hold for agreements, whichever of their articles' records they name.
	Corrections []deeds.Correction
	// Sift marks records that are to be left out. nil: none is.
	Sift func(ctx context.Context, records []*Record) error
	// Articles are those of the archive as they are now, by ID. Without them an agreement that more articles tell than it has evidence of is
	// not told by others when some of those change or go.
	Articles func(ctx context.Context, ids []string) (map[string]Article, error)
	// Ready says whether the engine can take a batch; it is asked before the work that one is. nil: it always can.
	Ready func() error
	// Failed hears of articles that Read panicked on: they are found by their words only. nil: nobody does.
	Failed func(article string, err error)
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
			if k.Ready != nil {
				s.err = k.Ready()
			}
			if s.err == nil {
				s.records = k.readAll(s.changes)
				if k.Sift != nil {
					s.err = k.Sift(ctx, slices.DeleteFunc(slices.Clone(s.records), func(r *Record) bool { return r == nil }))
				}
			}
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

// batch makes one step of the engine: the changed articles, and what becomes of the agreements of the groups that they
// told or tell, merged anew from all evidence. What comes out as it was is not written.
func (k Keeper) batch(ctx context.Context, changes []Change, records []*Record) (Batch, error) {
	b := Batch{Seq: changes[len(changes)-1].Seq}
	var told []Evidence
	changed := map[string]bool{} // articles
	for i, c := range changes {
		changed[c.ID] = true
		if c.Article == nil {
			b.Removed = append(b.Removed, c.ID)
			continue
		}
		if records[i].Left {
			b.Articles = append(b.Articles, &Record{Article: *c.Article, Left: true})
			continue
		}
		for _, a := range records[i].Agreements {
			told = append(told, deeds.Told(a)...)
		}
		r := *records[i]
		r.Agreements = deeds.Apply(r.Agreements, k.Corrections)
		b.Articles = append(b.Articles, &r)
	}
	if err := k.tell(ctx, &b, changed); err != nil {
		return b, err
	}
	err := k.agree(ctx, &b, changed, told)
	return b, err
}

// tell adds to a batch what becomes of the stories that its articles were in or are in now.
func (k Keeper) tell(ctx context.Context, b *Batch, changed map[string]bool) error {
	old, err := k.Engine.Stories(ctx, StoryLookup{Articles: slices.Sorted(maps.Keys(changed))})
	if err != nil {
		return err
	}
	var members []Member
	for _, r := range b.Articles {
		if !r.Left {
			members = append(members, r.Member)
		}
	}
	var like StoryLookup
	for i := range members {
		like.Like = append(like.Like, &members[i].Sketch)
	}
	there := map[string]bool{}
	for _, s := range old { // what is left of a story may be like others, too
		there[s.ID] = true
		for i := range s.Members {
			if !changed[s.Members[i].Article] {
				like.Like = append(like.Like, &s.Members[i].Sketch)
			}
		}
	}
	if len(like.Like) > 0 {
		found, err := k.Engine.Stories(ctx, like)
		if err != nil {
			return err
		}
		old = append(old, slices.DeleteFunc(found, func(s Story) bool { return there[s.ID] })...)
	}
	had := map[string]Story{}
	for _, s := range old {
		had[s.ID] = s
	}
	for _, s := range Stories(old, members, changed) {
		if was, ok := had[s.ID]; !ok || !reflect.DeepEqual(was, s) {
			b.Stories = append(b.Stories, s)
		}
		delete(had, s.ID)
	}
	b.Dissolved = slices.Sorted(maps.Keys(had))
	return nil
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
					out[i] = k.read(*a)
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

// read reads an article. Where that panics it keeps its words and nothing more: one article must not stop all others for
// ever.
func (k Keeper) read(a Article) (r *Record) {
	defer func() {
		if p := recover(); p != nil {
			r = plain(a)
			if k.Failed != nil {
				k.Failed(a.ID, fmt.Errorf("read article %s: %v\n%s", a.ID, p, debug.Stack()))
			}
		}
	}()
	r = k.Read(a)
	r.Member = MemberOf(r)
	return r
}

// plain is an article with its words, if they can be told.
func plain(a Article) (r *Record) {
	r = &Record{Article: a, Lang: a.Lang}
	r.Member = MemberOf(r)
	defer func() { _ = recover() }()
	r.Text = analysis.Read(a.Text(), analysis.Lang(a.Lang))
	r.Lang = string(r.Text.Lang)
	return r
}
