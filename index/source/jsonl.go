package source

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"kelisim/index"
)

// seenLines tells an article that stands twice, which says nothing new, from another with the same id. A file may have millions, so it
// knows them by sums of their ids.
type seenLines map[[16]byte]seenLine

type seenLine struct {
	line uint32
	sum  [12]byte // of what it says
}

// again reports whether an article was read with the same content; err says that its id was, with another.
func (s seenLines) again(a index.Article, line int) (same bool, err error) {
	id, says := sha256.Sum256([]byte(a.ID)), sha256.New()
	for _, part := range []string{a.URL, a.Outlet, a.Lang, a.Title, a.Body, a.Published.String(), a.Dated} {
		_, _ = io.WriteString(says, part+"\x00") // a hash takes everything
	}
	now := seenLine{line: uint32(line)}
	copy(now.sum[:], says.Sum(nil))
	key := [16]byte(id[:16])
	before, ok := s[key]
	switch {
	case ok && before.sum == now.sum:
		return true, nil
	case ok:
		return false, fmt.Errorf("the id %s stands in line %d already", quoted(a.ID), before.line)
	}
	s[key] = now
	return false, nil
}

func (r *Reader) jsonl(ctx context.Context, in *input) error {
	seen := seenLines{}
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := readLine(in.Reader)
		if err == io.EOF {
			return nil
		}
		if n == 1 {
			data = bytes.TrimPrefix(data, bom)
		}
		if err == nil && len(bytes.TrimSpace(data)) == 0 {
			continue
		}
		if err == nil {
			err = r.object(in, data, n, seen)
			if _, ok := errors.AsType[stop](err); ok {
				return err
			}
		}
		if err != nil {
			r.fail(in, n, err)
			if !errors.Is(err, errLine) && isRead(err) {
				return nil
			}
		}
	}
}

// stop is an error of Yield, which ends the reading.
type stop struct{ error }

func (s stop) Unwrap() error { return s.error }

// object reads an article from a line of JSON or an element of an array, and yields it.
func (r *Reader) object(in *input, data []byte, line int, seen seenLines) error {
	a, err := r.line(data, stem(in.path), place{in.path, line})
	if err != nil {
		return err
	}
	if same, err := seen.again(a, line); same || err != nil {
		return err
	}
	a.Path = fmt.Sprintf("%s#%d", in.path, line)
	return r.yield(in, a)
}

var errLine = fmt.Errorf("longer than %d MiB, which no article is", maxArticle>>20)

// readError is an error of the file, after which no line can be read.
type readError struct{ error }

func (e readError) Unwrap() error { return e.error }

func isRead(err error) bool {
	_, ok := errors.AsType[readError](err)
	return ok
}

// readLine reads a line, its end cut off. A line that is too long is read past and gives errLine; behind the last line it
// gives io.EOF.
func readLine(in *bufio.Reader) (line []byte, err error) {
	long, size := false, 0
	for {
		part, err := in.ReadSlice('\n')
		size += len(part)
		if len(line)+len(part) > maxArticle {
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && size == 0:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, readError{err}
		case long:
			return nil, errLine
		}
		return bytes.TrimRight(line, "\r\n"), nil
	}
}

// Line reads an article from a line of JSONL.
func Line(data []byte) (index.Article, error) {
	return (&Reader{}).line(data, "line", place{})
}

func (r *Reader) line(data []byte, stem string, at place) (a index.Article, err error) {
	if !utf8.Valid(data) {
		return a, errUTF8
	}
	if data = bytes.TrimSpace(data); len(data) == 0 || data[0] != '{' {
		return a, errors.New("not a JSON object")
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(data, &keys); err != nil {
		return a, fmt.Errorf("not JSON: %w", err)
	}
	f, err := r.stated(keys)
	if err != nil {
		return a, err
	}
	return r.article(f, stem, at)
}

var errUTF8 = errors.New("not UTF-8 text, as the file's beginning is; --encoding sets another")

// stated are the fields of an object. A key that is none of an article's is looked past.
func (r *Reader) stated(keys map[string]json.RawMessage) (fields, error) {
	names := make([]string, 0, len(keys))
	for k := range keys {
		names = append(names, k)
	}
	chosen, err := r.columnsOf(names)
	if err != nil {
		return nil, err
	}
	f := fields{}
	for _, field := range fieldNames {
		for _, key := range chosen[field] {
			s, err := scalar(field, keys[key])
			if err != nil {
				// A key of our own name must be right; one that only may be meant is looked past.
				if key == field || r.Map[field] != "" {
					return nil, err
				}
				continue
			}
			if f[field] = s; strings.TrimSpace(s) != "" {
				break
			}
		}
	}
	return f, nil
}

// scalar is a value as text: a string, a number as it is written, null as nothing; a body may be a list of paragraphs.
func scalar(field string, raw json.RawMessage) (string, error) {
	raw = bytes.TrimSpace(raw)
	what := "an object"
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", nil
	case raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9':
		return string(raw), nil
	case raw[0] == '[':
		var lines []string
		if field == "body" && json.Unmarshal(raw, &lines) == nil {
			return strings.Join(lines, "\n"), nil
		}
		what = "a list"
	case raw[0] == 't' || raw[0] == 'f':
		what = "true or false"
	}
	return "", fmt.Errorf("%q is %s and must be a string", field, what)
}
