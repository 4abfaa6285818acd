// Package source answers: how do bytes become articles? It reads seed files and JSONL, from files, folders and
// standard input, one article at a time, and infers nothing: what a file does not state stays empty.
//
// What cannot be read is a [Problem], which names its file and line; the rest is read all the same.
package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kelisim/index"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// maxArticle bounds a seed file and a line of JSONL: the longest news items are a hundred times shorter, and a file
// that is no text must not fill the memory.
const maxArticle = 4 << 20 // bytes

// Problem is something that could not be read.
type Problem struct {
	Path string // the file or folder
	Line int    // from 1; 0 where it is no single line
	Err  error
}

func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %v", p.Path, p.Err)
	}
	return fmt.Sprintf("%s:%d: %v", p.Path, p.Line, p.Err)
}

func (p Problem) Unwrap() error { return p.Err }

// Reader reads articles. Yield and Fail must be set.
type Reader struct {
	Stdin io.Reader                 // what the path «-» reads, as JSONL
	Now   time.Time                 // Fetched of the articles
	Yield func(index.Article) error // an error stops the reading and is returned
	Fail  func(Problem)
	Bytes func(n int) // told how far the reading has come, may be nil

	done map[string]bool // files read, so that overlapping paths read none twice
}

// Read reads paths in order: files, folders (their .txt, .jsonl and .ndjson files in the order of names, without what is
// hidden or a symbolic link), or [Stdin]. It returns an error only where ctx is done or Yield asks for it.
func (r *Reader) Read(ctx context.Context, paths []string) error {
	r.done = map[string]bool{}
	for _, p := range paths {
		if p == Stdin {
			if err := r.jsonl(ctx, Stdin, r.Stdin); err != nil {
				return err
			}
			continue
		}
		path, err := Canonical(p)
		if err != nil {
			r.Fail(Problem{Path: p, Err: plainError(err)})
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			r.Fail(Problem{Path: p, Err: plainError(err)})
			err = nil
		case info.IsDir():
			err = r.folder(ctx, path)
		default:
			err = r.file(ctx, path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Canonical is the one spelling of a path under which articles are recorded: absolute, without symbolic links.
func Canonical(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// Under reports whether an article's recorded path lies in one of paths, which are canonical.
func Under(recorded string, paths []string) bool {
	file := File(recorded)
	return slices.ContainsFunc(paths, func(p string) bool {
		return file == p || strings.HasPrefix(file, strings.TrimSuffix(p, "/")+"/")
	})
}

// File is the file of a recorded path, without the line that JSONL adds to it.
func File(recorded string) string { return index.Origin(recorded) }

// Size is how many bytes there are to read under paths, 0 where one of them is standard input.
func Size(paths []string) int64 {
	var sum int64
	for _, p := range paths {
		if p == Stdin {
			return 0
		}
		path, err := Canonical(p)
		if err != nil {
			continue
		}
		_ = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && (name == path || wanted(name)) {
				if info, err := d.Info(); err == nil {
					sum += info.Size()
				}
			}
			return nil
		})
	}
	return sum
}

func (r *Reader) folder(ctx context.Context, root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		hidden := path != root && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			r.Fail(Problem{Path: path, Err: plainError(err)})
			return fs.SkipDir
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.Type().IsRegular() && !hidden && wanted(path):
			return r.file(ctx, path)
		}
		return nil
	})
}

// wanted reports whether a file in a folder is an article or a list of them: folders hold other things too.
func wanted(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".txt" || isJSONL(ext)
}

func isJSONL(ext string) bool { return ext == ".jsonl" || ext == ".ndjson" }

func (r *Reader) file(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.done[path] {
		return nil
	}
	r.done[path] = true
	f, err := os.Open(path)
	if err != nil {
		r.Fail(Problem{Path: path, Err: plainError(err)})
		return nil
	}
	defer f.Close()
	if isJSONL(strings.ToLower(filepath.Ext(path))) {
		return r.jsonl(ctx, path, f)
	}
	return r.seed(path, f)
}

func (r *Reader) read(n int) {
	if r.Bytes != nil {
		r.Bytes(n)
	}
}

// plainError drops the operation and path of a file error: the problem names the path already.
func plainError(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}
