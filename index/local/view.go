package local

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"kelisim/index"
)

// view is one state of a generation, with all that a search needs: it never changes, and what a search finds in it
// belongs together.
type view struct {
	g    *generation
	snap *scorch.IndexSnapshot
	seq  uint64
	segs []*viewSegment
	// deals are the places of the live agreements, by the number of their id.
	deals []place
	// mean is the mean number of words of a field, over those live documents of a tab that have any there.
	mean    [2]struct{ title, body float64 }
	live    [2]int // documents, by tab
	weighed norms
	files   []mapped
	months  [2]monthSpan // of all documents with a date, by which dates

	checked time.Time // when its segments were last compared with bleve's; held by the engine

	mu     sync.Mutex
	refs   int                                // searches, and one while it is the newest
	empty  map[plain]map[string][]index.Count // counts of the empty query, which everybody asks first
	counts memory[asked, int]                 // documents that have a word
	likes  memory[string, []index.Near]       // words that are like one
	totals memory[string, index.Result]       // by totalKey
	told   map[index.Percent]*toldSets        // by the confidence that agreements have at least
}

// plain is an empty query: its tab, and from which confidence it has agreements.
type plain struct {
	tab   int
	least index.Percent
}

type viewSegment struct {
	*segmentColumns
	snap *scorch.SegmentSnapshot
	live [2]docs // by tab: articles, agreements
}

// place is a document of a view: the segment is counted from 1, 0 is nowhere.
type place struct {
	seg uint32
	doc uint32
}

// look makes a view of a generation's present state.
func (g *generation) look() (v *view, err error) {
	defer guarded(&err)()
	r, err := g.core.Reader()
	if err != nil {
		return nil, fmt.Errorf("look at index: %w", err)
	}
	v = &view{g: g, snap: r.(*scorch.IndexSnapshot), refs: 1, checked: time.Now(), empty: map[plain]map[string][]index.Count{}, told: map[index.Percent]*toldSets{}}
	if err := v.fill(); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return v, nil
}

func (v *view) fill() error {
	seq, err := v.snap.GetInternal(keySeq)
	if err == nil && seq != nil {
		v.seq, err = strconv.ParseUint(string(seq), 10, 64)
	}
	if err != nil {
		return fmt.Errorf("look at index: %w", err)
	}
	cols, err := v.g.columns.of(v.snap)
	if err != nil {
		return err
	}
	v.months = [2]monthSpan{{math.MaxInt32, noMonth}, {math.MaxInt32, noMonth}}
	v.deals = make([]place, len(v.g.columns.agreements.all()))
	var titled, bodied, title, body [2]uint64
	v.files = filesOf(v.snap.Segments())
	for i, s := range v.snap.Segments() {
		vs := &viewSegment{segmentColumns: cols[i], snap: s}
		for tab, of := range [2]*roaring.Bitmap{vs.articles, vs.deals} {
			if deleted := s.Deleted(); deleted != nil && !deleted.IsEmpty() {
				of = roaring.AndNot(of, deleted)
			}
			vs.live[tab] = docsOf(of, vs.n)
			v.live[tab] += vs.live[tab].count()
			for doc := range vs.live[tab].all() {
				t, b := uint64(sizeOf(vs.sizes[0][doc])), uint64(sizeOf(vs.sizes[1][doc]))
				title[tab] += t
				body[tab] += b
				titled[tab] += min(t, 1)
				bodied[tab] += min(b, 1)
			}
		}
		for doc := range vs.live[tabAgreements].all() {
			for _, ord := range vs.agreements.of(doc) {
				v.deals[ord] = place{uint32(i + 1), doc}
			}
		}
		for by, d := range vs.dates {
			if m := &v.months[by]; d.span.first != noMonth {
				m.first, m.last = min(m.first, d.span.first), max(m.last, d.span.last)
			}
		}
		v.segs = append(v.segs, vs)
	}
	for tab := range v.mean {
		v.mean[tab].title = max(1, float64(title[tab])/float64(max(titled[tab], 1)))
		v.mean[tab].body = max(1, float64(body[tab])/float64(max(bodied[tab], 1)))
	}
	return nil
}

// deal is the place of a live agreement by the number of its id; ok is false too where it is less sure than least.
func (v *view) deal(ord uint32, least index.Percent) (seg *viewSegment, doc uint32, ok bool) {
	if int(ord) >= len(v.deals) || v.deals[ord].seg == 0 {
		return nil, 0, false
	}
	p := v.deals[ord]
	seg = v.segs[p.seg-1]
	return seg, p.doc, seg.confidence[p.doc] >= least
}

func (v *view) hold() {
	v.mu.Lock()
	v.refs++
	v.mu.Unlock()
}

// release lets go of a view; gone is true for the last one, which closes it.
func (v *view) release() (gone bool, err error) {
	v.mu.Lock()
	v.refs--
	gone = v.refs == 0
	v.mu.Unlock()
	if gone {
		err = v.snap.Close()
	}
	return gone, err
}
