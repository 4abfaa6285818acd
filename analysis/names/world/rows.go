package world

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"kelisim/analysis/names/forms"
)

// town is a line of places.tsv.
type town struct {
	id       int32 // of GeoNames
	country  string
	name     string
	people   int // inhabitants
	latin    []string
	cyrillic []string
}

// The columns of world.tsv and places.tsv.
const (
	worldColumns  = "id\tcountry\tname\tother_names\tacronyms\tcity\tplace\tdomain"
	packedColumns = worldColumns + "\tror\tkind"
	townColumns   = "geonameid\tcountry\tname\tpopulation\tlat\tlon\tlatin\tcyrillic"
)

// ReadWorld reads world.tsv.zst, which a folder may lack. A row that has the key of a curated one gives it more names.
func ReadWorld(fsys fs.FS) (out []*Body, err error) {
	err = readPacked(fsys, "world.tsv.zst", packedColumns, func(f []string) error {
		out = append(out, worldBody(f))
		return nil
	})
	return out, err
}

// readTowns reads places.tsv.zst, which a folder may lack.
func readTowns(fsys fs.FS) (out []*town, err error) {
	err = readPacked(fsys, "places.tsv.zst", townColumns, func(f []string) error {
		p, err := readTown(f)
		out = append(out, p)
		return err
	})
	return out, err
}

func worldBody(f []string) *Body {
	place, _ := strconv.Atoi(f[6])
	b := &Body{Key: f[0], Country: f[1], Kind: f[9], EN: f[2], Aliases: forms.Split(f[3]), Weak: forms.Split(f[4]), City: f[5], Town: int32(place), Site: f[7], World: true}
	for i, n := range b.Aliases {
		b.Aliases[i] = untagged(n)
		switch n[:min(len(n), 3)] {
		case "kk:":
			b.KK = b.Aliases[i]
		case "ru:":
			b.RU = b.Aliases[i]
		}
	}
	b.ROR = strings.TrimPrefix(f[8], "ror:")
	return b
}

// untagged is a name without its language («de:»).
func untagged(name string) string {
	if i := strings.IndexByte(name, ':'); i == 2 || i == 3 {
		return strings.TrimSpace(name[i+1:])
	}
	return name
}

func readTown(f []string) (*town, error) {
	id, err := strconv.Atoi(f[0])
	if err != nil {
		return nil, fmt.Errorf("geonameid %q", f[0])
	}
	people, _ := strconv.Atoi(f[3]) // not stated of a few: none
	return &town{id: int32(id), country: f[1], name: f[2], people: people, latin: forms.Split(f[6]), cyrillic: forms.Split(f[7])}, nil
}

// readPacked reads a compressed table. It gives row the cells of each line, as many as there are columns.
func readPacked(fsys fs.FS, name, columns string, row func([]string) error) error {
	packed, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	r, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	defer r.Close()
	return readCells(r, name, columns, row)
}

// readCells reads tab-separated lines under a head of known columns. Lines that begin with # are comments.
func readCells(r io.Reader, name, columns string, row func([]string) error) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	n, head := strings.Count(columns, "\t")+1, false
	for i, line := range strings.Split(string(data), "\n") {
		switch {
		case line == "" || line[0] == '#':
			continue
		case !head:
			if head = true; line != columns {
				return fmt.Errorf("%s: the columns are %q, want %q", name, line, columns)
			}
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != n {
			return fmt.Errorf("%s line %d: %d fields, want %d", name, i+1, len(cells), n)
		}
		if err := row(cells); err != nil {
			return fmt.Errorf("%s line %d: %w", name, i+1, err)
		}
	}
	return nil
}
