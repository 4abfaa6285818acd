package local

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sealFile lists what a generation's files were when it was closed. bleve's own root has no checksum, and a segment that was swapped for
// another whole one has a right one. It is broken before anything is written, so a killed program leaves none: then the files are
// compared with one another only.
const sealFile = "SEAL"

// sealed are the lines of a seal: a file's name, its size and its CRC-32, in hexadecimal.
func sealed(dir string) (string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	if err != nil {
		return "", err
	}
	names = append(names, filepath.Join(dir, "store", "root.bolt"), filepath.Join(dir, "index_meta.json"))
	slices.Sort(names)
	var out strings.Builder
	for _, name := range names {
		line, err := sealLine(dir, name)
		if err != nil {
			return "", err
		}
		out.WriteString(line)
	}
	return out.String(), nil
}

func sealLine(dir, name string) (string, error) {
	base, err := filepath.Rel(dir, name)
	if err != nil {
		return "", err
	}
	if filepath.Ext(name) == ".zap" { // its content has its own sum, which is compared elsewhere
		id, err := identify(name)
		return fmt.Sprintf("%s %d %08x\n", filepath.ToSlash(base), id.size, id.sum), err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := crc32.NewIEEE()
	n, err := io.Copy(h, f)
	return fmt.Sprintf("%s %d %08x\n", filepath.ToSlash(base), n, h.Sum32()), err
}

// seal writes the seal of a closed generation.
func seal(dir string) error {
	text, err := sealed(dir)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, sealFile), []byte(fmt.Sprintf("%s%08x\n", text, crc32.ChecksumIEEE([]byte(text)))), 0o644)
}

// readSeal gives the lines of a seal; none where there is none, or where it was not written to its end.
func readSeal(dir string) []string {
	data, err := os.ReadFile(filepath.Join(dir, sealFile))
	if err != nil || len(data) < 9 {
		return nil
	}
	text, sum := string(data[:len(data)-9]), string(data[len(data)-9:])
	if fmt.Sprintf("%08x\n", crc32.ChecksumIEEE([]byte(text))) != sum {
		return nil
	}
	return strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
}

// checkSeal names each file that is not as it was when the generation was closed.
func checkSeal(dir string) error {
	var errs []error
	for _, line := range readSeal(dir) {
		base, _, _ := strings.Cut(line, " ")
		name := filepath.Join(dir, filepath.FromSlash(base))
		switch now, err := sealLine(dir, name); {
		case errors.Is(err, os.ErrNotExist):
			errs = append(errs, fmt.Errorf("%s is lost", name))
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		case strings.TrimSpace(now) != strings.TrimSpace(line):
			errs = append(errs, fmt.Errorf("%s is not what it was when the index was closed", name))
		}
	}
	return errors.Join(errs...)
}

// breakSeal takes the seal away before the generation is written to.
func breakSeal(dir string) error {
	if err := os.Remove(filepath.Join(dir, sealFile)); errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	return settled(dir)
}
