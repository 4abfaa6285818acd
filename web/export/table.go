package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// csvWriter writes CSV for spreadsheets: with a byte order mark, since Excel else reads Kazakh letters as Latin ones.
type csvWriter struct{ out *csv.Writer }

func newCSV(w io.Writer, m Manifest) (Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	c := csvWriter{csv.NewWriter(w)}
	c.out.UseCRLF = true
	return c, c.out.Write(m.Columns)
}

func (c csvWriter) Write(r Row) error {
	line := make([]string, len(r.Cells))
	for i, v := range r.Cells {
		line[i] = fmt.Sprint(v)
		if s, ok := v.(string); ok {
			line[i] = harmless(s)
		}
	}
	if err := c.out.Write(line); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (c csvWriter) Close() error {
	c.out.Flush()
	return c.out.Error()
}

// harmless keeps a spreadsheet from making something else of a text: one that begins like a formula, or is a number that would be
// written otherwise, gets an apostrophe in front. Whoever reads the file with a program takes it away; «kelisim index» does.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) || rewritten.MatchString(s) {
		return "'" + s
	}
	return s
}

// rewritten are numbers that a spreadsheet shows and keeps in other letters: 0042, 12345678e123, and what has more than the eleven digits
// that fit its usual form. Ids of agreements are hexadecimal, so one in a hundred is such a number.
var rewritten = regexp.MustCompile(`^(0[0-9]+|[0-9]{12,}|[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+)$`)

// xlsxWriter writes a workbook with the rows in one sheet and the manifest in another.
type xlsxWriter struct {
	out  io.Writer
	file *excelize.File
	rows *excelize.StreamWriter // keeps its rows in a temporary file
	n    int
}

const (
	rowsSheet     = "Kelisim"
	manifestSheet = "manifest"
	maxCell       = 32_767 // characters that Excel reads of a cell
)

func newXLSX(w io.Writer, m Manifest) (Writer, error) {
	x := &xlsxWriter{out: w, file: excelize.NewFile()}
	if err := x.begin(m); err != nil {
		x.file.Close()
		return nil, err
	}
	return x, nil
}

func (x *xlsxWriter) begin(m Manifest) error {
	if err := x.file.SetSheetName("Sheet1", rowsSheet); err != nil {
		return err
	}
	if _, err := x.file.NewSheet(manifestSheet); err != nil {
		return err
	}
	for i, line := range m.lines() {
		if err := x.file.SetSheetRow(manifestSheet, fmt.Sprint("A", i+1), &[]any{line[0], cell(line[1])}); err != nil {
			return err
		}
	}
	var err error
	if x.rows, err = x.file.NewStreamWriter(rowsSheet); err != nil {
		return err
	}
	head := make([]any, len(m.Columns))
	for i, c := range m.Columns {
		head[i] = c
	}
	return x.row(head)
}

func (x *xlsxWriter) row(cells []any) error {
	x.n++
	return x.rows.SetRow(fmt.Sprint("A", x.n), cells)
}

func (x *xlsxWriter) Write(r Row) error {
	cells := make([]any, len(r.Cells))
	for i, v := range r.Cells {
		cells[i] = v
		if s, ok := v.(string); ok {
			cells[i] = cell(s)
		}
	}
	if err := x.row(cells); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

// cell is a text that fits into a cell. Texts are never formulas here: they are written as texts.
func cell(s string) string {
	if utf8.RuneCountInString(s) <= maxCell {
		return s
	}
	return string([]rune(s)[:maxCell])
}

func (x *xlsxWriter) Close() error {
	defer x.file.Close()
	if err := x.rows.Flush(); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	if err := x.file.Write(x.out); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

type jsonlWriter struct{ out *json.Encoder }

func newJSONL(w io.Writer, _ Manifest) (Writer, error) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return jsonlWriter{e}, nil
}

func (j jsonlWriter) Write(r Row) error { return j.out.Encode(r.Object) }

func (j jsonlWriter) Close() error { return nil }
