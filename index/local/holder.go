package local

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/renameio/v2"
)

// Holder is the process that has an index open.
type Holder struct {
	Address string // where it serves, "" if it does not
	PID     int
	Since   time.Time
	Seq     uint64 // the newest change that it shows
}

const lockFile = "lock"

// holderSize keeps the lock file at one length: it is written in place, so that a full disk does not lose it.
const holderSize = 256 // bytes

// ReadHolder says who has, or last had, the index of a folder open.
func ReadHolder(dir string) (h Holder) {
	data, _ := os.ReadFile(filepath.Join(dir, lockFile)) // unreadable: nobody knows
	lines := strings.Split(string(data), "\n")
	if len(lines) > 5 && lines[4] != "" && lines[4] != fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(strings.Join(lines[:4], "\n")+"\n"))) {
		return h
	}
	get := func(i int) string {
		if i < len(lines) {
			return strings.TrimSpace(lines[i])
		}
		return ""
	}
	h.Address = get(0)
	h.PID, _ = strconv.Atoi(get(1))
	h.Since, _ = time.Parse(time.RFC3339, get(2))
	h.Seq, _ = strconv.ParseUint(get(3), 10, 64)
	return h
}

// tell writes who has the index open into the lock file, for those who find it locked.
func (e *Engine) tell() error {
	h := e.holder
	text := fmt.Sprintf("%s\n%d\n%s\n%d\n", h.Address, h.PID, h.Since.UTC().Format(time.RFC3339), h.Seq)
	text += fmt.Sprintf("%08x\n", crc32.ChecksumIEEE([]byte(text))) // a wrong number would speak of a lost archive
	text += strings.Repeat(" ", max(0, holderSize-len(text)))
	// The same file, not a new one: the lock lies on it.
	f, err := os.OpenFile(filepath.Join(e.dir, lockFile), os.O_WRONLY|os.O_CREATE, 0o644)
	if err == nil {
		_, err = f.WriteAt([]byte(text), 0)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("write address into index: %w", err)
	}
	return nil
}

// SetAddress tells those who find the folder locked where this process serves.
func (e *Engine) SetAddress(addr string) error {
	e.telling.Lock()
	defer e.telling.Unlock()
	e.holder.Address = addr
	return melted(e.tell())
}

// melted is an error but for a folder that nothing can be written to: whoever finds the index locked is told less.
func melted(err error) error {
	if frozen(err) {
		return nil
	}
	return err
}

// Shows tells them the newest change that this process shows.
func (e *Engine) Shows(seq uint64) error {
	e.telling.Lock()
	defer e.telling.Unlock()
	if e.holder.Seq == seq {
		return nil
	}
	e.holder.Seq = seq
	return melted(e.tell())
}

// archiveFile names the archive that the index follows.
const archiveFile = "ARCHIVE"

// Follows gives the archive that the index of a folder follows, "" where nobody has said it.
func Follows(dir string) string {
	data, _ := os.ReadFile(filepath.Join(dir, archiveFile))
	return strings.TrimSpace(string(data))
}

// SetFollows says which archive the index follows.
func (e *Engine) SetFollows(archive string) error {
	if err := melted(renameio.WriteFile(filepath.Join(e.dir, archiveFile), []byte(archive+"\n"), 0o644)); err != nil {
		return fmt.Errorf("name the archive of the index: %w", err)
	}
	return nil
}

// Exists reports whether a folder holds an index.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, currentFile))
	return err == nil
}
