package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
)

// ErrNoCopy says that there is no index that would be worth a copy: none, a damaged one, or one of another schema.
var ErrNoCopy = errors.New("there is no index of this program's that is whole")

// Backup writes the index of a folder as it is at one moment into another folder, which must not be there, and gives the archive's change
// that the copy has reached. A process may have the index open, write to it and merge its segments meanwhile. What is copied is compared
// with its checksums on both sides; bringing it to the disk is the caller's. The error is [ErrNoCopy] where nothing is to be copied; on an
// error what was written stays.
func Backup(ctx context.Context, dir, to string, schema int) (seq uint64, err error) {
	defer guarded(&err)()
	if !Exists(dir) {
		return 0, fmt.Errorf("%w in %s", ErrNoCopy, dir)
	}
	follows := Follows(dir)
	e, err := OpenCopy(dir, schema)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNoCopy, err)
	}
	defer e.Close()
	if e.Stale() {
		return 0, fmt.Errorf("%w in %s: it is of another schema", ErrNoCopy, dir)
	}
	name := generationName(1)
	if err := os.MkdirAll(to, 0o755); err != nil {
		return 0, fmt.Errorf("copy index: %w", err)
	}
	at := filepath.Join(to, name)
	if err := e.gen.idx.(bleve.IndexCopyable).CopyTo(folder{ctx, at}); err != nil {
		return 0, errors.Join(fmt.Errorf("copy index: %w", err), ctx.Err())
	}
	g, err := open(at, true)
	if err != nil {
		return 0, fmt.Errorf("the copy of the index: %w", err)
	}
	if seq = g.Seq(); seq != e.gen.Seq() {
		err = fmt.Errorf("the copy of the index has change %d, not %d", seq, e.gen.Seq())
	}
	if err = errors.Join(err, g.close()); err != nil {
		return 0, err
	}
	if err := seal(at); err != nil {
		return 0, fmt.Errorf("copy index: %w", err)
	}
	for file, says := range map[string]string{archiveFile: follows, currentFile: name} {
		if err := os.WriteFile(filepath.Join(to, file), []byte(says+"\n"), 0o644); err != nil {
			return 0, fmt.Errorf("copy index: %w", err)
		}
	}
	return seq, nil
}

// folder is where bleve writes a copy; it stops between two files.
type folder struct {
	ctx context.Context
	dir string
}

func (f folder) GetWriter(path string) (io.WriteCloser, error) {
	if err := f.ctx.Err(); err != nil {
		return nil, err
	}
	return bleve.FileSystemDirectory(f.dir).GetWriter(path)
}
