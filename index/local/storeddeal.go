package local

import (
	"encoding/binary"
	"math"

	"kelisim/index"
)

// An agreement is read for each hit that tells one: as JSON it took a tenth of a page's time, 30 us each. dealForm begins one in the
// form of this file; JSON, which indexes before this file have, begins with a bracket.
const dealForm = 1

func appendDeal(out []byte, a *index.Agreement) []byte {
	out = append(out, dealForm)
	for _, s := range []string{a.ID, a.Kind, a.Status, a.Date, a.Reported, a.Subject} {
		out = appendString(out, s)
	}
	out = appendParties(append(out, marksOf(a)), a.Parties)
	out = binary.AppendUvarint(out, uint64(len(a.Evidence)))
	for i := range a.Evidence {
		out = appendEvidence(out, &a.Evidence[i])
	}
	return out
}

// What stands in one number before an agreement's parties.
const (
	markWrong = 1 << iota
	markCrowd
)

func marksOf(a *index.Agreement) (out byte) {
	if a.Wrong {
		out |= markWrong
	}
	if a.Crowd {
		out |= markCrowd
	}
	return out
}

func (r *storedReader) marks(a *index.Agreement) {
	n := r.number()
	a.Wrong, a.Crowd = n&markWrong != 0, n&markCrowd != 0
}

func appendEvidence(out []byte, e *index.Evidence) []byte {
	for _, s := range []string{e.ID, e.Article, e.Reported, e.Lang, e.Outlet, e.Kind, e.Status, e.Date, e.Quote, e.Rule, e.Corrected, e.Subject} {
		out = appendString(out, s)
	}
	out = binary.AppendVarint(binary.AppendVarint(out, int64(e.Start)), int64(e.End))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(e.Confidence))
	out = binary.AppendUvarint(out, uint64(len(e.Why)))
	for _, s := range e.Why {
		out = appendString(out, s)
	}
	out = appendFlag(appendParties(out, e.Parties), e.Read != nil)
	if r := e.Read; r != nil {
		out = appendString(appendString(appendString(out, r.Kind), r.Status), r.Date)
	}
	return out
}

func appendParties(out []byte, of []index.Party) []byte {
	out = binary.AppendUvarint(out, uint64(len(of)))
	for _, p := range of {
		for _, s := range []string{p.Key, p.Name, p.Country, p.Text, p.Parent} {
			out = appendString(out, s)
		}
		out = appendFlag(out, p.Unlisted)
	}
	return out
}

func appendFlag(out []byte, on bool) []byte {
	if on {
		return append(out, 1)
	}
	return append(out, 0)
}

// deal reads what appendDeal wrote behind its first byte.
func (r *storedReader) deal() *index.Agreement {
	a := &index.Agreement{ID: r.string(), Kind: r.string(), Status: r.string(), Date: r.string(), Reported: r.string(), Subject: r.string()}
	r.marks(a)
	a.Parties = r.parties()
	if n := r.count(); n > 0 {
		a.Evidence = make([]index.Evidence, 0, min(n, mostTrusted))
		for range n {
			a.Evidence = append(a.Evidence, r.evidence())
		}
	}
	return a
}

// mostTrusted bounds the room that is made for what a harmed document says it has.
const mostTrusted = 64

func (r *storedReader) evidence() (e index.Evidence) {
	for _, s := range []*string{&e.ID, &e.Article, &e.Reported, &e.Lang, &e.Outlet, &e.Kind, &e.Status, &e.Date, &e.Quote, &e.Rule, &e.Corrected, &e.Subject} {
		*s = r.string()
	}
	e.Start, e.End = r.signed(), r.signed()
	e.Confidence = math.Float64frombits(r.fixed())
	e.Why = r.strings(r.count())
	e.Parties = r.parties()
	if r.flag() {
		e.Read = new(index.AsRead)
		e.Read.Kind, e.Read.Status, e.Read.Date = r.string(), r.string(), r.string()
	}
	return e
}

func (r *storedReader) parties() (out []index.Party) {
	n := r.count()
	if n == 0 {
		return nil
	}
	out = make([]index.Party, 0, min(n, mostTrusted))
	for range n {
		p := index.Party{Key: r.string(), Name: r.string(), Country: r.string(), Text: r.string(), Parent: r.string()}
		p.Unlisted = r.flag()
		out = append(out, p)
	}
	return out
}
