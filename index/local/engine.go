package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"

	"kelisim/index"
)

// ErrDamaged says that the index cannot be read and has to be rebuilt.
var ErrDamaged = index.ErrDamaged

// ErrClosed says that the engine was closed.
var ErrClosed = errors.New("index is closed")

// LockedError says that another process has the folder open.
type LockedError struct {
	Dir     string
	Address string // where that process serves, "" if it does not
	Holder  Holder
}

func (e *LockedError) Error() string {
	if e.Address == "" {
		return fmt.Sprintf("index %s is open in another process", e.Dir)
	}
	return fmt.Sprintf("index %s is open in the server at %s", e.Dir, e.Address)
}

// Is makes errors.Is(err, ErrLocked) true.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }

// ErrLocked is what a LockedError is.
var ErrLocked = errors.New("index is open in another process")

// Engine is an index in a folder. It is safe for concurrent use.
type Engine struct {
	Weights index.Weights // change it before the first search only

	dir    string
	schema string
	lock   *flock.Flock
	copied bool       // the folder is a copy of our own, to look at; it has no lock
	pinned []*os.File // the segments of such a copy

	telling sync.Mutex
	holder  Holder // this process

	// Keep says that the generation that is replaced next is kept beside, since it is no older state of the same articles.
	Keep bool

	watching sync.Mutex
	seen     map[string]seen // segments, by path

	mu      sync.Mutex
	gen     *generation // nil where it is damaged
	damage  error
	lost    error   // why what serves cannot be opened again
	failed  failure // of the last batch, zero where it was put
	newest  *view   // nil where none was looked at since the last batch
	views   map[*generation]int
	old     []*generation // not serving, still read
	closed  bool
	looking sync.Mutex     // one new view at a time
	rebuild sync.Mutex     // one rebuild at a time
	behind  sync.WaitGroup // what is done behind a search
}

// Open opens the index in a folder, and makes an empty one where there is none. It returns a *LockedError at once if
// another process has it open. Call Stale next: an index of another schema still serves, a damaged one does not, and
// both have to be rebuilt. On a full disk and in a read-only folder what is there is opened for reading: see Ready.
func Open(dir string, schema int) (*Engine, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	e := &Engine{Weights: index.DefaultWeights(), dir: dir, schema: signature(schema), lock: flock.New(filepath.Join(dir, lockFile)), views: map[*generation]int{}}
	got, err := e.lock.TryLock()
	if err != nil && !frozen(err) {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	if !got && err == nil {
		h := ReadHolder(dir)
		return nil, &LockedError{dir, h.Address, h}
	}
	e.holder = Holder{PID: os.Getpid(), Since: time.Now(), Seq: ReadHolder(dir).Seq}
	if err := melted(e.tell()); err != nil {
		return nil, errors.Join(err, e.lock.Unlock())
	}
	if err := e.openCurrent(); err != nil {
		return nil, errors.Join(err, e.lock.Unlock())
	}
	return e, nil
}

// signature names all that an index must agree with to be used: another facet is another schema.
func signature(schema int) string {
	out := strconv.Itoa(schema)
	for _, f := range index.Facets() {
		out += " " + f.Name
	}
	return out
}

const currentFile = "CURRENT"

func (e *Engine) openCurrent() error {
	name, err := os.ReadFile(filepath.Join(e.dir, currentFile))
	current := strings.TrimSpace(string(name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("open index: %w", err)
	}
	if errors.Is(err, os.ErrNotExist) {
		// Nothing was ever finished here, or the name is lost of what was.
		all := e.generations()
		if len(all) == 1 {
			if g, err := open(filepath.Join(e.dir, generationName(all[0])), false); err == nil {
				e.gen = g
				return e.point(g)
			}
		}
		for _, n := range all {
			if err := e.keep(filepath.Join(e.dir, generationName(n))); err != nil && !frozen(err) {
				return err
			}
		}
		g, err := e.create(slices.Max(append(all, 0)) + 1)
		if err == nil {
			e.gen, err = g, e.point(g)
		}
		if frozen(err) {
			e.gen, e.damage, err = nil, fmt.Errorf("%w: %w", ErrDamaged, err), nil
		}
		return err
	}
	dir := filepath.Join(e.dir, current)
	if _, err := strconv.ParseUint(current, 10, 32); err != nil || current != filepath.Base(dir) {
		// Which of the generations is whole, nobody knows now.
		e.damage = fmt.Errorf("%w: %s names %q", ErrDamaged, filepath.Join(e.dir, currentFile), current)
		for _, n := range e.generations() {
			if err := e.keep(filepath.Join(e.dir, generationName(n))); err != nil && !frozen(err) {
				return err
			}
		}
		return nil
	}
	if err := e.sweep(current); err != nil && !frozen(err) {
		return err
	}
	read := roomFor(e.dir, leastRoom) != nil || writable(e.dir) != nil
	if e.gen, err = open(dir, read); err != nil && !read {
		e.gen, _ = open(dir, true) // whole, but it cannot be written to
	}
	if e.gen == nil {
		e.damage = fmt.Errorf("%w: %w", ErrDamaged, err)
		if err := e.keep(dir); err != nil && !errors.Is(err, os.ErrNotExist) && !frozen(err) {
			return err
		}
	}
	return nil
}

// sweep removes generations that were being made or left when the program was killed.
func (e *Engine) sweep(current string) error {
	for _, n := range e.generations() {
		if name := generationName(n); name != current {
			if err := os.RemoveAll(filepath.Join(e.dir, name)); err != nil {
				return fmt.Errorf("sweep index: %w", err)
			}
		}
	}
	return nil
}

func generationName(n int) string { return fmt.Sprintf("%04d", n) }

// generations are the numbers of the generations in the folder.
func (e *Engine) generations() []int {
	entries, err := os.ReadDir(e.dir)
	if err != nil {
		return nil
	}
	var out []int
	for _, d := range entries {
		if n, err := strconv.Atoi(d.Name()); err == nil && d.IsDir() && d.Name() == generationName(n) {
			out = append(out, n)
		}
	}
	return out
}

func (e *Engine) create(n int) (*generation, error) {
	dir := filepath.Join(e.dir, generationName(n))
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("make index: %w", err)
	}
	e.mu.Lock()
	schema := e.schema
	e.mu.Unlock()
	return create(dir, schema)
}

// point makes CURRENT name a generation.
func (e *Engine) point(g *generation) error {
	err := renameio.WriteFile(filepath.Join(e.dir, currentFile), []byte(filepath.Base(g.dir)+"\n"), 0o644)
	if err != nil {
		return fmt.Errorf("name the serving index: %w", err)
	}
	return nil
}

// Stale reports whether the index has to be rebuilt: it is damaged, or of another schema.
func (e *Engine) Stale() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.gen == nil || e.gen.schema != e.schema || e.lost != nil
}

// Wants says which schema the index must have from now on; one of another is stale, and serves until it is built anew.
func (e *Engine) Wants(schema int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.schema = signature(schema)
}

// Damage says what is wrong with a damaged index, which cannot be searched; nil for a whole one.
func (e *Engine) Damage() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.damage
}

// Lost says why an index that still serves could not be opened again; nil for a whole one.
func (e *Engine) Lost() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.lost
}

func (e *Engine) serving() (*generation, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.closed:
		return nil, ErrClosed
	case e.gen == nil:
		return nil, e.damage
	}
	return e.gen, nil
}

// Seq implements index.Engine; 0 where the index is damaged.
func (e *Engine) Seq() uint64 {
	g, err := e.serving()
	if err != nil {
		return 0
	}
	return g.Seq()
}

// Stored implements index.Engine.
func (e *Engine) Stored(ctx context.Context, l index.Lookup) ([]index.Agreement, error) {
	g, err := e.serving()
	if err != nil {
		return nil, err
	}
	found, err := g.Stored(ctx, l)
	if err != nil {
		err = e.suspect(g, err)
	}
	return found, err
}

// Tellers implements index.Engine.
func (e *Engine) Tellers(ctx context.Context, ids []string, but map[string]bool) ([]string, error) {
	g, err := e.serving()
	if err != nil {
		return nil, err
	}
	found, err := g.Tellers(ctx, ids, but)
	if err != nil {
		err = e.suspect(g, err)
	}
	return found, err
}

// Put implements index.Engine.
func (e *Engine) Put(ctx context.Context, b index.Batch) error {
	g, err := e.serving()
	if err != nil {
		return err
	}
	if err := g.Put(ctx, b); err != nil {
		if g.failed() != nil {
			e.fallBack(g)
		}
		return err
	}
	e.mu.Lock()
	e.failed = failure{}
	e.mu.Unlock()
	return e.renew(g)
}

// Roll counts the articles that it has, those too that were left out and are not found.
func (e *Engine) Roll(ctx context.Context) (r index.Roll, err error) {
	err = e.look(func(v *view) (err error) {
		defer guarded(&err)()
		for _, s := range v.segs {
			for doc := range s.live[tabArticles].all() {
				r.Add(string(s.docID(doc)))
			}
			left, err := holding(s.snap, fieldType, []string{typeLeft})
			if err != nil {
				return err
			}
			for it := left.Iterator(); it.HasNext(); {
				r.Add(string(s.docID(it.Next())))
			}
		}
		return ctx.Err()
	})
	return r, err
}

// Holds gives those of some articles that can be found, and the number of the archive's change that this is so at.
func (e *Engine) Holds(ctx context.Context, ids []string) (held []string, seq uint64, err error) {
	err = e.look(func(v *view) (err error) {
		defer guarded(&err)()
		held, seq = nil, v.seq
		for _, id := range ids {
			for _, s := range v.segs {
				found, err := holding(s.snap, fieldID, []string{articlePrefix + id})
				if err != nil {
					return err
				}
				if !found.IsEmpty() {
					held = append(held, id)
					break
				}
			}
		}
		return ctx.Err()
	})
	return held, seq, err
}

// Mentioned gives what is kept of the names in those of some articles that can be found.
func (e *Engine) Mentioned(ctx context.Context, ids []string) (out map[string]index.Mentioned, err error) {
	err = e.look(func(v *view) (err error) {
		defer guarded(&err)()
		out = map[string]index.Mentioned{}
		for _, id := range ids {
			for _, s := range v.segs {
				found, err := holding(s.snap, fieldID, []string{articlePrefix + id})
				if err != nil {
					return err
				}
				for it := found.Iterator(); it.HasNext(); {
					d, err := document1(s.snap, it.Next())
					if err != nil {
						return err
					}
					m := index.Mentioned{Sum: d.Sum, Mentions: d.mentions(), Listed: d.Values["institution"]}
					for _, t := range d.Told {
						m.Told = append(m.Told, t.ID)
					}
					out[id] = m
				}
			}
		}
		return ctx.Err()
	})
	return out, err
}

// look does something with the newest view. What came of it counts only if the view's files are still what they were.
func (e *Engine) look(do func(*view) error) error {
	v, err := e.view()
	if err != nil {
		return err
	}
	g := v.g
	err = do(v)
	changed := v.changed()
	err = errors.Join(err, e.release(v))
	if changed != nil {
		e.damaged(g, fmt.Errorf("%s was changed while it was served", changed.path))
	} else if err == nil {
		return nil
	}
	return e.suspect(g, err)
}

// Search answers a request. A negative size is 0; an error means that the request or the index is broken.
func (e *Engine) Search(ctx context.Context, r index.Request) (index.Result, error) {
	if err := ctx.Err(); err != nil {
		return index.Result{}, err
	}
	var res index.Result
	err := e.look(func(v *view) (err error) {
		res, err = v.search(ctx, r, &e.Weights)
		return err
	})
	if err != nil {
		return index.Result{}, fmt.Errorf("search index: %w", err)
	}
	return res, nil
}

// Similar gives for each word, whose readings are terms, terms of the index that are like it, at most a few dozen, the most
// like first.
func (e *Engine) Similar(ctx context.Context, words [][]string) (out [][]index.Near, err error) {
	err = e.look(func(v *view) (err error) {
		out, err = v.similar(ctx, words, &e.Weights)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up words: %w", err)
	}
	return out, nil
}

// Frequencies counts the documents of a tab that have any of a word's terms, for each word; of agreements those that are as
// sure as least.
func (e *Engine) Frequencies(ctx context.Context, tab index.Tab, least index.Percent, words [][]string) (out []int, err error) {
	if out, ok := e.remembered(tabOf(tab), least, words); ok && ctx.Err() == nil {
		return out, nil
	}
	err = e.look(func(v *view) (err error) {
		out, err = v.frequencies(ctx, tabOf(tab), least, words)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up words: %w", err)
	}
	return out, nil
}

// Words gives at most most of the words of a tab's documents that begin so, those of most documents first, and how many there
// are in all.
func (e *Engine) Words(ctx context.Context, tab index.Tab, begin string, most int) (found []index.Begun, total int, err error) {
	err = e.look(func(v *view) (err error) {
		found, total, err = v.words(ctx, tabOf(tab), begin, most)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("look up words: %w", err)
	}
	return found, total, nil
}
