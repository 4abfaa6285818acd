package index

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed asides.txt
var asidesText string

type asideStart struct{ kind, start string }

var asideStarts = func() (out []asideStart) {
	for line := range strings.Lines(asidesText) {
		kind, start, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok && kind != "#" {
			out = append(out, asideStart{kind, strings.TrimSpace(start)})
		}
	}
	return out
}()

// Aside is a paragraph that stands in an article and is not what it tells. It stays in the text: who reads is told.
type Aside struct {
	Start, End int    // in the text
	Kind       string // recall, more or caption: see asides.txt
}

// Asides finds such paragraphs in an article's text (Title + "\n" + Body). The headline is none. Behind the bare words «Читайте также:» the
// headlines that follow belong to them.
func Asides(text string) (out []Aside) {
	at, list := 0, false
	for i, line := range strings.SplitAfter(text, "\n") {
		start := at
		at += len(line)
		plain := strings.TrimSpace(line)
		if i == 0 || plain == "" {
			continue
		}
		kind, rest := asideOf(plain)
		switch {
		case kind != "":
			list = kind == "more" && strings.Trim(rest, " :.!→>»") == ""
		case list && !ends(plain):
			kind = "more"
		default:
			list = false
		}
		if kind != "" {
			out = append(out, Aside{start, start + len(strings.TrimRight(line, "\n")), kind})
		}
	}
	return out
}

// asideOf is the kind of a paragraph, and what stands behind the words that tell it.
func asideOf(line string) (kind, rest string) {
	line = strings.ToLower(strings.TrimLeftFunc(line, func(r rune) bool { return !unicode.IsLetter(r) }))
	best := 0
	for _, a := range asideStarts {
		if len(a.start) > best && strings.HasPrefix(line, a.start) && !letterAt(line, len(a.start)) {
			kind, rest, best = a.kind, line[len(a.start):], len(a.start)
		}
	}
	return kind, rest
}

// letterAt reports whether a word goes on there.
func letterAt(s string, at int) bool {
	for _, r := range s[at:] {
		return unicode.IsLetter(r)
	}
	return false
}

// ends reports whether a paragraph ends as a sentence does; headlines do not.
func ends(line string) bool {
	return strings.ContainsAny(line[len(line)-1:], ".!?") || strings.HasSuffix(line, "…")
}

// elsewhere reports whether a span lies in a paragraph that leads to other articles: what it says is told there, if at all.
func elsewhere(asides []Aside, start, end int) bool {
	for _, a := range asides {
		if a.Kind == "more" && start >= a.Start && end <= a.End {
			return true
		}
	}
	return false
}
