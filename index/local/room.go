package local

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// room is what a disk has free. Some file systems tell no number of files: then it is 0 or does not change.
type room struct{ bytes, files int64 }

// leastRoom is what a disk must have free before a batch: five hundred articles take some 5 MiB, and bleve merges what is there.
const leastRoom = 16 << 20 // bytes

// NoRoom says that the disk has too little free for the next batch. What is there can be searched.
type NoRoom struct {
	Dir        string
	Free, Need int64 // bytes
}

func (e *NoRoom) Error() string {
	return fmt.Sprintf("the disk of %s is full: %s are free, %s are needed", e.Dir, mebibytes(e.Free), mebibytes(e.Need))
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

// ErrReadOnly says that the folder cannot be written to. What is there can be searched.
var ErrReadOnly = errors.New("the folder of the index cannot be written to")

// Free is how much room the disk of a folder has; ok is false where the system does not tell.
func Free(dir string) (bytes int64, ok bool) {
	r, ok := roomOf(dir)
	return r.bytes, ok
}

// roomFor is an error where a disk has less than need free.
func roomFor(dir string, need int64) error {
	if have, ok := roomOf(dir); ok && have.bytes < need {
		return &NoRoom{dir, have.bytes, need}
	}
	return nil
}

// failure is what a batch found that could not be written. The next one is tried when there is more room, and now and then: it may
// have been for another reason, and each try costs the reading of a batch.
type failure struct {
	at    time.Time
	found room
	wait  time.Duration
}

const (
	moreRoom  = 4 << 20 // bytes
	firstWait = time.Minute
	lastWait  = 15 * time.Minute
)

// again is what the next failure is.
func (f failure) again(dir string) failure {
	found, _ := roomOf(dir)
	return failure{time.Now(), found, min(max(firstWait, 2*f.wait), lastWait)}
}

// over reports whether to try again.
func (f failure) over(dir string) bool {
	have, ok := roomOf(dir)
	return f.at.IsZero() || time.Since(f.at) > f.wait || ok && (have.bytes >= f.found.bytes+moreRoom || have.files > f.found.files)
}

// frozen reports whether an error says that nothing can be written: the disk is full or the folder read-only.
func frozen(err error) bool {
	_, room := errors.AsType[*NoRoom](err)
	return room || errors.Is(err, ErrReadOnly) || errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission) ||
		errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// writable is an error where a folder cannot be written to.
func writable(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	return f.Close()
}
