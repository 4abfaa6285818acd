package index

import "slices"

// Settle shows in a record what became of its agreements: each gets the ID, and where it is corrected the values, of the
// stored agreement that it is evidence of; one that is wrong is left out. What stored does not have, since the article is
// newer than the index, stays as read. Evidence keeps the ID that it was read with.
func Settle(r *Record, stored []Agreement) {
	var out []Agreement
	for _, a := range r.Agreements {
		own := a.ID
		a.Evidence = slices.Clone(a.Evidence)
		for i := range a.Evidence {
			a.Evidence[i].ID = own
		}
		if d, e, ok := evidenceOf(stored, r.Article.ID, own); ok {
			if d.Wrong {
				continue
			}
			a.ID = d.ID
			if e.Corrected != "" {
				a.Kind, a.Status, a.Date, a.Subject, a.Parties = e.Kind, e.Status, e.Date, d.Subject, d.Parties
				for i := range a.Evidence {
					x := &a.Evidence[i]
					x.Kind, x.Status, x.Date, x.Corrected = e.Kind, e.Status, e.Date, e.Corrected
				}
			}
		}
		out = append(out, a)
	}
	r.Agreements = out
}

func evidenceOf(stored []Agreement, article, id string) (Agreement, Evidence, bool) {
	for _, d := range stored {
		for _, e := range d.Evidence {
			if e.Article == article && e.ID == id {
				return d, e, true
			}
		}
	}
	return Agreement{}, Evidence{}, false
}
