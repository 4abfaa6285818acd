package local

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"kelisim/index"
)

// mostForms bounds how many words of one beginning are looked at: a language has fewer, data that slipped into texts more.
const mostForms = 50_000

// words finds the forms that stand in texts and begin so, with the documents that have them.
func (v *view) words(ctx context.Context, tab int, begin string, most int) (found []index.Begun, total int, err error) {
	defer guarded(&err)()
	if begin == "" || strings.Contains(begin, ":") {
		return nil, 0, nil
	}
	// bleve counts the documents of both tabs, old versions too: good enough to choose by, and told exactly for those chosen.
	rough := map[string]int{}
	for _, s := range v.segs {
		for _, field := range []string{fieldTitle, fieldBody} {
			if err := ctx.Err(); err != nil {
				return nil, 0, err
			}
			d, err := s.snap.Segment().Dictionary(field)
			if err != nil {
				return nil, 0, fmt.Errorf("read field %s: %w", field, err)
			}
			it := d.AutomatonIterator(nil, []byte(begin), []byte(begin+"\xff"))
			for len(rough) < mostForms {
				e, err := it.Next()
				if err != nil {
					return nil, 0, fmt.Errorf("read field %s: %w", field, err)
				}
				if e == nil {
					break
				}
				if !strings.Contains(e.Term, ":") {
					rough[strings.Clone(e.Term)] += int(e.Count)
				}
			}
		}
	}
	forms := make([]string, 0, len(rough))
	for f := range rough {
		forms = append(forms, f)
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(cmp.Compare(rough[b], rough[a]), cmp.Compare(a, b)) })
	total = len(forms)
	forms = forms[:min(len(forms), most)]
	terms := make([][]string, len(forms))
	for i, f := range forms {
		terms[i] = []string{f}
	}
	n, err := v.frequencies(ctx, tab, index.Any, terms)
	if err != nil {
		return nil, 0, err
	}
	for i, f := range forms {
		if n[i] > 0 {
			found = append(found, index.Begun{Form: f, Documents: n[i]})
		} else {
			total-- // of old versions, or of the other tab
		}
	}
	slices.SortStableFunc(found, func(a, b index.Begun) int { return cmp.Compare(b.Documents, a.Documents) })
	return found, total, nil
}
