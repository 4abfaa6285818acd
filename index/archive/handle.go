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
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// handle is the archive opened for reading.
type handle struct {
	*sql.DB
	how    access
	file   os.FileInfo // before it was opened
	schema int         // a reader takes an older one as it is
	asked  *sync.Map   // text → *sql.Stmt
}

// ask is QueryContext with a statement that is kept: to read one takes SQLite as long as to answer it. It is for texts of which there are few.
func (h *handle) ask(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, ok := h.asked.Load(text)
	if !ok {
		made, err := h.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		if s, ok = h.asked.LoadOrStore(text, made); ok {
			_ = made.Close() // somebody else was first
		}
	}
	return s.(*sql.Stmt).QueryContext(ctx, args...)
}

// mostAsked bounds the variables of a statement, well below SQLite's limit.
const mostAsked = 500

// anyOf gives what stands behind IN for some ids, one at least, and its arguments. The last is repeated, so that few texts do for all numbers.
func anyOf(ids []string) (in string, args []any) {
	n := 1
	for n < len(ids) {
		n *= 4
	}
	args = make([]any, n)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return "(?" + strings.Repeat(", ?", n-1) + ")", args
}

// drained is how long a handle that another took the place of is kept: whoever has it in hand has begun to read by then.
const drained = time.Minute

// retire lets go of a handle after its queries.
func (h *handle) retire() {
	h.SetMaxIdleConns(-1)
	time.AfterFunc(drained, func() { _ = h.Close() })
}

// now is the archive as the file is now. SQLite keeps pages in memory and hears of a writer by the write-ahead log, not of somebody who
// puts another file's bytes into this one: what it had read would go on for one question, and what it had not be missing for the next.
// So a file that was written to is opened anew, after the writer's own checkpoints too. To ask costs a microsecond.
func (a *Archive) now() *handle {
	h := a.reads.Load()
	if a.asOpened(h) {
		return h
	}
	a.opening.Lock()
	defer a.opening.Unlock()
	if h = a.reads.Load(); a.asOpened(h) {
		return h
	}
	file, err := os.Stat(a.path)
	if err != nil {
		return h
	}
	fresh, err := a.openReads(context.Background())
	if err != nil {
		// What was read before is still told; a page that was not tells what has become of the file.
		fresh = &handle{DB: h.DB, how: h.how, file: file, schema: h.schema, asked: h.asked}
	} else {
		h.retire()
	}
	a.reads.Store(fresh)
	return fresh
}

// asOpened reports whether the file was not written to since a handle was opened. One that was removed or lies elsewhere can still be
// read as it was.
func (a *Archive) asOpened(h *handle) bool {
	now, err := os.Stat(a.path)
	return err != nil || !os.SameFile(h.file, now) || now.Size() == h.file.Size() && now.ModTime().Equal(h.file.ModTime())
}

func (a *Archive) db() *sql.DB { return a.now().DB }

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
	case shared:
		if a.lock == nil {
			v.Set("mode", "rw") // where the file was taken away a reader makes none
		}
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
	h = &handle{how: how, asked: new(sync.Map)}
	if h.file, err = os.Stat(a.path); err != nil {
		return nil, err
	}
	if h.DB, err = sql.Open("sqlite", a.dsn(how, "deferred")); err != nil {
		return nil, err
	}
	// Each connection has a cache of its own; more than a few a core only wait for one another.
	h.SetMaxOpenConns(4 * runtime.GOMAXPROCS(0))
	h.SetMaxIdleConns(4 * runtime.GOMAXPROCS(0))
	h.schema, err = version(ctx, h.DB)
	if err == nil && h.schema == 0 {
		err = ErrMissing // a database without tables
	}
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
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
	a.opening.Lock()
	defer a.opening.Unlock()
	was = a.reads.Load()
	h, err := a.openReads(ctx)
	if errors.Is(err, errFault) {
		h, err = a.openHow(ctx, alone)
	}
	if err != nil {
		return a.fail("open", err)
	}
	a.reads.Store(h)
	was.retire()
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

var errFault = fmt.Errorf("%w: under SQLite's memory", errUnread)

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
