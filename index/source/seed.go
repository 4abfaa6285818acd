package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"kelisim/index"
)

// header is the first line of a seed file: « date YYYY-MM-DD Title».
var header = regexp.MustCompile(`^\s*date\s+(\S+)(.*)$`)

// day is the form of a seed's date; index.ParseDate alone would take a month or a year too.
var day = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (r *Reader) seed(path string, f io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(f, maxArticle+1))
	r.read(len(data))
	if err != nil {
		r.Fail(Problem{Path: path, Err: plainError(err)})
		return nil
	}
	a, line, err := Seed(filepath.Base(path), data)
	if err != nil {
		r.Fail(Problem{Path: path, Line: line, Err: err})
		return nil
	}
	a.Path, a.Fetched = path, r.Now
	return r.Yield(a)
}

// Seed reads a seed file. On an error, line is the line it lies in, or 0 for the whole file.
func Seed(name string, data []byte) (a index.Article, line int, err error) {
	switch {
	case len(data) > maxArticle:
		return a, 0, fmt.Errorf("longer than %d MiB, which no article is", maxArticle>>20)
	case utf16(data):
		return a, 0, errUTF16
	}
	data = bytes.TrimPrefix(data, bom)
	if n, ok := invalidLine(data); ok {
		return a, n, errors.New("not UTF-8 text")
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return a, 0, errors.New("empty")
	}
	a.ID = strings.TrimSuffix(name, filepath.Ext(name))
	if err := checkID(a.ID); err != nil {
		return a, 0, fmt.Errorf("the file's name is the article's id: %w", err)
	}
	first, rest, _ := strings.Cut(plain(string(data)), "\n")
	m := header.FindStringSubmatch(first)
	if m == nil {
		return a, 1, errors.New("no date: the first line must read « date YYYY-MM-DD Title»")
	}
	if !day.MatchString(m[1]) {
		return a, 1, fmt.Errorf("date %s is not YYYY-MM-DD", quoted(m[1]))
	}
	if a.Published, err = index.ParseDate(m[1]); err != nil {
		return a, 1, err
	}
	a.Title, a.Body = strings.TrimSpace(m[2]), strings.TrimRight(rest, " \t\n")
	if isLead(a.Title) {
		// The page had no headline, so the lead was put where the headline stands.
		a.Title, a.Body = "", strings.TrimRight(a.Title+"\n"+a.Body, "\n")
	}
	if a.Title == "" && strings.TrimSpace(a.Body) == "" {
		return a, 1, errors.New("no text behind the date")
	}
	return a, 0, nil
}

// isLead tells a lead from a headline: headlines have no full stop. Left alone: «…» and «...», which headlines do have.
func isLead(title string) bool {
	return strings.HasSuffix(title, ".") && !strings.HasSuffix(title, "..")
}

// invalidLine finds the first line that is not UTF-8.
func invalidLine(data []byte) (n int, ok bool) {
	if utf8.Valid(data) {
		return 0, false
	}
	n = 1
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return n, true
		}
		n++
	}
	return n, true
}
