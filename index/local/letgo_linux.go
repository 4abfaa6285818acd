package local

import (
	"bytes"
	"context"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Merging reads whole files through memory maps, and a batch reads what is like its articles all over the index; the system maps 64 kB
// for each page that is read. All of that counts as this process's memory until something else wants it: while a JSONL of 2 GB was
// indexed that was as much as what the program holds itself, and grew by 230 MB in a tenth of a second. What is let go of stays in the
// system's cache; to read it again costs a microsecond for each 64 kB.
const (
	lookEvery = 5 * time.Millisecond
	lookAfter = 64 // reads of a batch, which may map 64 kB each or more
)

var (
	mostMapped = 90_000_000 // bytes, with the program's own 60 MB

	lettingGo atomic.Int32 // how many LetGo there are
	mapReads  atomic.Uint32
)

// LetGo keeps down how much of the files of indexes that are open for writing counts as this process's memory, until ctx ends. It is for a
// run that indexes and ends: readers of a server would wait for what was let go of.
func LetGo(ctx context.Context) {
	lettingGo.Add(1)
	defer lettingGo.Add(-1)
	t := time.NewTicker(lookEvery) // merges read at a disk's speed; a batch is quicker than a clock, see hasRead
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		letGo()
	}
}

// letGo lets go of all maps where too much of them counts as memory.
func letGo() {
	if residentFiles() > mostMapped {
		writing.Range(func(_, g any) bool {
			_ = g.(*generation).unmap() // one that ends has nothing to let go of
			return true
		})
	}
}

// hasRead is called after each read of a list or document for a batch.
func hasRead() {
	if lettingGo.Load() > 0 && mapReads.Add(1)%lookAfter == 0 {
		letGo()
	}
}

// unmap tells the system that the segments' maps are not needed now. A reader is held meanwhile, so that none is taken away and
// its place given to something else.
func (g *generation) unmap() (err error) {
	defer guarded(&err)()
	r, err := g.core.Reader()
	if err != nil {
		return err
	}
	defer r.Close()
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		if m, ok := s.Segment().(*grown); ok {
			if err := syscall.Madvise(m.Data(), syscall.MADV_DONTNEED); err != nil {
				return err
			}
		}
	}
	return nil
}

// residentFiles is how many bytes of mapped files count as this process's memory; 0 where the system does not tell.
func residentFiles() int {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(b) // pages: all, resident, resident of files, …
	if len(fields) < 3 {
		return 0
	}
	n, err := strconv.Atoi(string(fields[2]))
	if err != nil {
		return 0
	}
	return n * os.Getpagesize()
}
