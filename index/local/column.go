package local

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kelisim/index"
)

// dict numbers the values of a field. It only grows, so that columns of all segments share the numbers.
type dict struct {
	mu     sync.RWMutex
	number map[string]uint32
	values []string
	sorted []uint32 // the numbers of as many values as there were, ordered by value
}

// order is which value is at each place when they are ordered: so that values are put in order without looking at a string. It is found
// anew after values came, not for each search.
func (d *dict) order() []uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.sorted) != len(d.values) {
		d.sorted = make([]uint32, len(d.values))
		for i := range d.sorted {
			d.sorted[i] = uint32(i)
		}
		slices.SortFunc(d.sorted, func(a, b uint32) int { return strings.Compare(d.values[a], d.values[b]) })
	}
	return d.sorted
}

func (d *dict) add(v string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n, ok := d.number[v]; ok {
		return n
	}
	if d.number == nil {
		d.number = map[string]uint32{}
	}
	n := uint32(len(d.values))
	d.number[v] = n
	d.values = append(d.values, v)
	return n
}

func (d *dict) find(v string) (uint32, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	n, ok := d.number[v]
	return n, ok
}

// all are the values by number, as many as there are now.
func (d *dict) all() []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.values[:len(d.values):len(d.values)]
}

// column holds the numbers of a field's values for each document of a segment: those of doc are
// ords[start[doc]:start[doc+1]].
type column struct {
	start []uint32
	ords  []uint32
	few   []valueSet // where there are few values: see setsOf
}

func (c *column) of(doc uint32) []uint32 {
	if c.start == nil {
		return nil
	}
	return c.ords[c.start[doc]:c.start[doc+1]]
}

// segmentColumns are what a search needs of each document of a segment, deleted ones included. They never change:
// bleve writes a segment once.
type segmentColumns struct {
	id         uint64
	n          uint32
	facets     []column // in the order of index.Facets
	agreements column
	confidence []index.Percent              // of agreements
	dates      [2]dateColumns               // as stated, else reported; as reported
	sizes      [len(fieldsOfWords)][]uint16 // words of a field, see sizeCode
	seg        segment.Segment              // that the lists are of
	lists      *lists
	ids        []byte // of all documents, one after another
	idStart    []uint32
	vocabulary func() *vocabulary // made when it is first asked for; its view must be held
	articles   *roaring.Bitmap
	deals      *roaring.Bitmap // agreements
}

// dateColumns are the dates of documents.
type dateColumns struct {
	first, last []int32     // days, index.Undated where there is none
	months      []monthSpan // of first and last
	span        monthSpan   // of all that have one
}

// datesBy are the dates that a selection means, as a place in segmentColumns.dates.
func datesBy(s index.Selection) int {
	if s.Reported {
		return 1
	}
	return 0
}

// readDates reads a field of dates over those that before has; the field may have none.
func readDates(seg segment.Segment, field string, n uint32, before *dateColumns) (dateColumns, error) {
	out := dateColumns{first: undated(n), last: undated(n), span: monthSpan{noMonth, noMonth}}
	if before != nil {
		copy(out.first, before.first)
		copy(out.last, before.last)
	}
	some := before == nil
	err := each(seg, field, func(term string, docs []uint32) {
		some = true
		a, b, _ := strings.Cut(term, "/")
		first, last := number(a), number(b)
		for _, doc := range docs {
			out.first[doc], out.last[doc] = first, last
		}
	})
	if err != nil || !some {
		if before != nil {
			out = *before
		}
		return out, err
	}
	out.months = monthsOf(out.first, out.last)
	for _, m := range out.months {
		switch {
		case m.first == noMonth:
		case out.span.first == noMonth:
			out.span = m
		default:
			out.span = monthSpan{min(out.span.first, m.first), max(out.span.last, m.last)}
		}
	}
	return out, nil
}

// docID is the id of a document without its prefix.
func (s *segmentColumns) docID(doc uint32) []byte {
	return s.ids[s.idStart[doc]:s.idStart[doc+1]]
}

// columns builds the columns of segments, once each.
type columns struct {
	mu         sync.Mutex
	built      map[uint64]*segmentColumns
	facets     []*dict
	agreements dict
}

// of gives the columns of a snapshot's segments and forgets those of segments that are gone.
func (c *columns) of(snap *scorch.IndexSnapshot) ([]*segmentColumns, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.facets == nil {
		for range index.Facets() {
			c.facets = append(c.facets, &dict{})
		}
	}
	now := map[uint64]*segmentColumns{}
	var out []*segmentColumns
	for _, s := range snap.Segments() {
		sc := c.built[s.Id()]
		if sc == nil {
			var err error
			if sc, err = c.build(s); err != nil {
				return nil, err
			}
		} else if sc.seg != s.Segment() {
			// It was written to a file meanwhile: what it took of memory can go.
			moved := *sc
			var err error
			if moved.seg, moved.lists, err = pair(s); err != nil {
				return nil, err
			}
			sc = &moved
		}
		now[s.Id()] = sc
		out = append(out, sc)
	}
	c.built = now
	return out, nil
}

// pair is a segment with its lists.
func pair(s *scorch.SegmentSnapshot) (segment.Segment, *lists, error) {
	l, err := listsOf(s)
	return s.Segment(), l, err
}

func (c *columns) build(s *scorch.SegmentSnapshot) (*segmentColumns, error) {
	seg := s.Segment()
	sc := &segmentColumns{id: s.Id(), n: uint32(seg.Count()), articles: roaring.New(), deals: roaring.New()}
	for i, f := range index.Facets() {
		col, err := ordinals(seg, facetField(f.Name), sc.n, c.facets[i].add)
		if err != nil {
			return nil, err
		}
		col.few = setsOf(&col, sc.n)
		sc.facets = append(sc.facets, col)
	}
	var err error
	if sc.agreements, err = ordinals(seg, fieldAgreements, sc.n, c.agreements.add); err != nil {
		return nil, err
	}
	sc.confidence = make([]index.Percent, sc.n)
	err = each(seg, fieldConfidence, func(term string, docs []uint32) {
		sure := index.Percent(number(term))
		for _, doc := range docs {
			sc.confidence[doc] = sure
		}
	})
	if err != nil {
		return nil, err
	}
	if sc.dates[0], err = readDates(seg, fieldDate, sc.n, nil); err != nil {
		return nil, err
	}
	if sc.dates[1], err = readDates(seg, fieldReported, sc.n, &sc.dates[0]); err != nil {
		return nil, err
	}
	for i, field := range [len(fieldsOfWords)]string{fieldTitleSize, fieldBodySize} {
		to := make([]uint16, sc.n)
		err := each(seg, field, func(term string, docs []uint32) {
			n := sizeCode(uint32(number(term)))
			for _, doc := range docs {
				to[doc] = n
			}
		})
		if err != nil {
			return nil, err
		}
		sc.sizes[i] = to
	}
	if sc.seg, sc.lists, err = pair(s); err != nil {
		return nil, err
	}
	err = each(seg, fieldType, func(term string, docs []uint32) {
		switch term {
		case typeAgreement:
			sc.deals.AddMany(docs)
		case typeArticle:
			sc.articles.AddMany(docs)
		}
	})
	if err != nil {
		return nil, err
	}
	words := sc.lists
	sc.vocabulary = sync.OnceValue(func() *vocabulary { return newVocabulary(words) })
	return sc, sc.readIDs(seg)
}

func (s *segmentColumns) readIDs(seg segment.Segment) error {
	s.idStart = make([]uint32, s.n+1)
	for doc := range s.n {
		id, err := seg.DocID(uint64(doc))
		if err != nil {
			return fmt.Errorf("read id of a document: %w", err)
		}
		if len(id) >= len(articlePrefix) {
			s.ids = append(s.ids, id[len(articlePrefix):]...)
		}
		s.idStart[doc+1] = uint32(len(s.ids))
	}
	return nil
}

func undated(n uint32) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = index.Undated
	}
	return out
}

// number reads a number that we wrote.
func number(s string) int32 {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return index.Undated
	}
	return int32(n)
}

// each visits the terms of a field with their documents, deleted ones included, ascending; they are another term's when it returns.
// Of most fields a term has one document, which takes no memory here.
func each(seg segment.Segment, field string, visit func(term string, docs []uint32)) error {
	d, err := seg.Dictionary(field)
	if err != nil {
		return fmt.Errorf("read field %s: %w", field, err)
	}
	it := d.AutomatonIterator(nil, nil, nil)
	var list segment.PostingsList
	var at segment.PostingsIterator
	var docs []uint32
	for {
		e, err := it.Next()
		if err != nil {
			return fmt.Errorf("read field %s: %w", field, err)
		}
		if e == nil {
			return nil
		}
		if list, err = d.PostingsList([]byte(e.Term), nil, list); err != nil {
			return fmt.Errorf("read postings of %q: %w", e.Term, err)
		}
		at = list.Iterator(false, false, false, at)
		docs = documentsOf(at, docs[:0])
		visit(e.Term, docs)
	}
}

// documentsOf appends the documents that an iterator would visit.
func documentsOf(at segment.PostingsIterator, out []uint32) []uint32 {
	o, ok := at.(segment.OptimizablePostingsIterator)
	if !ok {
		return out
	}
	if doc, ok := o.DocNum1Hit(); ok {
		return append(out, uint32(doc))
	}
	if b := o.ActualBitmap(); b != nil {
		b.Iterate(func(doc uint32) bool { out = append(out, doc); return true })
	}
	return out
}

// ordinals turns a field around: from term → documents to document → numbers of its terms.
func ordinals(seg segment.Segment, field string, n uint32, add func(string) uint32) (column, error) {
	type posting struct{ ord, doc uint32 }
	var all []posting
	start := make([]uint32, n+1)
	err := each(seg, field, func(term string, docs []uint32) {
		ord := add(term)
		for _, doc := range docs {
			all = append(all, posting{ord, doc})
			start[doc+1]++
		}
	})
	if err != nil || len(all) == 0 {
		return column{}, err
	}
	for i := range n {
		start[i+1] += start[i]
	}
	c := column{start: start, ords: make([]uint32, start[n])}
	next := append([]uint32(nil), start[:n]...)
	for _, p := range all {
		c.ords[next[p.doc]] = p.ord
		next[p.doc]++
	}
	return c, nil
}
