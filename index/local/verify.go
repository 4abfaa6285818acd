package local

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Verify reads the files of the serving index in a folder, which may be open, and compares each segment with the checksum at its
// end. It tells each fault.
func Verify(dir string, fault func(string)) error {
	name, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return fmt.Errorf("verify index: %w", err)
	}
	current := filepath.Join(dir, strings.TrimSpace(string(name)))
	if _, err := os.Stat(current); err != nil {
		fault(fmt.Sprintf("%s: %v", filepath.Join(dir, currentFile), err))
		return nil
	}
	segments, err := filepath.Glob(filepath.Join(current, "store", "*.zap"))
	if err != nil {
		return fmt.Errorf("verify index: %w", err)
	}
	for _, path := range segments {
		switch ok, err := checksum(path); {
		case os.IsNotExist(err): // merged away in the meantime
		case err != nil:
			fault(fmt.Sprintf("%s: %v", path, err))
		case !ok:
			fault(path + ": its content is not what was written (checksum)")
		}
	}
	return nil
}

// checksum reports whether a segment's last four bytes are the CRC-32 of all before them, as bleve's zap format has it.
func checksum(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if info.Size() < 4 {
		return false, nil
	}
	h := crc32.NewIEEE()
	if _, err := io.Copy(h, io.LimitReader(f, info.Size()-4)); err != nil {
		return false, err
	}
	var end [4]byte
	if _, err := io.ReadFull(f, end[:]); err != nil {
		return false, err
	}
	return h.Sum32() == binary.BigEndian.Uint32(end[:]), nil
}
