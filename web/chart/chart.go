// Package chart answers: how do numbers become a picture that works without script, prints, and can be heard? Numbers go in, SVG
// comes out. It knows nothing of articles: labels, sentences and addresses come ready; what they hold is escaped here. Sizes
// are in units of the drawing, which grows and shrinks with the page, its letters too; colours and lines are the page's style.
//
// Every picture has a title and a description for those who do not see it, every number in it that has evidence is a link
// that a keyboard reaches. A picture stands beside a table with the same numbers: it is never the only way to them.
//
// References: SVG 2; WAI-ARIA Graphics Module.
package chart

import (
	"html"
	"strconv"
	"strings"
)

const (
	fontSize = 11.0 // of labels
	letter   = 0.64 // width of a character, about, by its size
)

// Alt is what a picture says to those who do not see it.
type Alt struct {
	ID    string // of the picture, the only one on its page
	Title string
	Desc  string
}

// Link is where a mark of a picture leads. Href is "" where there is nothing behind it.
type Link struct {
	Href  string
	Title string // what it is, with its number; "" where what is drawn says so in letters
}

// box is a part of a drawing: left, top, width, height.
type box [4]float64

func (b box) String() string {
	return units(b[0]) + " " + units(b[1]) + " " + units(b[2]) + " " + units(b[3])
}

// pen writes SVG.
type pen struct{ strings.Builder }

// put writes parts as they are.
func (p *pen) put(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// open begins a picture of some size.
func (p *pen) open(class string, a Alt, width, height float64) {
	p.openBox(class, a, box{0, 0, width, height}, fontSize)
}

func (p *pen) openBox(class string, a Alt, b box, size float64) {
	p.put(`<svg class="`, class, `" viewBox="`, b.String(), `" font-size="`, units(size), `" role="group" aria-labelledby="`, esc(a.ID), `-t"`)
	if a.Desc != "" {
		p.put(` aria-describedby="`, esc(a.ID), `-d"`)
	}
	p.put(`><title id="`, esc(a.ID), `-t">`, esc(a.Title), `</title>`)
	if a.Desc != "" {
		p.put(`<desc id="`, esc(a.ID), `-d">`, esc(a.Desc), `</desc>`)
	}
}

func (p *pen) close() string {
	p.put(`</svg>`)
	return p.String()
}

// link puts marks into a link, if there is something behind it; class may be "".
func (p *pen) link(l Link, class string, marks func()) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	if l.Href == "" {
		p.put(`<g`, class, `>`)
		marks()
		p.put(`</g>`)
		return
	}
	p.put(`<a`, class, ` href="`, esc(l.Href), `" rel="nofollow">`)
	if l.Title != "" {
		p.put(`<title>`, esc(l.Title), `</title>`)
	}
	marks()
	p.put(`</a>`)
}

func (p *pen) rect(x, y, w, h float64) {
	p.put(`<rect x="`, units(x), `" y="`, units(y), `" width="`, units(w), `" height="`, units(h), `"/>`)
}

func (p *pen) text(x, y float64, s string) {
	p.put(`<text x="`, units(x), `" y="`, units(y), `">`, esc(s), `</text>`)
}

// width is about how wide a label is.
func width(s string) float64 { return float64(len([]rune(s))) * letter * fontSize }

// units writes a length.
func units(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

func esc(s string) string { return html.EscapeString(s) }
