package source

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"kelisim/index"
)

// item is a line of JSONL. Keys that it does not name are ignored.
type item struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Lang      string `json:"lang"`
	Title     string `json:"title"`
	Body      string `json:"body"`
	Published string `json:"published"`
}

func (r *Reader) jsonl(ctx context.Context, path string, f io.Reader) error {
	in := bufio.NewReaderSize(f, 1<<16)
	if head, _ := in.Peek(512); utf16(head) {
		r.Fail(Problem{Path: path, Err: errUTF16})
		return nil
	} else if bytes.IndexByte(head, 0) >= 0 {
		r.Fail(Problem{Path: path, Err: errors.New("binary, not JSON lines")})
		return nil
	}
	type told struct {
		line int
		sum  [sha256.Size]byte
	}
	seen := map[string]told{}
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, size, err := readLine(in)
		r.read(size)
		if err == io.EOF {
			return nil
		}
		if n == 1 {
			data = bytes.TrimPrefix(data, bom)
		}
		if err == nil && len(bytes.TrimSpace(data)) == 0 {
			continue
		}
		var a index.Article
		if err == nil {
			a, err = Line(data)
		}
		if err == nil {
			now := told{n, sha256.Sum256(data)}
			before, ok := seen[a.ID]
			if ok && before.sum == now.sum {
				continue // the same line once more says nothing new
			} else if ok {
				err = fmt.Errorf("the id %s stands in line %d already", quoted(a.ID), before.line)
			} else {
				seen[a.ID] = now
			}
		}
		if err != nil {
			r.Fail(Problem{Path: path, Line: n, Err: plainError(err)})
			if !errors.Is(err, errLine) && isRead(err) {
				return nil
			}
			continue
		}
		a.Path, a.Fetched = fmt.Sprintf("%s#%d", path, n), r.Now
		if err := r.Yield(a); err != nil {
			return err
		}
	}
}

var errLine = fmt.Errorf("longer than %d MiB, which no article is", maxArticle>>20)

// readError is an error of the file, after which no line can be read.
type readError struct{ error }

func (e readError) Unwrap() error { return e.error }

func isRead(err error) bool {
	_, ok := errors.AsType[readError](err)
	return ok
}

// readLine reads a line, its end cut off, and says how many bytes it took. A line that is too long is read past and gives
// errLine; behind the last line it gives io.EOF.
func readLine(in *bufio.Reader) (line []byte, size int, err error) {
	long := false
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
			return nil, 0, io.EOF
		case err != nil && err != io.EOF:
			return nil, size, readError{err}
		case long:
			return nil, size, errLine
		}
		return bytes.TrimRight(line, "\r\n"), size, nil
	}
}

// Line reads an article from a line of JSONL.
func Line(data []byte) (a index.Article, err error) {
	if !utf8.Valid(data) {
		return a, errors.New("not UTF-8 text")
	}
	if data = bytes.TrimSpace(data); len(data) == 0 || data[0] != '{' {
		return a, errors.New("not a JSON object")
	}
	var it item
	if err := json.Unmarshal(data, &it); err != nil {
		return a, jsonError(err)
	}
	a = index.Article{
		URL: strings.TrimSpace(it.URL), Outlet: line(it.Outlet), Lang: strings.ToLower(line(it.Lang)),
		Title: line(it.Title), Body: strings.Trim(plain(it.Body), "\n"),
	}
	if a.Title == "" && strings.TrimSpace(a.Body) == "" {
		return a, errors.New("neither title nor body")
	}
	if a.URL != "" {
		if err := checkURL(a.URL); err != nil {
			return a, err
		}
	}
	if a.Published, err = published(it.Published); err != nil {
		return a, err
	}
	if a.ID = it.ID; a.ID == "" && a.URL != "" {
		a.ID = idOf(a.Outlet, a.URL)
	}
	return a, checkID(a.ID)
}

// jsonError says in a reader's words what is wrong with a line.
func jsonError(err error) error {
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%q is a %s and must be a string", t.Field, t.Value)
	}
	return fmt.Errorf("not JSON: %w", err)
}

// published reads a day, a month, a year or a time stamp, of which it keeps the day as stated.
func published(s string) (index.Date, error) {
	s = strings.TrimSpace(s)
	if len(s) > 10 {
		for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04"} {
			if _, err := time.Parse(form, s); err == nil {
				return index.ParseDate(s[:10])
			}
		}
	}
	d, err := index.ParseDate(s)
	if err != nil {
		return d, fmt.Errorf("published: date %s is not YYYY, YYYY-MM or YYYY-MM-DD of the calendar", quoted(s))
	}
	return d, nil
}

// checkURL lets through what a page may safely link to.
func checkURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return fmt.Errorf("url %s is not an http or https address", quoted(s))
	}
	return nil
}

// idOf makes the id of a page: its outlet, or its host, and a hash of its address.
func idOf(outlet, address string) string {
	u, _ := url.Parse(address)
	u.Fragment, u.Host = "", strings.ToLower(u.Host)
	sum := sha256.Sum256([]byte(u.String()))
	name := outlet
	if name == "" {
		name = strings.TrimPrefix(u.Hostname(), "www.")
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\`, r) {
			return '-'
		}
		return r
	}, name)
	if len(name) > maxID/2 {
		name = strings.ToValidUTF8(name[:maxID/2], "")
	}
	return name + "-" + hex.EncodeToString(sum[:8])
}
