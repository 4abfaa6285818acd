package source

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// A packed file that grows more than a thousandfold is made to fill a disk; text grows five to ten times. Below bombSize
	// it does no harm.
	bombRatio = 200
	bombSize  = 64 << 20 // bytes
	// maxWindow bounds what zstd keeps in memory; its own command makes larger ones only when told («--long»).
	maxWindow = 128 << 20 // bytes
)

var errBomb = fmt.Errorf("unpacked it is over %d times larger, which no text is", bombRatio)

// unpack unpacks gzip and zstd, told by their first bytes.
func unpack(b *bufio.Reader) (packed string, text *bufio.Reader, err error) {
	head, _ := b.Peek(4)
	in := &counted{r: b}
	var out io.Reader
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		packed = "gzip"
		out, err = gzip.NewReader(in)
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		packed = "zstd"
		out, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
	default:
		return "", b, nil
	}
	if err != nil {
		return packed, nil, fmt.Errorf("unpack %s: %w", packed, err)
	}
	return packed, bufio.NewReaderSize(&unpacker{packed: packed, in: in, out: out}, headSize), nil
}

// counted counts what was read of a packed file.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// unpacker reads what was packed, and gives up on a bomb.
type unpacker struct {
	packed string
	in     *counted
	out    io.Reader
	n      int64
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.out.Read(p)
	u.n += int64(n)
	if u.n > bombSize && u.n > bombRatio*u.in.n {
		return 0, errBomb
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("unpack %s: %w", u.packed, err)
	}
	return n, err
}

// zip reads the files of a zip archive as those of a folder. Nothing is written to disk.
func (r *Reader) zip(ctx context.Context, in *input, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		r.fail(in, 0, plainError(err))
		return nil
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		r.fail(in, 0, fmt.Errorf("unpack zip: %w", err))
		return nil
	}
	if office(z) {
		r.fail(in, 0, errors.New("a Word, Excel or LibreOffice file; save it as CSV or text"))
		return nil
	}
	slices.SortStableFunc(z.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	pages := map[string]bool{}
	for _, e := range z.File {
		pages[strings.TrimSuffix(inside(e), path.Ext(e.Name))] = hint(e.Name) == PageFile || pages[strings.TrimSuffix(inside(e), path.Ext(e.Name))]
	}
	crawl := wacz(z)
	for _, e := range z.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := inside(e)
		switch {
		case crawl && (!strings.HasPrefix(name, "archive/") || hint(name) != WARCFile):
			continue // its lists of pages and of addresses: no articles, though they look like some
		case e.FileInfo().IsDir() || hiddenInside(name, pages):
			continue
		case !e.Mode().IsRegular():
			r.aside["symbolic links"]++
			continue
		case hint(name) == "" || hint(name) == zipFile:
			r.aside[strings.ToLower(path.Ext(name))]++
			continue
		}
		if err := r.entry(ctx, in.path+"/"+name, name, e); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) entry(ctx context.Context, recorded, name string, e *zip.File) error {
	if e.UncompressedSize64 > bombSize && e.UncompressedSize64/bombRatio > e.CompressedSize64 {
		r.Fail(Problem{Path: recorded, Err: errBomb})
		return nil
	}
	rc, err := e.Open()
	if err != nil {
		r.Fail(Problem{Path: recorded, Err: fmt.Errorf("unpack zip: %w", err)})
		return nil
	}
	defer rc.Close()
	bytes := r.Bytes
	r.Bytes = nil
	defer func() { r.Bytes = bytes }()
	if bytes != nil {
		bytes(int(e.CompressedSize64))
	}
	return r.stream(ctx, &input{path: recorded, name: name, found: true}, rc, nil)
}

// inside is an entry's name, which never leads out of the archive. Windows writes Cyrillic names in IBM866 and does not say so.
func inside(e *zip.File) string {
	name := e.Name
	if e.NonUTF8 && !utf8.ValidString(name) {
		name = string(guess(cyrillic, []byte(name)).bytes([]byte(name)))
	}
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// hiddenInside reports whether a name in an archive is hidden, or what a browser saves beside a page.
func hiddenInside(name string, pages map[string]bool) bool {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, ".") || p == "__MACOSX" {
			return true
		}
		dir := strings.Join(parts[:i+1], "/")
		if base, ok := strings.CutSuffix(dir, "_files"); ok && i < len(parts)-1 && pages[base] {
			return true
		}
	}
	return false
}

// wacz reports whether a zip archive is a crawl in the form WACZ: WARC files in archive/, and lists of what is in them.
// https://specs.webrecorder.net/wacz/1.1.1/
func wacz(z *zip.Reader) bool {
	return slices.ContainsFunc(z.File, func(e *zip.File) bool { return e.Name == "datapackage.json" }) &&
		slices.ContainsFunc(z.File, func(e *zip.File) bool { return strings.HasPrefix(e.Name, "archive/") && hint(e.Name) == WARCFile })
}

// office reports whether a zip archive is a document of an office program.
func office(z *zip.Reader) bool {
	return slices.ContainsFunc(z.File, func(e *zip.File) bool { return e.Name == "[Content_Types].xml" || e.Name == "mimetype" })
}
