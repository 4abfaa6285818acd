package local

import (
	"fmt"
	"math"
	"strings"
	"unsafe"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"kelisim/index"
)

// brief reads agreements without what merging does not need, and so that nothing holds on to their documents: what is said in many places
// is kept once. The two sides that all news speaks of have thousands of pieces of evidence of half a kilobyte; of each is kept a fifth.
type brief struct {
	texts   map[string]string
	parties map[string][]index.Party // by their bytes
}

func newBrief() *brief { return &brief{map[string]string{}, map[string][]index.Party{}} }

// document is document1 in brief.
func (b *brief) document(s *scorch.SegmentSnapshot, doc uint32) (d stored, err error) {
	var read error
	err = s.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != fieldStored {
			return true
		}
		if len(value) > 0 && value[0] == '{' {
			d, read = readStored(string(value), false)
			return false
		}
		// The bytes are bleve's own, and are read where they lie: nothing below keeps a part of them.
		d, read = readParts(storedReader{rest: unsafe.String(unsafe.SliceData(value), len(value)), brief: b}, false)
		return false
	})
	if err == nil {
		err = read
	}
	if err != nil {
		return d, fmt.Errorf("read document: %w", err)
	}
	return stored{Agreement: d.Agreement}, nil
}

// kept is the next string, kept once.
func (r *storedReader) kept() string {
	s := r.string()
	t, ok := r.brief.texts[s]
	if !ok {
		t = strings.Clone(s)
		r.brief.texts[t] = t
	}
	return t
}

func (r *storedReader) briefDeal() *index.Agreement {
	a := &index.Agreement{ID: r.kept()}
	for range 5 { // kind, status, date, report, subject
		r.string()
	}
	r.marks(a)
	r.keptParties()
	if n := r.count(); n > 0 {
		a.Evidence = make([]index.Evidence, 0, min(n, mostTrusted))
		for range n {
			a.Evidence = append(a.Evidence, r.briefEvidence())
		}
	}
	return a
}

// briefEvidence reads what appendEvidence writes, in its order.
func (r *storedReader) briefEvidence() (e index.Evidence) {
	e.ID, e.Article, e.Reported = r.kept(), r.kept(), r.kept()
	e.Lang, e.Outlet = r.kept(), r.kept()
	e.Kind, e.Status, e.Date = r.kept(), r.kept(), r.kept()
	r.string() // quote
	e.Rule, e.Corrected = r.kept(), r.kept()
	r.string() // subject
	e.Start, e.End = r.signed(), r.signed()
	e.Confidence = math.Float64frombits(r.fixed())
	for range r.count() {
		r.string() // why
	}
	e.Parties = r.keptParties()
	if r.flag() {
		e.Read = &index.AsRead{Kind: r.kept(), Status: r.kept(), Date: r.kept()}
	}
	return e
}

// keptParties are the next parties; the same ones are kept once.
func (r *storedReader) keptParties() []index.Party {
	from := r.rest
	n := r.count()
	for range n {
		for range 5 { // key, name, country, text, parent
			r.string()
		}
		r.flag()
	}
	if r.bad || n == 0 {
		return nil
	}
	raw := from[:len(from)-len(r.rest)]
	ps, ok := r.brief.parties[raw]
	if !ok {
		again := storedReader{rest: strings.Clone(raw)}
		ps = again.parties()
		r.brief.parties[strings.Clone(raw)] = ps
	}
	return ps
}
