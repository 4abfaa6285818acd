package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
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
	files, err := filepath.Glob(filepath.Join(from, "store", "*"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if filepath.Ext(file) == ".bolt" {
			continue
		}
		if err := os.Symlink(file, filepath.Join(to, "store", filepath.Base(file))); err != nil {
			return nil, err
		}
	}
	for _, file := range []string{"index_meta.json", filepath.Join("store", "root.bolt")} {
		if err := copyFile(filepath.Join(from, file), filepath.Join(to, file)); err != nil {
			return nil, err
		}
	}
	g, err := open(to, true)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(from, "store", "root.bolt"), err)
	}
	return &Engine{Weights: index.DefaultWeights(), dir: tmp, copied: true, schema: signature(schema), gen: g, views: map[*generation]int{}}, nil
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
		if !slices.Equal(want, have) {
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
