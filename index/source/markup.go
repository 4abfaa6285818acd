package source

import (
	_ "embed"
	"html"
	"regexp"
	"strings"

	nethtml "golang.org/x/net/html"
)

//go:embed data/elements.txt
var elementsText string

// elements are HTML's: block, inline or hidden.
var elements = func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(elementsText) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		for _, name := range f[1:] {
			out[name] = f[0]
		}
	}
	return out
}()

var (
	entity = regexp.MustCompile(`&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});`)
	tag    = regexp.MustCompile(`</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>`)
)

// marked reports whether a field that should be plain text has tags or entities of HTML.
func marked(s string) bool {
	for _, m := range tag.FindAllStringSubmatch(s, -1) {
		if elements[strings.ToLower(m[1])] != "" {
			return true
		}
	}
	for _, m := range entity.FindAllString(s, -1) {
		if html.UnescapeString(m) != m {
			return true
		}
	}
	return false
}

// unmarked gives the text of a field that has tags or entities: a block's borders are line ends, what is hidden is left out.
// Some exports escape twice («&amp;nbsp;», «&lt;p&gt;»), so it is read twice.
func unmarked(s string) string {
	for range 2 {
		if !marked(s) {
			break
		}
		tags, blocks := false, false
		for _, m := range tag.FindAllStringSubmatch(s, -1) {
			what := elements[strings.ToLower(m[1])]
			tags, blocks = tags || what != "", blocks || what == "block"
		}
		if tags {
			s = tagless(s, blocks)
		} else {
			s = unescaped(s)
		}
	}
	return s
}

func unescaped(s string) string { return entity.ReplaceAllStringFunc(s, html.UnescapeString) }

// loneEnd makes single line ends spaces.
var loneEnd = strings.NewReplacer("\r\n\r\n", "\n", "\n\n", "\n", "\r\n", " ", "\n", " ")

// tagless cuts the tags of HTML out. What looks like a tag and is none («a < b», «<Форум>») is kept. Where blocks mark the
// paragraphs a line end is a space, but an empty line stays a border: editors of sites mix both.
func tagless(s string, blocks bool) string {
	var b strings.Builder
	hidden := ""
	z := nethtml.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			if hidden == "" {
				b.Write(z.Raw())
			}
			return paragraphs(b.String())
		}
		raw := string(z.Raw())
		switch kind {
		case nethtml.TextToken:
			if hidden == "" {
				if blocks {
					raw = loneEnd.Replace(raw)
				}
				b.WriteString(html.UnescapeString(raw))
			}
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			name, _ := z.TagName()
			what := elements[string(name)]
			switch {
			case hidden != "":
				if kind == nethtml.EndTagToken && string(name) == hidden {
					hidden = ""
				}
			case what == "hidden" && kind == nethtml.StartTagToken:
				hidden = string(name)
			case what == "block":
				b.WriteByte('\n')
			case what == "":
				b.WriteString(raw)
			}
		}
	}
}

// paragraphs trims the lines of a text and drops the empty ones.
func paragraphs(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Trim(line, " \t\r\u00a0"); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
