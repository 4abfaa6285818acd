package index

import (
	"cmp"
	"fmt"
	"slices"

	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/names"
)

// Mentioned is what an index keeps of the names in an article: enough to show its page, and far cheaper than to read it again.
type Mentioned struct {
	Sum      uint32    // of the text that they stand in: see TextSum
	Mentions []Mention // kind, key and span, ordered by start
	Listed   []string  // keys of the institutions among them that are values of the facet
	Told     []string  // ids of the agreements that were read out of the text, as they were read, in their order
}

// Of reports whether it is of this text.
func (m Mentioned) Of(text string) bool { return m.Sum == TextSum(text) }

// In gives the mentions in a part of the text, as of that part.
func (m Mentioned) In(start, end int) (out []Mention) {
	for _, x := range m.Mentions {
		if x.Start >= start && x.End <= end {
			x.Start, x.End = x.Start-start, x.End-start
			out = append(out, x)
		}
	}
	return out
}

// Whole completes the mentions of a text with what a table knows of them. Names that are in no table and are no value of a facet
// are left out: no page shows them, and what kind of body they are is not kept.
func (m Mentioned) Whole(text string, t *names.Table) (out []Mention) {
	for _, x := range m.Mentions {
		if x.Start < 0 || x.End > len(text) || x.Start >= x.End {
			continue
		}
		x.Surface = text[x.Start:x.End]
		if x.Kind == names.Institution {
			var e Entry
			if e, x.Known = t.Entry("institution", x.Key); !x.Known && !slices.Contains(m.Listed, x.Key) {
				continue
			}
			x.Country, x.Body = e.Country, e.Body
		}
		out = append(out, x)
	}
	return out
}

// Settled gives the agreements of an article as Settle leaves them, of the stored ones that it is evidence of: one for each place
// that tells one, in the order in which they were read. ok is false where very many tell the same, and what this one says is not all kept.
func (m Mentioned) Settled(stored []Agreement, article string) (out []Agreement, ok bool) {
	crowd := map[string]int{} // pieces of what very many tell, by the ID as read
	for _, d := range stored {
		if d.Wrong {
			continue
		}
		for _, e := range deeds.Told(d) {
			if e.Article != article {
				continue
			}
			if e.Start < 0 {
				return nil, false
			}
			if d.Crowd {
				crowd[e.ID]++
			}
			a := Agreement{ID: d.ID, Kind: e.Kind, Status: e.Status, Date: e.Date, Reported: e.Reported, Subject: e.Subject, Parties: e.Parties}
			e.Subject, e.Parties, e.Read = "", nil, nil // the agreement has them
			a.Evidence = []Evidence{e}
			if e.Corrected != "" {
				a.Subject, a.Parties = d.Subject, d.Parties
			}
			out = append(out, a)
		}
	}
	for _, id := range m.Told {
		if n, ok := crowd[id]; ok {
			if n == 0 {
				return nil, false
			}
			crowd[id]--
		}
	}
	slices.SortStableFunc(out, func(a, b Agreement) int { return cmp.Compare(a.Evidence[0].Start, b.Evidence[0].Start) })
	// Two places that tell the same bear one id.
	rank, taken := map[string]int{}, make([]bool, len(m.Told))
	at := func(id string) int {
		for i := range m.Told {
			if m.Told[i] == id && !taken[i] {
				taken[i] = true
				return i
			}
		}
		return len(m.Told)
	}
	for _, a := range out {
		e := a.Evidence[0]
		rank[place(e)] = at(e.ID)
	}
	slices.SortStableFunc(out, func(a, b Agreement) int { return cmp.Compare(rank[place(a.Evidence[0])], rank[place(b.Evidence[0])]) })
	return out, true
}

func place(e Evidence) string { return fmt.Sprint(e.ID, " ", e.Start, " ", e.End) }
