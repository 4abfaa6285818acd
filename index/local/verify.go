package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kelisim/analysis"
	"kelisim/index"
)

// Verify reads the files of the serving index in a folder, which may be open in another process: each segment against its checksum,
// the names that lead to them, and bleve's root in a copy. It tells each fault with the file's name.
func Verify(dir string, fault func(string)) error {
	name, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return fmt.Errorf("verify index: %w", err)
	}
	if Follows(dir) == "" {
		fault(filepath.Join(dir, archiveFile) + ": it does not say which archive the index follows")
	}
	current := filepath.Join(dir, strings.TrimSpace(string(name)))
	if _, err := strconv.ParseUint(filepath.Base(current), 10, 32); err != nil || filepath.Dir(current) != filepath.Clean(dir) {
		fault(fmt.Sprintf("%s: it names %q, which is no index", filepath.Join(dir, currentFile), strings.TrimSpace(string(name))))
		return nil
	}
	if _, err := os.Stat(current); err != nil {
		fault(fmt.Sprintf("%s: %v", filepath.Join(dir, currentFile), err))
		return nil
	}
	if err := checkSeal(current); err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fault(line)
		}
	}
	files, err := filepath.Glob(filepath.Join(current, "store", "*.zap"))
	if err != nil {
		return fmt.Errorf("verify index: %w", err)
	}
	for _, path := range files {
		if err := sum(path); err != nil && !errors.Is(err, os.ErrNotExist) { // merged away in the meantime
			fault(fmt.Sprintf("%s: %v", path, err))
		}
	}
	return nil
}

// OpenCopy opens the index of a folder as it is now, in a copy that shares its segments: beside a server, and without changing
// anything. Close removes the copy. The error names bleve's root.
func OpenCopy(dir string, schema int) (*Engine, error) {
	var err error
	// A server may be writing its root just now, or have merged a segment away.
	for range 3 {
		var e *Engine
		if e, err = openCopy(dir, schema); err == nil {
			return e, nil
		}
	}
	return nil, err
}

func openCopy(dir string, schema int) (e *Engine, err error) {
	name, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return nil, fmt.Errorf("copy index: %w", err)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, fmt.Errorf("copy index: %w", err)
	}
	from := filepath.Join(dir, strings.TrimSpace(string(name)))
	tmp, err := os.MkdirTemp("", "kelisim-verify")
	if err != nil {
		return nil, fmt.Errorf("copy index: %w", err)
	}
	defer func() {
		if err != nil {
			// Who reads it knows no copy.
			err = errors.Join(errors.New(strings.ReplaceAll(err.Error(), tmp, dir)), os.RemoveAll(tmp))
		}
	}()
	to := filepath.Join(tmp, filepath.Base(from))
	if err := os.MkdirAll(filepath.Join(to, "store"), 0o755); err != nil {
		return nil, err
	}
	if err := copyFile(filepath.Join(from, "index_meta.json"), filepath.Join(to, "index_meta.json")); err != nil {
		return nil, err
	}
	root := filepath.Join(from, "store", "root.bolt")
	// A commit takes longer than a copy, so one of several falls between two.
	for try := 1; ; try++ {
		if err = copyRoot(root, filepath.Join(to, "store", "root.bolt")); err == nil {
			break
		}
		if !errors.Is(err, errWritten) || try == 20 {
			return nil, err
		}
		if err := os.Remove(filepath.Join(to, "store", "root.bolt")); err != nil {
			return nil, err
		}
	}
	// The root first: what it names and is merged away from here on is held.
	held, err := linkHeld(filepath.Join(from, "store"), filepath.Join(to, "store"))
	if err != nil {
		return nil, errors.Join(err, closeAll(held))
	}
	g, err := open(to, true)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", root, err), closeAll(held))
	}
	return &Engine{Weights: index.DefaultWeights(), dir: tmp, copied: true, pinned: held, schema: signature(schema), gen: g, views: map[*generation]int{}}, nil
}

// copyRoot copies bleve's root, which another process may be writing to. That is a bbolt file: a page in use is never written over, only
// after two more commits, and each commit changes one of the two pages that the file begins with. Where these are what they were, the
// copy is one state.
func copyRoot(from, to string) error {
	if err := copyFile(from, to); err != nil {
		return err
	}
	before, err := firstPages(to)
	if err != nil {
		return err
	}
	after, err := firstPages(from)
	if err == nil && !bytes.Equal(before, after) {
		err = fmt.Errorf("%s %w", from, errWritten)
	}
	return err
}

var errWritten = errors.New("was written to meanwhile")

func firstPages(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 2*int64(os.Getpagesize())))
}

// descriptors is where Linux shows what a process has open: a file opened there is the same when its name is gone.
const descriptors = "/proc/self/fd"

// linkHeld makes names in a folder for the segments of another, and holds them open, so that they can be read when they are removed.
func linkHeld(from, to string) (held []*os.File, err error) {
	files, err := filepath.Glob(filepath.Join(from, "*.zap"))
	if err != nil {
		return nil, err
	}
	_, unheld := os.Stat(descriptors)
	for _, name := range files {
		f, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) {
			continue // no longer used, or told when the root is opened
		}
		if err != nil {
			return held, err
		}
		held = append(held, f)
		target := name
		if unheld == nil {
			target = filepath.Join(descriptors, strconv.Itoa(int(f.Fd())))
		}
		if err := os.Symlink(target, filepath.Join(to, filepath.Base(name))); err != nil {
			return held, err
		}
	}
	return held, nil
}

func closeAll(files []*os.File) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// Check compares an article, read afresh, with what the index has of it: what it gives back with a hit, and some of its words. The
// error says what differs.
func (e *Engine) Check(ctx context.Context, r *index.Record) error {
	return e.look(func(v *view) (err error) {
		defer guarded(&err)()
		seg, doc, ok := v.article(r.Article.ID)
		if !ok {
			return fmt.Errorf("article %s is not in the index", r.Article.ID)
		}
		now := storedOf(r)
		want, err := now.append(nil)
		if err != nil {
			return err
		}
		have, err := rawStored(seg.snap, doc)
		if err != nil {
			return err
		}
		if string(want) != have {
			return fmt.Errorf("article %s: what the index has of it is not what is read out of it now", r.Article.ID)
		}
		for _, w := range someWords(r) {
			if l, ok := seg.lists.find(w.field, w.term); !ok || !has(l, doc) {
				return fmt.Errorf("article %s: its word %q does not find it", r.Article.ID, w.term)
			}
		}
		return ctx.Err()
	})
}

// article finds the live document of an article.
func (v *view) article(id string) (*viewSegment, uint32, bool) {
	for _, s := range v.segs {
		for doc := range s.live[tabArticles].all() {
			if string(s.docID(doc)) == id {
				return s, doc, true
			}
		}
	}
	return nil, 0, false
}

func has(l list, doc uint32) bool {
	r := reader{list: l}
	_, ok := r.at(doc)
	return ok
}

// fieldTerm is a word of a document: the number of its field, and a term of it.
type fieldTerm struct {
	field int
	term  string
}

// someWords are a word of each paragraph.
func someWords(r *index.Record) (out []fieldTerm) {
	if r.Text == nil {
		return nil
	}
	for _, p := range r.Text.Paragraphs {
		field := fieldOf(r, p)
		for i := p.First; i < p.Last; i++ {
			if terms := analysis.IndexTerms(r.Text.Tokens[i]); len(terms) > 0 && terms[0] != "" && len(terms[0]) <= maxTerm {
				out = append(out, fieldTerm{field, terms[0]})
				break
			}
		}
	}
	return out
}
