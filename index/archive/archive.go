// Package archive answers: what did we read, and what does it say now? It is the source of truth: one SQLite file with
// articles, all their versions, where each came from, and a number for each change, which engines follow.
//
// One process writes at a time; readers never wait (SQLite's write-ahead log). A batch is written whole or not at all,
// and is on the disk when Put returns.
//
//	a, err := archive.OpenWriter(ctx, "data")
//	defer a.Close()
//	outcomes, err := a.Put(ctx, articles, nil)
//
// References: https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_synchronous.
package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kelisim/index"
)

// The files of an archive in the data folder.
const (
	fileName = "archive.sqlite"
	lockName = "archive.lock"
)

var (
	// errUnread is of a moment, where a file beside the archive was harmed, or for ever; what it is then is told by the next look at it.
	errUnread = fmt.Errorf("%w: a file of it was cut while it was open, or its disk fails; if it goes on, put back the newest archive.sqlite with its -wal file", index.ErrArchive)
	// ErrMissing says that there is no archive, or an empty file in its place. Nothing was made.
	ErrMissing = fmt.Errorf("%w: it is not there", index.ErrArchive)
	// ErrLocked says that another process writes.
	ErrLocked = errors.New("another kelisim is writing to the archive")
	// ErrDamaged says that the file is no archive or was damaged. Nothing was written to it.
	ErrDamaged = fmt.Errorf("%w: the file is damaged or is no archive; nothing was changed in it: put back a backup (archive.sqlite without a -wal file beside it)", index.ErrArchive)
	// ErrNewer says that a newer kelisim has written the file. Nothing was written to it.
	ErrNewer = errors.New("the archive was written by a newer kelisim; nothing was changed in it")
)

// lockWait is how long a writer waits for another: longer than one that is just closing needs.
const lockWait = 2 * time.Second

// Archive is an open archive. Its methods may be called from many goroutines.
type Archive struct {
	Force   bool                       // Put takes in what was taken down
	Damaged func(id string, why error) // hears of articles whose texts cannot be read; may be nil

	path    string
	file    os.FileInfo // the file as it was opened
	reads   atomic.Pointer[handle]
	opening sync.Mutex // of reads anew
	recent  recent     // texts
	gone    atomic.Pointer[goneNow]
	write   *sql.DB      // nil for a reader
	lock    *flock.Flock // nil for a reader
}

// Exists reports whether a data folder has an archive; an empty file is none.
func Exists(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, fileName))
	return err == nil && info.Size() > 0
}

// Open opens the archive of a data folder for reading. It returns [ErrMissing] where there is none: only a writer makes one.
// Close it.
func Open(ctx context.Context, dir string) (*Archive, error) {
	a := &Archive{path: filepath.Join(dir, fileName)}
	if !Exists(dir) {
		return nil, fmt.Errorf("open archive %s: %w", a.path, ErrMissing)
	}
	if err := a.open(ctx); err != nil {
		return nil, err
	}
	return a, nil
}

// OpenWriter opens the archive for reading and writing. It returns [ErrLocked] where another process does. Close it.
func OpenWriter(ctx context.Context, dir string) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockName))
	wait, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	ok, err := lock.TryLockContext(wait, 50*time.Millisecond)
	if !ok {
		if err == nil || errors.Is(err, context.DeadlineExceeded) {
			err = ErrLocked
		}
		return nil, fmt.Errorf("open archive %s: %w", dir, err)
	}
	a := &Archive{path: filepath.Join(dir, fileName), lock: lock}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	if a.write, err = sql.Open("sqlite", a.dsn(shared, "immediate")); err != nil {
		return nil, errors.Join(a.fail("open", err), a.Close())
	}
	a.write.SetMaxOpenConns(1)
	return a, nil
}

func (a *Archive) open(ctx context.Context) (err error) {
	if a.lock != nil {
		if err := a.migrate(ctx); err != nil {
			return a.fail("open", err)
		}
	}
	h, err := a.openReads(ctx)
	if err != nil {
		return a.fail("open", err)
	}
	a.reads.Store(h)
	a.file = h.file
	return nil
}

// Replaced reports whether another file, an empty one or none lies where the archive was opened: what it reads is no longer what
// others write.
func (a *Archive) Replaced() bool {
	now, err := os.Stat(a.path)
	return err != nil || now.Size() == 0 || !os.SameFile(a.file, now)
}

// Close gives the lock back.
func (a *Archive) Close() error {
	var errs []error
	if h := a.reads.Load(); h != nil {
		errs = append(errs, h.Close())
	}
	if a.write != nil {
		errs = append(errs, a.write.Close())
	}
	if a.lock != nil {
		errs = append(errs, a.lock.Close())
	}
	return errors.Join(errs...)
}

// fail names what was done to which file, and says in plain words what SQLite means.
func (a *Archive) fail(doing string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if s, ok := errors.AsType[*sqlite.Error](err); ok {
		switch {
		case s.Code()&0xff == sqlite3.SQLITE_CORRUPT, s.Code() == sqlite3.SQLITE_NOTADB,
			s.Code() == sqlite3.SQLITE_ERROR: // a table of ours is not there: the file was emptied or is another one
			err = fmt.Errorf("%w (%v)", ErrDamaged, s)
		case s.Code()&0xff == sqlite3.SQLITE_CANTOPEN && !Exists(filepath.Dir(a.path)):
			err = ErrMissing
		case s.Code() == sqlite3.SQLITE_FULL, s.Code() == sqlite3.SQLITE_IOERR_WRITE, s.Code() == sqlite3.SQLITE_IOERR_SHMSIZE:
			err = fmt.Errorf("the disk is full; the last batch was not written: %w", err)
		case s.Code()&0xff == sqlite3.SQLITE_IOERR:
			err = fmt.Errorf("%w: %w", errUnread, err)
		}
	}
	return fmt.Errorf("%s archive %s: %w", doing, a.path, err)
}
