package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"kelisim/analysis"
	"kelisim/index"
)

// Keys of what is stored in the same batch as the documents.
var (
	keySeq    = []byte("kelisim.seq")
	keySchema = []byte("kelisim.schema")
)

// boltTimeout bounds the wait for another process that has the files open: without it bleve waits for ever.
const boltTimeout = "1s"

// generation is one bleve index on disk. It is an index.Engine that can only be written.
type generation struct {
	dir  string
	idx  bleve.Index
	core bleveindex.Index
	read bool // opened for reading only

	schema string
	put    sync.Mutex // one batch at a time

	mu      sync.Mutex // never held long
	seq     uint64
	broken  error         // what failed to be written: nothing more is
	dead    chan struct{} // closed with broken
	hurt    bool          // it is kept as damaged when it is replaced
	stopped sync.Once

	columns columns // of its segments
}

// writing are the generations that are open for writing, by bleve's name of them.
var writing sync.Map

// mappingOf is what bleve wants to know: our documents are made by hand, and their words are ours.
func mappingOf() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = analyzerOf(analysis.KK)
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	return m
}

// create makes an empty generation.
func create(dir, schema string) (g *generation, err error) {
	defer guarded(&err)()
	idx, err := bleve.NewUsing(dir, mappingOf(), scorch.Name, scorch.Name, map[string]any{
		"bolt_timeout": boltTimeout, "eventCallbackName": hooks, "asyncErrorCallbackName": hooks,
		"forceSegmentType": segmentType, "forceSegmentVersion": segmentVersion})
	if err != nil {
		return nil, fmt.Errorf("make index %s: %w", dir, err)
	}
	if err := idx.SetInternal(keySchema, []byte(schema)); err != nil {
		return nil, errors.Join(fmt.Errorf("make index %s: %w", dir, err), idx.Close())
	}
	// bleve leaves these to the system for half a minute, in which a power cut would leave an index that cannot be opened.
	for _, name := range []string{filepath.Join(dir, "index_meta.json"), filepath.Join(dir, "store"), dir, filepath.Dir(dir)} {
		if err := settled(name); err != nil {
			return nil, errors.Join(fmt.Errorf("make index %s: %w", dir, err), idx.Close())
		}
	}
	return opened(dir, idx, false)
}

// settled waits until a file or folder is on the disk.
func settled(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// open opens a generation. It is read through before it is opened for writing: bleve would delete what it cannot read.
func open(dir string, read bool) (g *generation, err error) {
	defer guarded(&err)()
	err = checkSeal(dir)
	if err == nil {
		err = whole(dir)
	}
	if err == nil && !read {
		err = breakSeal(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	idx, err := bleve.OpenUsing(dir, map[string]any{"bolt_timeout": boltTimeout, "read_only": read, "eventCallbackName": hooks, "asyncErrorCallbackName": hooks})
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return opened(dir, idx, read)
}

func opened(dir string, idx bleve.Index, read bool) (*generation, error) {
	g := &generation{dir: dir, idx: idx, read: read, dead: make(chan struct{})}
	var err error
	if g.core, err = idx.Advanced(); err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", dir, err), idx.Close())
	}
	schema, err := idx.GetInternal(keySchema)
	if g.schema = string(schema); err == nil && schema == nil {
		err = errors.New("it says no schema")
	}
	seq, err2 := idx.GetInternal(keySeq)
	if err2 == nil && seq != nil {
		g.seq, err2 = strconv.ParseUint(string(seq), 10, 64)
	}
	if err = errors.Join(err, err2); err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", dir, err), idx.Close())
	}
	if !read {
		writing.Store(filepath.Join(dir, "store"), g)
	}
	return g, nil
}

// Seq implements index.Engine.
func (g *generation) Seq() uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.seq
}

// failed is the error of the batch that failed, nil where none did.
func (g *generation) failed() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.broken
}

// Put implements index.Engine: bleve applies a batch with its number as one.
func (g *generation) Put(ctx context.Context, b index.Batch) (err error) {
	g.put.Lock()
	defer g.put.Unlock()
	defer guarded(&err)()
	if err := g.failed(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := roomFor(g.dir, leastRoom); err != nil {
		return err
	}
	if g.read {
		return ErrReadOnly
	}
	batch := g.idx.NewBatch()
	var docs []*document.Document
	put := func(what, id string, d *document.Document, err error) error {
		if err != nil {
			return err
		}
		docs = append(docs, d)
		if err := batch.IndexAdvanced(d); err != nil {
			return fmt.Errorf("put %s %s: %w", what, id, err)
		}
		return nil
	}
	for _, r := range b.Articles {
		d, err := articleDocument(r)
		if err := put("article", r.Article.ID, d, err); err != nil {
			return err
		}
	}
	for _, a := range b.Agreements {
		d, err := agreementDocument(a)
		if err := put("agreement", a.Agreement.ID, d, err); err != nil {
			return err
		}
	}
	for _, s := range b.Stories {
		d, err := storyDocument(s)
		if err := put("story", s.ID, d, err); err != nil {
			return err
		}
	}
	for _, id := range b.Dissolved {
		batch.Delete(storyPrefix + id)
	}
	for _, id := range b.Removed {
		batch.Delete(articlePrefix + id)
	}
	for _, id := range b.Gone {
		batch.Delete(agreementPrefix + id)
	}
	batch.SetInternal(keySeq, []byte(strconv.FormatUint(b.Seq, 10)))
	if err := g.apply(batch); err != nil {
		// bleve may have shown the batch to readers without keeping it: what comes next must not build on it.
		err = fmt.Errorf("put batch up to change %d: %w", b.Seq, err)
		g.die(err)
		return err
	}
	spare(docs)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.seq = b.Seq
	return nil
}

// apply gives a batch to bleve. Where bleve's own writer has ended, nobody would answer.
func (g *generation) apply(b *bleve.Batch) error {
	done := make(chan error, 1)
	go func() {
		var err error
		defer func() { done <- err }()
		defer guarded(&err)()
		err = g.idx.Batch(b)
	}()
	select {
	case err := <-done:
		return err
	case <-g.dead:
		return g.failed()
	}
}

// die stops all writing for good. Views that are held can be read on.
func (g *generation) die(err error) {
	g.mu.Lock()
	first := g.broken == nil
	if first {
		g.broken = err
		close(g.dead)
	}
	g.mu.Unlock()
	if first {
		go func() { _ = g.stop() }() // bleve's own goroutines may be calling
	}
}

// stopTime is how long a generation that failed may take to end.
const stopTime = 5 * time.Second

// stopSoon stops a generation that failed; it is an error where that was torn in the middle of its work and waits for ever.
func (g *generation) stopSoon() error {
	done := make(chan struct{})
	go func() {
		_ = g.stop()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-time.After(stopTime):
		return errors.Join(errors.New("its writer does not end"), g.failed())
	}
}

// stop ends bleve's goroutines, once, and waits for their end.
func (g *generation) stop() (err error) {
	g.stopped.Do(func() {
		defer guarded(&err)()
		writing.Delete(filepath.Join(g.dir, "store"))
		if g.failed() != nil {
			err = g.core.Close() // a batch that nobody answers holds what guards g.idx
			return
		}
		if err = g.idx.Close(); err == nil && !g.read {
			_ = seal(g.dir) // without a seal the files are only looked at more closely
		}
	})
	return err
}

func (g *generation) close() error {
	if g.hurt || g.failed() != nil {
		return g.stopSoon()
	}
	g.put.Lock()
	defer g.put.Unlock()
	return g.stop()
}
