package web

import (
	"slices"

	"kelisim/web/export"
)

// sheet is what a view counts, as a file has it: a line a value, its columns' keys beside their names.
type sheet struct {
	names []string // of the columns
	keys  []string // of the same, in JSON
	rows  [][]any
}

// tableFormats are the kinds of files that have columns.
func tableFormats() []export.Format {
	return slices.DeleteFunc(slices.Clone(export.Formats), export.Format.Literature)
}

// each gives a sheet's lines as rows of a file.
func (x sheet) each(yield func(export.Row) error) error {
	for _, cells := range x.rows {
		object := map[string]any{}
		for i, key := range x.keys {
			object[key] = cells[i]
		}
		if err := yield(export.Row{Cells: cells, Object: object}); err != nil {
			return err
		}
	}
	return nil
}

// sheetOf is what counts a view's numbers for a file; nil for views whose files are lists.
func (s *server) sheetOf(view string) func(a *ask) (sheet, error) {
	switch view {
	case table:
		return s.tableSheet
	case trend:
		return s.trendSheet
	case network:
		return s.networkSheet
	case worldMap:
		return s.mapSheet
	}
	return nil
}

func (s *server) tableSheet(a *ask) (sheet, error) {
	x, err := s.pivot(a)
	if err != nil {
		return sheet{}, err
	}
	out := sheet{names: []string{a.Rows, "key"}, keys: []string{"label", "key"}}
	for _, c := range x.Cols {
		out.names, out.keys = append(out.names, unbound(s.axisLabel(a, a.Cols, c.Key))), append(out.keys, c.Key)
	}
	out.names, out.keys = append(out.names, "total"), append(out.keys, "total")
	for i, r := range x.Rows {
		cells := []any{unbound(s.axisLabel(a, a.Rows, r.Key)), r.Key}
		for _, n := range x.Cells[i] {
			cells = append(cells, n)
		}
		out.rows = append(out.rows, append(cells, r.Count))
	}
	return out, nil
}
