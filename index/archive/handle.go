package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// handle is the archive opened for reading.
type handle struct {
	*sql.DB
	how access
}

// access is how SQLite gets at the file.
type access int

const (
	// shared is the usual way: readers and the writer tell one another where they are in a file beside, which each must write.
	shared access = iota
	// still is for a file that nobody can write to, whose write-ahead log is empty.
	still
	// alone reads the log into the memory of each connection, without a lock: what a writer does meanwhile is not seen, and a text that
	// it changes meanwhile is told by its hash.
	alone
)

// dsn spells how SQLite opens the file: FULL makes a batch survive a power cut in the write-ahead log.
func (a *Archive) dsn(how access, lock string) string {
	abs, err := filepath.Abs(a.path)
	if err != nil {
		abs = a.path
	}
	v := url.Values{"_pragma": {"busy_timeout(10000)", "synchronous(FULL)"}, "_txlock": {lock}}
	switch how {
	case still:
		v = url.Values{"immutable": {"1"}, "mode": {"ro"}}
	case alone:
		v = url.Values{"vfs": {"unix-none"}, "mode": {"ro"}, "_pragma": {"locking_mode(EXCLUSIVE)"}}
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: v.Encode()}
	return u.String()
}

// openReads opens the file in the first way that works: on a full disk and in a read-only folder the file beside cannot be made.
func (a *Archive) openReads(ctx context.Context) (*handle, error) {
	h, err := a.openHow(ctx, shared)
	if err == nil || !unwritable(err) {
		return h, err
	}
	how := alone
	if log, statErr := os.Stat(a.path + "-wal"); statErr != nil || log.Size() == 0 {
		how = still
	}
	if h, err2 := a.openHow(ctx, how); err2 == nil {
		return h, nil
	}
	return nil, err
}

func (a *Archive) openHow(ctx context.Context, how access) (h *handle, err error) {
	defer guarded(&err)()
	h = &handle{how: how}
	if h.DB, err = sql.Open("sqlite", a.dsn(how, "deferred")); err != nil {
		return nil, err
	}
	// Each connection has a cache of its own; more than a few a core only wait for one another.
	h.SetMaxOpenConns(4 * runtime.GOMAXPROCS(0))
	h.SetMaxIdleConns(4 * runtime.GOMAXPROCS(0))
	schema, err := version(ctx, h.DB)
	if err == nil && schema == 0 {
		err = ErrMissing // a database without tables
	}
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	a.schema = schema
	return h, nil
}

// Refresh opens the archive anew where it had to be opened without SQLite's file beside, or where that file was cut: so what was written
// since is seen. Where all is as usual it does nothing.
func (a *Archive) Refresh(ctx context.Context) error {
	_, err := a.Seq(ctx)
	was := a.reads.Load()
	if was.how == shared && err == nil {
		return nil
	}
	if was.how == shared && !unwritable(err) && !errors.Is(err, errFault) {
		return err
	}
	h, err := a.openReads(ctx)
	if errors.Is(err, errFault) {
		h, err = a.openHow(ctx, alone)
	}
	if err != nil {
		return a.fail("open", err)
	}
	a.reads.Store(h)
	go was.Close() // after its queries
	return nil
}

// unwritable reports whether SQLite says that it cannot write where it must to read.
func unwritable(err error) bool {
	s, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch s.Code() & 0xff {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM:
		return true
	}
	return false
}

var errFault = errors.New("a file of the archive was cut while it was open: start again")

// guarded makes an error of the fault that a file cut under SQLite's memory map is, which else would end the program.
func guarded(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		p := recover()
		if p == nil {
			return
		}
		if _, fault := p.(interface{ Addr() uintptr }); !fault {
			panic(p)
		}
		*err = fmt.Errorf("%w (%v)", errFault, p)
	}
}
