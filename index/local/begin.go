package local

import (
	"bytes"
	"cmp"
	"context"
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
	// A segment counts the documents of both tabs, old versions too: good enough to choose by, and told exactly for those chosen.
	rough := map[string]int{}
	for _, s := range v.segs {
		for _, field := range fieldsOfWords {
			if err := ctx.Err(); err != nil {
				return nil, 0, err
			}
			for term, n := range s.lists.from(field, begin) {
				if !strings.HasPrefix(string(term), begin) || len(rough) >= mostForms {
					break
				}
				if !bytes.Contains(term, []byte(":")) {
					rough[string(term)] += n
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
