package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kelisim/index"
)

// header is the first line of a seed file: « date YYYY-MM-DD Title».
var header = regexp.MustCompile(`^(?:\x{feff})?\s*date\s+(\S+)(.*)$`)

// day is the form of a seed's date.
var day = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// whole reads a text that is one article.
func (r *Reader) whole(in *input) error {
	data, err := io.ReadAll(io.LimitReader(in, maxArticle+1))
	if err != nil {
		r.fail(in, 0, plainError(err))
		return nil
	}
	a, line, err := r.seed(filepath.Base(in.name), data, place{in.path, 0}, in.file.Kind == TextFile)
	if err != nil {
		r.fail(in, line, err)
		return nil
	}
	if in.path == Stdin {
		r.unnamed(&a, stem(in.path), place{in.path, 0})
	}
	a.Path = in.path
	return r.yield(in, a)
}

// Seed reads a seed file. On an error, line is the line it lies in, or 0 for the whole file.
func Seed(name string, data []byte) (a index.Article, line int, err error) {
	return (&Reader{}).seed(name, data, place{}, false)
}

// seed reads a seed file, or a text without its first line where plainText says so.
func (r *Reader) seed(name string, data []byte, at place, plainText bool) (a index.Article, line int, err error) {
	if len(data) > maxArticle {
		return a, 0, fmt.Errorf("longer than %d MiB, which no article is", maxArticle>>20)
	}
	data = bytes.TrimPrefix(data, bom)
	if n, ok := invalidLine(data); ok {
		return a, n, errUTF8
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return a, 0, errors.New("empty")
	}
	name = norm.NFC.String(name)
	a.ID = strings.TrimSuffix(name, filepath.Ext(name))
	if err := checkID(a.ID); err != nil {
		return a, 0, fmt.Errorf("the file's name is the article's id: %w", err)
	}
	first, rest, _ := strings.Cut(plain(string(data)), "\n")
	m := header.FindStringSubmatch(first)
	if m == nil || plainText {
		return a, 0, r.text(&a, plain(string(data)), at)
	}
	at.line = 1
	typed, title := datePrefix(m[1], m[2], r.Now)
	if typed == "" { // an English text that begins with the word
		return a, 0, r.text(&a, plain(string(data)), at)
	}
	r.dated(&a, typed, at)
	a.Title, a.Body = strings.TrimSpace(title), strings.TrimRight(rest, " \t\n")
	if isLead(a.Title) {
		// The page had no headline, so the lead was put where the headline stands.
		a.Title, a.Body = "", strings.TrimRight(a.Title+"\n"+a.Body, "\n")
	}
	if a.Title == "" && strings.TrimSpace(a.Body) == "" {
		return a, 1, errors.New("no text behind the date")
	}
	return a, 0, nil
}

// datePrefix parts a first line behind its word «date» into date and title. The form has a day of figures; one of several
// words («17 қараша 2025») is taken where it reads as a date to its last word.
func datePrefix(first, rest string, now time.Time) (typed, title string) {
	if day.MatchString(first) {
		return first, rest
	}
	const most = 6 // words
	typed, title = first, rest
	words := first
	left := rest
	for range most {
		if d, _, _ := ReadDate(words, now); !d.IsZero() {
			typed, title = words, left
		}
		next := strings.TrimLeft(left, " ")
		if next == "" {
			break
		}
		i := strings.IndexByte(next, ' ')
		if i < 0 {
			i = len(next)
		}
		words, left = words+" "+next[:i], next[i:]
	}
	if d, code, _ := ReadDate(typed, now); d.IsZero() && code == DateUnread && !strings.ContainsAny(typed, "0123456789") {
		return "", "" // no date at all
	}
	return typed, title
}

// maxHeadline is longer than any headline: a longer first line is a paragraph.
const maxHeadline = 300 // letters

// text reads a text without a date line: its first line is the title, unless it is a sentence. A line of its own above the
// text that is a date and nothing else is the article's date.
func (r *Reader) text(a *index.Article, text string, at place) error {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	typed := ""
	for i, seen := 0, 0; i < len(lines) && seen < 3; i++ {
		l := strings.TrimSpace(lines[i])
		if l == "" {
			continue
		}
		seen++
		if d, _, _ := ReadDate(l, r.Now); d.Day > 0 && utf8.RuneCountInString(l) < 60 {
			typed = l
			lines = append(lines[:i:i], lines[i+1:]...)
			break
		}
	}
	body := strings.Trim(strings.Join(lines, "\n"), " \t\n")
	if strings.TrimSpace(body) == "" {
		return errors.New("empty")
	}
	r.dated(a, typed, at)
	title, rest, ok := strings.Cut(body, "\n")
	title = strings.TrimSpace(title)
	if !ok || isLead(title) || utf8.RuneCountInString(title) > maxHeadline {
		a.Body = body
		return nil
	}
	a.Title, a.Body = title, strings.Trim(rest, "\n")
	return nil
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
