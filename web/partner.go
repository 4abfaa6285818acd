package web

import (
	"cmp"
	"slices"

	"kelisim/index"
)

// partnerTable are the partners of a country or institution with their agreements by year and kind.
type partnerTable struct {
	Name string
	Rows []partnerRow
}

// partnerRow has the years and the kinds in one cell each: a column each would be zeros but for one or two.
type partnerRow struct {
	Head, Total  cellView
	Years, Kinds []cellView
}

// partnerTable counts; nil where there is no partner. A row is the search for both; its cells are what that counts.
func (s *server) partnerTable(a *ask, facet, key, of string, partners []partnerView, deals index.Page) (*partnerTable, error) {
	if len(partners) == 0 {
		return nil, nil
	}
	t := &partnerTable{Name: a.w.text("entry.partners." + of), Rows: make([]partnerRow, len(partners))}
	err := s.together(len(partners), func(i int) error {
		q := s.asked(a.request, facet, key, index.Agreements)
		q.Text += " " + asField(of, partners[i].Key)
		q.CountsOnly = true
		p, err := s.Searcher.Search(a.ctx, q)
		if err != nil {
			return err
		}
		x := partners[i]
		cell := func(n int, name string, to request) cellView {
			c := cellView{Text: a.w.number(n), Label: x.Text + ", " + name + ": " + a.w.count("n.agreements", n)}
			if n > 0 {
				c.Href = to.url()
			}
			return c
		}
		both := a.ofBoth(facet, key, of, x.Key)
		row := partnerRow{Head: cellView{Text: x.Text, Lang: x.Lang, Href: x.Href}, Total: cell(p.Total, a.w.text("table.total"), both)}
		part := func(n int, name string, to request) cellView {
			c := cell(n, name, to)
			c.Text = name + ":\u00a0" + c.Text
			return c
		}
		for _, y := range slices.Backward(withZeros(counts(p, "date"), len("2025"))) {
			if y.Count > 0 {
				d, _ := index.ParseDate(y.Key)
				to := both
				to.Selection = to.Selection.WithRange(d, d)
				row.Years = append(row.Years, part(y.Count, y.Key, to))
			}
		}
		if n := valueCount(p, "date", index.UndatedKey); n > 0 {
			to := both
			to.Selection = to.Selection.With("date", index.UndatedKey)
			row.Years = append(row.Years, part(n, a.w.text("date.value.undated"), to))
		}
		kinds := slices.DeleteFunc(slices.Clone(counts(p, "kind")), func(k index.Count) bool { return k.Count == 0 })
		slices.SortStableFunc(kinds, func(x, y index.Count) int { return cmp.Compare(y.Count, x.Count) })
		for _, k := range kinds {
			to := both
			to.Selection = to.Selection.With("kind", k.Key)
			row.Kinds = append(row.Kinds, part(k.Count, a.w.kind(k.Key), to))
		}
		t.Rows[i] = row
		return nil
	})
	return t, err
}

// valueCount is a value's count on a page.
func valueCount(p index.Page, facet, key string) int {
	for _, c := range counts(p, facet) {
		if c.Key == key {
			return c.Count
		}
	}
	return 0
}
