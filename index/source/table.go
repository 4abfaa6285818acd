package source

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxRow bounds a row of a table with all its fields: a quotation mark that is never closed would swallow the whole file.
const maxRow = 16 << 20 // bytes

// separators of tables; of equals the first is believed.
var separators = []rune{',', ';', '\t', '|'}

// table reads CSV or TSV with a header.
func (r *Reader) table(ctx context.Context, in *input) error {
	head, _ := in.Peek(headSize)
	sep := r.separator(head)
	if in.file.Kind == TSVFile {
		sep = '\t'
	}
	guard := &rowGuard{in: in.Reader}
	if m := bytes.TrimPrefix(head, bom); bytes.HasPrefix(m, []byte("sep=")) { // Excel's own first line
		if line, err := readLine(in.Reader); err == nil {
			if rest := strings.TrimPrefix(strings.TrimPrefix(string(line), "\ufeff"), "sep="); rest != "" {
				sep, _ = utf8.DecodeRuneInString(rest)
			}
		}
	}
	c := csv.NewReader(guard)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = sep, true, -1
	names, err := c.Read()
	if err != nil {
		r.fail(in, 1, fmt.Errorf("no header: %w", plainCSV(err)))
		return nil
	}
	names[0] = strings.TrimPrefix(names[0], "\ufeff")
	chosen, err := r.columnsOf(names)
	if in.found && err == nil && len(chosen["body"]) == 0 {
		r.leave(in)
		return nil
	}
	if err == nil && len(chosen["title"])+len(chosen["body"]) == 0 {
		err = fmt.Errorf("no column of the header is known as title or body; name them, as in --map title=…,body=…; there are %s", quoted(strings.Join(names, ", ")))
	}
	if err != nil {
		r.fail(in, 1, err)
		return nil
	}
	in.file.Columns = told(chosen)
	if sep != ',' {
		in.file.Separator = string(sep)
	}
	at := map[string]int{}
	for i, n := range names {
		if _, ok := at[n]; !ok {
			at[n] = i
		}
	}
	seen := seenLines{}
	last := 1 // the line of the last row
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		guard.since = 0
		row, err := c.Read()
		if err == io.EOF {
			return nil
		}
		line := 0
		if err == nil {
			line, _ = c.FieldPos(0)
			last = line
			err = r.row(in, names, row, at, chosen, line, seen)
			if _, ok := errors.AsType[stop](err); ok {
				return err
			}
		}
		if err != nil {
			if e, ok := errors.AsType[*csv.ParseError](err); ok {
				line = e.StartLine
			}
			if errors.Is(err, errRow) {
				line, err = last, fmt.Errorf("behind this line: %w", err)
			}
			r.fail(in, line, plainCSV(err))
			if isRead(err) || errors.Is(err, errRow) {
				return nil
			}
		}
	}
}

// unarmed is a text with the apostrophe that keeps a spreadsheet from reading it as a formula or a number: Kelisim's own files have it.
var unarmed = regexp.MustCompile(`^'([=+\-@\t\r]|[0-9][0-9.,+\-eE]*$)`)

func (r *Reader) row(in *input, names, row []string, at map[string]int, chosen map[string][]string, line int, seen seenLines) error {
	all := strings.Join(row, "\x00")
	switch {
	case strings.Trim(all, "\x00 \t") == "":
		return nil
	case !utf8.ValidString(all):
		return errUTF8
	case len(row) > len(names) && strings.TrimSpace(strings.Join(row[len(names):], "")) != "":
		return fmt.Errorf("has %d fields where the header has %d; a field that holds the separator needs quotation marks", len(row), len(names))
	}
	f := fields{}
	for field, candidates := range chosen {
		for _, name := range candidates {
			if i := at[name]; i < len(row) && strings.TrimSpace(f[field]) == "" {
				f[field] = unarmed.ReplaceAllString(row[i], "$1")
			}
		}
	}
	a, err := r.article(f, stem(in.path), place{in.path, line})
	if err != nil {
		return err
	}
	if same, err := seen.again(a, line); same || err != nil {
		return err
	}
	a.Path = fmt.Sprintf("%s#%d", in.path, line)
	return r.yield(in, a)
}

// separator is the one by which a table's first line has most known columns.
func (r *Reader) separator(head []byte) rune {
	best, most := ',', -1
	for _, sep := range separators {
		if n := len(r.known(head, sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

// known are the fields that the first row names where it is read with a separator.
func (r *Reader) known(head []byte, sep rune) map[string][]string {
	c := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(head, bom)))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = sep, true, -1
	names, err := c.Read()
	if err != nil || len(names) < 2 {
		return nil
	}
	found := map[string][]string{}
	for field, column := range r.Map {
		for _, n := range names {
			if folded(n) == folded(column) {
				found[field] = []string{n}
			}
		}
	}
	usual, err := (&Reader{}).columnsOf(names)
	if err == nil {
		for field, n := range usual {
			found[field] = n
		}
	}
	return found
}

// isTable reports whether a text's first line names columns of a table: at least two, a title or a body among them.
func (r *Reader) isTable(head []byte) bool {
	if bytes.HasPrefix(head, []byte("sep=")) {
		return true
	}
	k := r.known(head, r.separator(head))
	return len(k) >= 2 && len(k["title"])+len(k["body"]) > 0
}

var errRow = fmt.Errorf("a row longer than %d MiB; a quotation mark is not closed, or it is no table", maxRow>>20)

// rowGuard gives up on a row that does not end.
type rowGuard struct {
	in    io.Reader
	since int // bytes since the last row
}

func (g *rowGuard) Read(p []byte) (int, error) {
	if g.since > maxRow {
		return 0, errRow
	}
	n, err := g.in.Read(p)
	g.since += n
	if err != nil && err != io.EOF {
		err = readError{err}
	}
	return n, err
}

// plainCSV drops what the problem names already.
func plainCSV(err error) error {
	if e, ok := errors.AsType[*csv.ParseError](err); ok {
		return e.Err
	}
	if err == io.EOF {
		return errors.New("empty")
	}
	return err
}
