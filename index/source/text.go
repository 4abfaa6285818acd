package source

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var bom = []byte("\xef\xbb\xbf")

// lineEnds are all the ways to end a line that texts from the web have.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// plain gives text as it is archived: NFC, a paragraph a line, no NUL nor other control characters. Left alone: soft
// hyphens, stress marks and kinds of spaces, which analysis reads past and quotes keep.
func plain(s string) string {
	s = lineEnds.Replace(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// line gives text that stands in one line: a title, a name.
func line(s string) string { return strings.TrimSpace(strings.ReplaceAll(plain(s), "\n", " ")) }

// maxID keeps ids short enough for addresses and for the engine's document ids.
const maxID = 200 // bytes

// checkID says what is wrong with an id: it stands in addresses and in file names.
func checkID(id string) error {
	switch {
	case strings.TrimSpace(id) == "":
		return errors.New("the id is empty")
	case len(id) > maxID:
		return fmt.Errorf("the id is longer than %d bytes", maxID)
	case !utf8.ValidString(id):
		return errors.New("the id is not UTF-8 text")
	case id == "." || id == "..":
		return fmt.Errorf("the id %q means a folder", id)
	}
	for _, r := range id {
		if r == '/' || r == '\\' || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return fmt.Errorf("the id %s contains %q", quoted(id), r)
		}
	}
	return nil
}

// quoted is a value for an error message, cut where it is long.
func quoted(s string) string {
	const most = 60 // runes
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}
