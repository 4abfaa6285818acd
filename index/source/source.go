// Package source answers: how do bytes become articles? It reads seed files, texts, JSON lines, JSON, tables (CSV, TSV), saved
// web pages and WARC files, packed with gzip or zstd or not, from files, folders, zip archives and standard input, one article
// at a time, and infers nothing: what a file does not state stays empty.
//
// What a file is, and how its letters are encoded, is told by its content; [File] says what was found. What cannot be read is a
// [Problem], which names its file and line; the rest is read all the same. What was read with a doubt is a Problem too, told
// to Warn.
package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"kelisim/index"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// maxArticle bounds a text, a line of JSONL and a row: the longest news items are a hundred times shorter, and a file
// that is no text must not fill the memory.
const maxArticle = 4 << 20 // bytes

// headSize is how much of a file tells what it is.
const headSize = 64 << 10 // bytes

// Problem is something that could not be read, or a warning.
type Problem struct {
	Path string // the file or folder
	Line int    // from 1; 0 where it is no single line
	Code string // of a warning, "" where something could not be read
	Err  error
}

func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %v", p.Path, p.Err)
	}
	return fmt.Sprintf("%s:%d: %v", p.Path, p.Line, p.Err)
}

func (p Problem) Unwrap() error { return p.Err }

// File says as what a file was read.
type File struct {
	Path      string
	Kind      Kind   // "" where it could not be told
	Packed    string // gzip or zstd, or ""
	Encoding  string // UTF-8, or another; "" where it could not be told
	Guessed   bool   // nothing in the file states the encoding
	Columns   string // of a table: «title=Заголовок, body=Текст»
	Separator string // of a table, "" for a comma
	Articles  int    // how many it gave
	Failed    int    // how many problems
}

// String says it to people: «CSV, windows-1251 (guessed), packed with gzip».
func (f File) String() string {
	s := f.Kind.words()
	if s == "" {
		s = "not read"
	}
	if f.Separator != "" && f.Separator != "\t" {
		s += " with «" + f.Separator + "»"
	}
	if f.Encoding != "" {
		s += ", " + f.Encoding
	}
	if f.Guessed {
		s += " (guessed)"
	}
	if f.Packed != "" {
		s += ", packed with " + f.Packed
	}
	if f.Columns != "" {
		s += ", columns " + f.Columns
	}
	return s
}

// Choice is what an article's provenance keeps: how its file was read, or nothing where there was nothing to choose.
func (f File) Choice() string {
	if f.Kind == "" || f.Kind == zipFile {
		return ""
	}
	if f.Encoding == utf8Set.name && !f.Guessed && (f.Kind == SeedFile || f.Kind == JSONLines || f.Kind == TextFile) {
		return ""
	}
	f.Packed = ""
	return f.String()
}

// Reader reads articles. Yield and Fail must be set.
type Reader struct {
	Stdin io.Reader                 // what the path «-» reads
	Now   time.Time                 // Fetched of the articles; a later date is not believed
	Yield func(index.Article) error // an error stops the reading and is returned
	Fail  func(Problem)
	Warn  func(Problem)                            // may be nil
	Done  func(File)                               // told after each file, may be nil
	Skip  func(path string, info fs.FileInfo) bool // files of folders that are passed over; may be nil
	Bytes func(n int)                              // told how far the reading has come, may be nil

	As       Kind              // what all files are; "" where their content tells
	Encoding string            // how all files are encoded; "" where their content tells
	Map      map[string]string // the columns that hold an article's fields; the others are found by their usual names

	done  map[string]bool // files read, so that overlapping paths read none twice
	aside map[string]int  // what folders hold besides, by the endings of their names
}

// Read reads paths in order: files, folders (their files of known endings in the order of names, without what is hidden or a
// symbolic link), patterns («news/*.csv») where no file has that name, or [Stdin]. It returns an error only where ctx is done
// or Yield asks for it.
func (r *Reader) Read(ctx context.Context, paths []string) error {
	r.done, r.aside = map[string]bool{}, map[string]int{}
	if r.Encoding != "" {
		if _, err := charsetOf(r.Encoding); err != nil {
			return err
		}
	}
	for _, p := range paths {
		if p == Stdin {
			if err := r.stream(ctx, &input{path: Stdin, name: Stdin}, interruptible(ctx, r.Stdin), nil); err != nil {
				return unstop(err)
			}
			continue
		}
		for _, p := range matches(p) {
			if err := r.path(ctx, p); err != nil {
				return unstop(err)
			}
		}
	}
	return nil
}

func unstop(err error) error {
	if s, ok := errors.AsType[stop](err); ok {
		return s.error
	}
	return err
}

// Aside are the files of folders that were not read, by the endings of their names.
func (r *Reader) Aside() map[string]int { return r.aside }

// matches are the files that a pattern names; a path that is there, or that no file matches, stands for itself.
func matches(p string) []string {
	if _, err := os.Lstat(p); err == nil || !strings.ContainsAny(p, "*?[") {
		return []string{p}
	}
	if found, err := filepath.Glob(p); err == nil && len(found) > 0 {
		return found
	}
	return []string{p}
}

func (r *Reader) path(ctx context.Context, p string) error {
	path, err := Canonical(p)
	if err != nil {
		r.Fail(Problem{Path: p, Err: plainError(err)})
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		r.Fail(Problem{Path: p, Err: plainError(err)})
		return nil
	case info.IsDir():
		return r.folder(ctx, path)
	}
	return r.file(ctx, path, false)
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
	file := Origin(recorded)
	return slices.ContainsFunc(paths, func(p string) bool {
		return file == p || strings.HasPrefix(file, strings.TrimSuffix(p, "/")+"/")
	})
}

// Origin is the file of a recorded path, without the line that JSONL adds to it.
func Origin(recorded string) string { return index.Origin(recorded) }

// Size is how many bytes there are to read under paths, 0 where one of them is standard input.
func Size(paths []string) int64 {
	var sum int64
	for _, p := range paths {
		if p == Stdin {
			return 0
		}
		for _, p := range matches(p) {
			path, err := Canonical(p)
			if err != nil {
				continue
			}
			_ = walk(path, func(name string, info fs.FileInfo, err error) error {
				if err == nil && (name == path || hint(name) != "") {
					sum += info.Size()
				}
				return nil
			})
		}
	}
	return sum
}

// walk visits the files of a folder that may be articles: none that is hidden, no link, and not the pictures and scripts that
// a browser saves beside a page («page.html», «page_files/»).
func walk(root string, visit func(path string, info fs.FileInfo, err error) error) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if err := visit(path, nil, err); err != nil {
				return err
			}
			return fs.SkipDir
		}
		hidden := path != root && strings.HasPrefix(d.Name(), ".")
		switch {
		case d.IsDir() && path != root && (hidden || besidePage(path)):
			return fs.SkipDir
		case d.IsDir() || hidden:
			return nil
		}
		info, err := d.Info()
		return visit(path, info, err)
	})
}

func besidePage(dir string) bool {
	base, ok := strings.CutSuffix(dir, "_files")
	if !ok {
		base, ok = strings.CutSuffix(dir, ".files")
	}
	if !ok {
		return false
	}
	for _, ext := range []string{".html", ".htm", ".xhtml"} {
		if _, err := os.Lstat(base + ext); err == nil {
			return true
		}
	}
	return false
}

func (r *Reader) folder(ctx context.Context, root string) error {
	return walk(root, func(path string, info fs.FileInfo, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			r.Fail(Problem{Path: path, Err: plainError(err)})
		case info.Mode()&fs.ModeSymlink != 0:
			r.aside["symbolic links"]++
		case info.Mode().IsRegular() && hint(path) != "":
			if r.Skip != nil && r.Skip(path, info) {
				return nil
			}
			return r.file(ctx, path, true)
		default:
			r.aside[strings.ToLower(filepath.Ext(path))]++
		}
		return nil
	})
}

// file reads a file; found says that a folder had it, nobody named it.
func (r *Reader) file(ctx context.Context, path string, found bool) error {
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
	return r.stream(ctx, &input{path: path, name: path, found: found}, f, f)
}

// input is a file being read: its text, decoded.
type input struct {
	*bufio.Reader
	path  string // as problems and articles name it
	name  string // its own name, for its ending and its article's id
	url   string // where a page was fetched, "" where only the page can say it
	found bool   // in a folder: it may hold other things than articles
	file  File
}

// stream reads a file. Whoever can give it from any place gives f too, for zip.
func (r *Reader) stream(ctx context.Context, in *input, raw io.Reader, f *os.File) error {
	in.name, in.file.Path = unpacked(in.name), in.path
	err := r.content(ctx, in, raw, f)
	if err == nil {
		err = ctx.Err()
	}
	if r.Done != nil {
		r.Done(in.file)
	}
	return err
}

// leave passes over a table or a list of a folder that has no articles: folders hold other things too.
func (r *Reader) leave(in *input) {
	r.warn(place{in.path, 0}, Aside, "is left aside: nothing in it is known as the text of articles; give the file by its name, or name the column with --map body=…")
}

// heads are buffers of files read before: a folder of small files would else fill the memory with new ones.
var heads = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, headSize) }}

func (r *Reader) content(ctx context.Context, in *input, raw io.Reader, f *os.File) error {
	if r.Bytes != nil {
		raw = &counter{raw, r.Bytes}
	}
	first := heads.Get().(*bufio.Reader)
	first.Reset(raw)
	defer func() {
		first.Reset(nil)
		heads.Put(first)
	}()
	packed, b, err := unpack(first)
	in.file.Packed = packed
	if err != nil {
		r.fail(in, 0, err)
		return nil
	}
	head, err := b.Peek(headSize)
	switch {
	case err != nil && err != io.EOF:
		r.fail(in, 0, plainError(err))
		return nil
	case len(head) == 0 && list(hint(in.name)):
		return nil // a list of nothing
	case len(head) == 0:
		r.fail(in, 0, errors.New("empty"))
		return nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		in.file.Kind = zipFile
		if f == nil || packed != "" {
			r.fail(in, 0, errors.New("a zip archive inside another file or on standard input; give it as a file"))
			return nil
		}
		return r.zip(ctx, in, f)
	}
	if what := foreign(head); what != "" && r.As == "" {
		r.fail(in, 0, fmt.Errorf("%s", what))
		return nil
	}
	return r.decoded(ctx, in, b, head)
}

// list reports whether a kind of file may hold no article at all.
func list(k Kind) bool {
	return k == JSONLines || k == JSONFile || k == CSVFile || k == TSVFile || k == WARCFile
}

// decoded tells a text's encoding and kind, and reads it.
func (r *Reader) decoded(ctx context.Context, in *input, b *bufio.Reader, head []byte) error {
	set, ok := encodingOf(head)
	warc := bytes.HasPrefix(head, []byte("WARC/"))
	if !ok && !warc && r.Encoding == "" && r.As == "" {
		r.fail(in, 0, errors.New("binary, not text"))
		return nil
	}
	if r.Encoding != "" {
		set, _ = charsetOf(r.Encoding)
	}
	text := set.bytes(head)
	kind := r.As
	if kind == "" {
		var err error
		if kind, err = r.recognise(text, in.name); err != nil {
			r.fail(in, 0, err)
			return nil
		}
	}
	in.file.Kind, in.file.Encoding, in.file.Guessed = kind, set.name, set.guessed
	// RFC 8259 §8.1: JSON that is passed on is UTF-8. Of one that says itself that it is not, nobody knows who wrote it and how well.
	if (kind == JSONLines || kind == JSONFile) && set.name == utf16le.name && r.Encoding == "" {
		r.fail(in, 0, errors.New("not UTF-8, as JSON has to be, but UTF-16; with --encoding UTF-16 it is read all the same"))
		return nil
	}
	in.Reader = b
	if set.decode != nil {
		in.Reader = bufio.NewReaderSize(set.reader(b), headSize)
	}
	switch kind {
	case JSONLines:
		return r.jsonl(ctx, in)
	case JSONFile:
		return r.json(ctx, in)
	case CSVFile, TSVFile:
		return r.table(ctx, in)
	case PageFile:
		return r.page(in, b)
	case MHTMLFile:
		return r.mhtml(in, b)
	case WARCFile:
		return r.warc(ctx, in, b)
	}
	return r.whole(in)
}

// interruptible ends a reading that waits for somebody to type when ctx is done.
func interruptible(ctx context.Context, in io.Reader) io.Reader {
	out, to := io.Pipe()
	go func() {
		_, err := io.Copy(to, in)
		to.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { to.CloseWithError(ctx.Err()) })
	return out
}

func (r *Reader) fail(in *input, line int, err error) {
	if errors.Is(err, context.Canceled) {
		return // nothing is wrong with the file
	}
	in.file.Failed++
	r.Fail(Problem{Path: in.path, Line: line, Err: plainError(err)})
}

// yield gives an article on, with what all articles of a file have in common.
func (r *Reader) yield(in *input, a index.Article) error {
	if a.Fetched.IsZero() {
		a.Fetched = r.Now
	}
	a.How = in.file.Choice()
	in.file.Articles++
	if err := r.Yield(a); err != nil {
		return stop{err}
	}
	return nil
}

// counter tells how much was read.
type counter struct {
	io.Reader
	told func(int)
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.told(n)
	return n, err
}

// plainError drops the operation and path of a file error: the problem names the path already.
func plainError(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}
