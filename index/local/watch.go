package local

import (
	"fmt"
	"os"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// seen is a segment's file as it was first seen: bleve never changes one.
type seen struct {
	info os.FileInfo
	id   identity
}

// Watch looks whether the segments' files are what they were, and takes a generation whose files were changed out of use; one that lost
// a file goes on with what it holds in memory maps, and is stale. It asks the system for each file's size and time only, so it may be
// called every second.
func (e *Engine) Watch() {
	e.watching.Lock()
	defer e.watching.Unlock()
	g, err := e.serving()
	if err != nil || g.failed() != nil {
		return
	}
	paths, err := g.segments()
	if err != nil {
		_ = e.suspect(g, err)
		return
	}
	now := make(map[string]seen, len(paths))
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			e.lose(g, fmt.Errorf("segment %s is lost", path))
			continue
		}
		was, ok := e.seen[path]
		if ok && os.SameFile(was.info, info) && was.info.Size() == info.Size() && was.info.ModTime().Equal(info.ModTime()) {
			now[path] = was
			continue
		}
		id, err := identify(path)
		if err == nil {
			err = sum(path)
		}
		switch {
		case ok && !os.SameFile(was.info, info):
			e.lose(g, fmt.Errorf("segment %s was replaced while it was served", path))
		case err != nil:
			e.damaged(g, err)
			return
		case ok && id != was.id:
			e.damaged(g, fmt.Errorf("segment %s was changed while it was served", path))
			return
		}
		now[path] = seen{info, id}
	}
	e.seen = now
}

// lose says that a generation can be read, but not be opened again.
func (e *Engine) lose(g *generation, why error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.gen == g && e.lost == nil {
		e.lost, g.hurt = why, true
	}
}

// checkFiles reads the serving segments' files against their sums.
func (e *Engine) checkFiles() error {
	g, err := e.serving()
	if err != nil {
		return nil
	}
	paths, err := g.segments()
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := sum(path); err != nil {
			return err
		}
	}
	return nil
}

// segments are the files of the segments in use.
func (g *generation) segments() (paths []string, err error) {
	defer guarded(&err)()
	r, err := g.core.Reader()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		if p, ok := s.Segment().(segment.PersistedSegment); ok {
			paths = append(paths, p.Path())
		}
	}
	return paths, nil
}

// mapped is a file that a view reads through a memory map, as it was when that was made.
type mapped struct {
	path string
	info os.FileInfo
}

// filesOf are the files of segments.
func filesOf(segments []*scorch.SegmentSnapshot) (out []mapped) {
	for _, s := range segments {
		if p, ok := s.Segment().(segment.PersistedSegment); ok {
			if info, err := os.Stat(p.Path()); err == nil {
				out = append(out, mapped{p.Path(), info})
			}
		}
	}
	return out
}

// changed is the first file of a view that was written to or cut since; nil where none was. What is away or replaced is still mapped as
// it was. It costs a microsecond a file.
func (v *view) changed() *mapped {
	for i, f := range v.files {
		now, err := os.Stat(f.path)
		if err == nil && (now.Size() != f.info.Size() || !now.ModTime().Equal(f.info.ModTime())) && os.SameFile(now, f.info) {
			return &v.files[i]
		}
	}
	return nil
}
