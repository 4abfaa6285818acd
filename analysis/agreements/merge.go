package agreements

import (
	"cmp"
	"slices"
)

// commitment orders statuses by how much they bind: an agreement that one article announces and another tells as
// signed is signed. Background recalls an earlier document, so it binds more than a plan.
var commitment = map[string]int{"signed": 6, "in-force": 5, "agreed": 4, "background": 3, "planned": 2, "discussed": 1}

// Merge replaces what article told of an agreement by found, which are the agreements of the same ID that were read out
// of it now (none where it tells it no more), and sums the evidence up anew. stored is what is known so far, nil where
// nothing is; it is not changed. Merge returns nil where no evidence remains.
func Merge(stored *Agreement, article string, found []Agreement) *Agreement {
	var out Agreement
	if stored != nil {
		out = *stored
		out.Evidence = slices.DeleteFunc(slices.Clone(stored.Evidence), func(e Evidence) bool { return e.Article == article })
	}
	for _, f := range found {
		if out.ID == "" {
			out = f
			out.Evidence = nil
		}
		out.Subject = cmp.Or(out.Subject, f.Subject)
		out.Evidence = append(out.Evidence, f.Evidence...)
	}
	if len(out.Evidence) == 0 {
		return nil
	}
	out.sum()
	return &out
}

// sum sorts the evidence by date and article and takes from it what holds for the agreement: the status that binds most,
// the kind told there, the most exact date, the first report.
func (a *Agreement) sum() {
	slices.SortFunc(a.Evidence, func(x, y Evidence) int {
		return cmp.Or(cmp.Compare(x.Reported, y.Reported), cmp.Compare(x.Article, y.Article), cmp.Compare(x.Start, y.Start))
	})
	best := a.Evidence[0]
	a.Reported, a.Date = "", ""
	for _, e := range a.Evidence {
		if commitment[e.Status] > commitment[best.Status] {
			best = e
		}
		if e.Reported != "" && (a.Reported == "" || e.Reported < a.Reported) {
			a.Reported = e.Reported
		}
	}
	a.Status, a.Kind, a.Date = best.Status, best.Kind, best.Date
	for _, e := range a.Evidence {
		if len(e.Date) > len(a.Date) && commitment[e.Status] == commitment[best.Status] {
			a.Date = e.Date
		}
	}
}
