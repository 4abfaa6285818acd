package source

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// maxObject bounds an object that stands by itself: it may wrap a whole list of articles.
const maxObject = 64 << 20 // bytes

// json reads a file with an array of objects, or with objects one behind the other, over as many lines as they like. An
// object that is no article is looked into for a list of them, as the answers of most services have it.
func (r *Reader) json(ctx context.Context, in *input) error {
	v := &values{in: in.Reader, line: 1}
	seen := seenLines{}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, line, err := v.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			elements := [][]byte{data}
			if inner := wrapped(data, 3); inner != nil {
				elements = inner
			}
			if in.found && in.file.Articles+in.file.Failed == 0 && !r.hasBody(elements[0]) {
				r.leave(in)
				return nil
			}
			for i, e := range elements {
				n := line
				if len(elements) > 1 {
					n = i + 1
				}
				err := r.object(in, e, n, seen)
				if _, ok := errors.AsType[stop](err); ok {
					return err
				}
				if err != nil {
					r.fail(in, n, err)
				}
			}
			continue
		}
		r.fail(in, line, err)
		if !errors.Is(err, errLine) {
			return nil
		}
	}
}

// wrapped are the objects of the list that an object wraps, or the one object that it wraps («_source»); nil where the object
// may be an article itself.
func wrapped(data []byte, deep int) [][]byte {
	var keys map[string]json.RawMessage
	if deep == 0 || len(data) == 0 || data[0] != '{' || json.Unmarshal(data, &keys) != nil {
		return nil
	}
	var names []string
	for k := range keys {
		names = append(names, k)
	}
	chosen, _ := (&Reader{}).columnsOf(names)
	for _, field := range []string{"title", "body"} {
		for _, key := range chosen[field] {
			if s, err := scalar(field, keys[key]); err == nil && s != "" {
				return nil
			}
		}
	}
	var found [][]byte
	for _, raw := range keys {
		raw = bytes.TrimSpace(raw)
		var list []json.RawMessage
		switch {
		case len(raw) > 0 && raw[0] == '[' && json.Unmarshal(raw, &list) == nil:
			var objects [][]byte
			for _, e := range list {
				if inner := wrapped(e, deep-1); inner != nil {
					objects = append(objects, inner...)
				} else if len(e) > 0 && e[0] == '{' {
					objects = append(objects, e)
				}
			}
			if len(objects) > len(found) {
				found = objects
			}
		case len(raw) > 0 && raw[0] == '{':
			inner := wrapped(raw, deep-1)
			if inner == nil && isArticle(raw) {
				inner = [][]byte{raw}
			}
			if len(inner) > len(found) {
				found = inner
			}
		}
	}
	return found
}

// hasBody reports whether an object states the text of an article.
func (r *Reader) hasBody(data []byte) bool {
	var keys map[string]json.RawMessage
	if json.Unmarshal(data, &keys) != nil {
		return false
	}
	f, err := r.stated(keys)
	return err == nil && strings.TrimSpace(f["body"]) != ""
}

// isArticle reports whether an object has a title and a body.
func isArticle(data []byte) bool {
	var keys map[string]json.RawMessage
	if json.Unmarshal(data, &keys) != nil {
		return false
	}
	r := &Reader{}
	f, err := r.stated(keys)
	return err == nil && f["title"] != "" && f["body"] != ""
}

// values reads one value after the other: elements of an array, or values at the top.
type values struct {
	in     *bufio.Reader
	line   int
	inside bool // an array
	begun  bool
}

// next gives a value and the line it begins in. One that is too long is read past and gives errLine; at the end it gives io.EOF.
func (v *values) next() (data []byte, line int, err error) {
	for {
		c, err := v.byte()
		if err != nil {
			if err == io.EOF && v.inside {
				return nil, v.line, errors.New("the file ends inside its list; it was cut")
			}
			return nil, v.line, err
		}
		switch {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == 0xef || c == 0xbb || c == 0xbf:
		case c == '[' && !v.inside && !v.begun:
			v.inside, v.begun = true, true
		case c == ']' && v.inside:
			v.inside = false
		default:
			v.begun = true
			line = v.line
			data, err = v.value(c)
			return data, line, err
		}
	}
}

func (v *values) byte() (byte, error) {
	c, err := v.in.ReadByte()
	if c == '\n' && err == nil {
		v.line++
	}
	if err != nil && err != io.EOF {
		err = readError{err}
	}
	return c, err
}

// value reads to the end of the value that c begins.
func (v *values) value(c byte) ([]byte, error) {
	most := maxObject
	if v.inside {
		most = maxArticle
	}
	var out []byte
	deep, quoted, escaped, long := 0, false, false, false
	for {
		if len(out) >= most {
			out, long = nil, true
		}
		if !long {
			out = append(out, c)
		}
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			deep++
		case c == '}' || c == ']':
			deep--
		}
		if deep <= 0 && !quoted {
			// A number or a word ends where something else begins.
			next, err := v.in.Peek(1)
			if c == '}' || c == ']' || c == '"' || err != nil || bytes.IndexByte([]byte(" \t\r\n,]}"), next[0]) >= 0 {
				break
			}
		}
		var err error
		if c, err = v.byte(); err == io.EOF {
			return nil, errors.New("the file ends inside this object; it was cut")
		} else if err != nil {
			return nil, err
		}
	}
	if long {
		return nil, errLine
	}
	return out, nil
}
