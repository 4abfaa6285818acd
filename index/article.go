package index

import (
	"errors"
	"strings"
	"time"

	"kelisim/analysis"
)

// Article is one news item as its file or page states it. Nothing in it is inferred.
type Article struct {
	ID        string
	URL       string // canonical address, "" for files without one
	Outlet    string // as stated, often ""
	Lang      string // as stated, often ""
	Title     string // "" where it was published without a headline
	Body      string // plain text, NFC, a paragraph a line
	Published Date
	Dated     string    // the date as typed, where it could not be used: then Published is zero
	Fetched   time.Time // when we read it, UTC
	Path      string    // where it was read from: a file's path (with #line for lists) or a URL
	How       string    // how it was read where the program had to choose («CSV, windows-1251 (guessed)»), often ""
	Damaged   bool      // it is archived, but its text cannot be read, or is not what was stored: all else is empty
}

// ErrUnreadable says that an article is archived, but its text was damaged.
var ErrUnreadable = errors.New("its archived text is damaged")

// Unreadable is an article whose archived text was damaged: nothing of it is shown but that it is there.
func Unreadable(id string) Article { return Article{ID: id, Damaged: true} }

// Text is what all spans point into: Title + "\n" + Body.
func (a Article) Text() string { return a.Title + "\n" + a.Body }

// Change is one step of the archive's history: an article as it became, or a removal.
type Change struct {
	Seq     uint64
	ID      string
	Article *Article // nil: the article was removed
}

// TitleOf is an article's headline; where it has none, its first words, and untitled is true.
func TitleOf(a Article) (title string, untitled bool) {
	if t := strings.TrimSpace(a.Title); t != "" {
		return t, false
	}
	first, _, _ := strings.Cut(strings.TrimSpace(a.Body), "\n")
	cut := shorten(first, analysis.Span{Start: 0, End: len(first)}, leadRunes)
	if cut.End < len(first) {
		return first[:cut.End] + "…", true
	}
	return first, true
}
