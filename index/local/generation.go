package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync"

	"github.com/blevesearch/bleve/v2"
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

	schema string
	put    sync.Mutex // one batch at a time

	mu     sync.Mutex // never held long
	seq    uint64
	broken error // the batch that failed: nothing more is written

	columns columns // of its segments
}

// mappingOf tells bleve's own tools how the words were analysed; our documents are made by hand.
func mappingOf() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = analyzerOf(analysis.KK)
	d := bleve.NewDocumentStaticMapping()
	for _, field := range []string{fieldTitle, fieldBody} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.DocValues, f.IncludeInAll = analyzerOf(analysis.KK), false, false, false
		d.AddFieldMappingsAt(field, f)
	}
	m.DefaultMapping = d
	return m
}

// create makes an empty generation.
func create(dir, schema string) (g *generation, err error) {
	defer recovered(&err)
	idx, err := bleve.NewUsing(dir, mappingOf(), scorch.Name, scorch.Name, map[string]any{"bolt_timeout": boltTimeout})
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
	return opened(dir, idx)
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
func open(dir string) (g *generation, err error) {
	defer recovered(&err)
	if err := whole(dir); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	idx, err := bleve.OpenUsing(dir, map[string]any{"bolt_timeout": boltTimeout})
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return opened(dir, idx)
}

func opened(dir string, idx bleve.Index) (*generation, error) {
	g := &generation{dir: dir, idx: idx}
	g.columns.dir = dir
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
	defer recovered(&err)
	if err := g.failed(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	batch := g.idx.NewBatch()
	for _, r := range b.Articles {
		d, err := articleDocument(r)
		if err != nil {
			return err
		}
		if err := batch.IndexAdvanced(d); err != nil {
			return fmt.Errorf("put article %s: %w", r.Article.ID, err)
		}
	}
	for _, a := range b.Agreements {
		d, err := agreementDocument(a)
		if err != nil {
			return err
		}
		if err := batch.IndexAdvanced(d); err != nil {
			return fmt.Errorf("put agreement %s: %w", a.Agreement.ID, err)
		}
	}
	for _, id := range b.Removed {
		batch.Delete(articlePrefix + id)
	}
	for _, id := range b.Gone {
		batch.Delete(agreementPrefix + id)
	}
	batch.SetInternal(keySeq, []byte(strconv.FormatUint(b.Seq, 10)))
	if err := apply(g.idx, batch); err != nil {
		// bleve may have shown the batch to readers without keeping it: what comes next must not build on it.
		err = fmt.Errorf("put batch up to change %d: %w", b.Seq, err)
		g.reached(g.Seq(), err)
		return err
	}
	g.reached(b.Seq, nil)
	return nil
}

func apply(idx bleve.Index, b *bleve.Batch) (err error) {
	defer recovered(&err)
	return idx.Batch(b)
}

func (g *generation) reached(seq uint64, broken error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.seq, g.broken = seq, broken
}

func (g *generation) close() (err error) {
	defer recovered(&err)
	g.put.Lock()
	defer g.put.Unlock()
	return g.idx.Close()
}

// recovered makes an error of a panic: bleve panics on files that it cannot read.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("index: %v\n%s", p, debug.Stack())
	}
}
