package local

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"reflect"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// whole checks the sum that bleve wrote at the end of each segment in use, which it does not check itself. Files that
// no snapshot names were being written when the program was killed; they do not matter.
func whole(dir string) error {
	idx, err := bleve.OpenUsing(dir, map[string]any{"bolt_timeout": boltTimeout, "read_only": true})
	if err != nil {
		return err
	}
	files, err := segmentFiles(idx)
	if err := errors.Join(err, idx.Close()); err != nil {
		return err
	}
	for _, name := range files {
		if err := sum(name); err != nil {
			return err
		}
	}
	return nil
}

func segmentFiles(idx bleve.Index) ([]string, error) {
	core, err := idx.Advanced()
	if err != nil {
		return nil, err
	}
	r, err := core.Reader()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	snap := r.(*scorch.IndexSnapshot)
	if err := newest(core.(*scorch.Scorch), snap); err != nil {
		return nil, err
	}
	var out []string
	for _, s := range snap.Segments() {
		if p, ok := s.Segment().(segment.PersistedSegment); ok {
			out = append(out, p.Path())
		}
	}
	return out, nil
}

// newest fails where bleve went back to an older state because it cannot read the newest. It must not go on from there:
// it would number new states like the broken ones, and the next opening would find neither.
func newest(core *scorch.Scorch, snap *scorch.IndexSnapshot) error {
	epochs, err := core.RootBoltSnapshotEpochs()
	if err != nil {
		return err
	}
	if len(epochs) == 0 {
		return errors.New("it holds no state")
	}
	// bleve tells nobody which state it read.
	if e := reflect.ValueOf(snap).Elem().FieldByName("epoch"); e.CanUint() && e.Uint() != slices.Max(epochs) {
		return errors.New("its newest state cannot be read")
	}
	return nil
}

func sum(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	const tail = 4 // bytes of the sum
	if info.Size() < tail {
		return fmt.Errorf("segment %s is cut off", name)
	}
	h := crc32.NewIEEE()
	if _, err := io.CopyN(h, f, info.Size()-tail); err != nil {
		return err
	}
	want := make([]byte, tail)
	if _, err := io.ReadFull(f, want); err != nil {
		return err
	}
	if string(h.Sum(nil)) != string(want) {
		return fmt.Errorf("segment %s is damaged", name)
	}
	return nil
}

// identity tells a segment's file from another that may have had its name before a crash.
type identity struct {
	size uint64
	sum  uint32
}

// identify reads a segment's size and the sum that bleve wrote at its end.
func identify(name string) (id identity, err error) {
	f, err := os.Open(name)
	if err != nil {
		return id, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return id, err
	}
	var sum [4]byte
	if _, err := f.ReadAt(sum[:], info.Size()-int64(len(sum))); err != nil {
		return id, err
	}
	return identity{uint64(info.Size()), binary.LittleEndian.Uint32(sum[:])}, nil
}
