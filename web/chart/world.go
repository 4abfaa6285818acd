package chart

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/world.txt
var worldText string

// shape is a country as it is drawn.
type shape struct {
	key  string // ISO 3166-1 alpha-2, «-» for none
	x, y float64
	area float64
	path string
}

// world are all shapes.
var world = sync.OnceValue(func() (out []shape) {
	for line := range strings.Lines(worldText) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 4 {
			continue
		}
		s := shape{key: f[0], path: f[3]}
		if _, err := fmt.Sscan(f[1]+" "+f[2], &s.x, &s.y, &s.area); err != nil {
			panic(fmt.Sprintf("data/world.txt: %s: %v", f[0], err))
		}
		if n := len(out); n > 0 && out[n-1].key == s.key {
			out[n-1].path += s.path
			if s.area > out[n-1].area {
				out[n-1].x, out[n-1].y, out[n-1].area = s.x, s.y, s.area
			}
			continue
		}
		out = append(out, s)
	}
	return out
})

// Place is a country with its number.
type Place struct {
	Link
	Key   string // ISO 3166-1 alpha-2
	Value int
}

// Map is numbers by country.
type Map struct {
	Alt
	Places  []Place
	Home    string // the country that the others are seen from: outlined
	Classes []Class
}

const (
	small = 30.0 // square units: a smaller country gets a mark that can be seen and hit
	dot   = 6.0  // its size
)

// whole is what is drawn of the world, without the empty sea: left, top, width, height.
var whole = box{110, 0, 1310, 640}

// detail is Europe with its neighbours, which a phone shows too small: left, top, width, height.
var detail = box{648, 22, 250, 160}

// Class is a range of numbers that are drawn alike.
type Class struct{ From, To int }

const mostClasses = 4

// ClassesOf parts numbers above zero into at most four ranges, each about as many times wider as the one before.
func ClassesOf(values []int) (out []Class) {
	most := 0
	for _, v := range values {
		most = max(most, v)
	}
	from := 1
	for i := 1; i <= mostClasses && from <= most; i++ {
		to := max(from, int(math.Pow(float64(most), float64(i)/mostClasses)))
		if i == mostClasses {
			to = most
		}
		// A range that no number is in is none.
		if slices.ContainsFunc(values, func(v int) bool { return v >= from && v <= to }) {
			out = append(out, Class{from, to})
		} else if n := len(out); n > 0 {
			out[n-1].To = to
		}
		from = to + 1
	}
	return out
}

// fill is the pattern of a class among so many: the last is full, however many there are.
func (m Map) fill(value int) string {
	for i, c := range m.Classes {
		if value >= c.From && value <= c.To {
			return pattern(i, len(m.Classes))
		}
	}
	return "none"
}

func (m Map) shapeID(s shape) string { return esc(m.ID + "-" + s.key) }

func pattern(class, of int) string { return "url(#tone" + strconv.Itoa(mostClasses-of+class+1) + ")" }

// hatches are the patterns from the lightest on: distance and width of their lines; crossed where true. They differ by line, not by
// colour.
var hatches = [mostClasses]struct {
	step, line float64
	crossed    bool
}{{9, 1.2, false}, {6, 1.6, false}, {5, 1.6, true}, {4, 4, false}}

// SVG draws the world, and beside it the part that is crowded once more. Countries that have a number are links, the others
// are land.
func (m Map) SVG() string {
	p := &pen{}
	value := map[string]Place{}
	for _, x := range m.Places {
		value[x.Key] = x
	}
	p.openBox("map", m.Alt, whole, fontSize)
	p.tones()
	p.put(`<g class="countries" id="`, esc(m.ID), `-all"><path class="land" d="`)
	for _, s := range world() {
		if value[s.key].Value == 0 {
			p.put(s.path)
		}
	}
	p.put(`"/>`)
	var linked, marks []shape // marks stand over the land around them
	outline := ""             // over its neighbours
	for _, s := range world() {
		if s.key == m.Home {
			outline = s.path
		}
		switch x := value[s.key]; {
		case x.Value == 0:
			continue
		case s.area < small:
			marks = append(marks, s)
		default:
			p.put(`<path class="some" id="`, m.shapeID(s), `" fill="`, m.fill(x.Value), `" d="`, s.path, `"/>`)
			linked = append(linked, s)
		}
	}
	if outline != "" {
		p.put(`<path class="own" d="`, outline, `"/>`)
	}
	for _, s := range marks {
		p.put(`<circle class="some" id="`, m.shapeID(s), `" fill="`, m.fill(value[s.key].Value), `" cx="`, units(s.x), `" cy="`, units(s.y), `" r="`, units(dot), `"/>`)
	}
	p.put(`</g>`)
	// The links lie over the shapes: what is drawn once more elsewhere must hold none, or the keyboard would stop there too.
	for _, s := range append(linked, marks...) {
		p.link(value[s.key].Link, "", func() { p.put(`<use href="#`, m.shapeID(s), `"/>`) })
	}
	return p.close()
}

// DetailSVG draws the crowded part of the same picture, which must stand on the same page. It is for eyes only: all that it shows is
// in the whole.
func (m Map) DetailSVG() string {
	p := &pen{}
	p.put(`<svg class="map detail" viewBox="`, detail.String(), `" aria-hidden="true"><use href="#`, esc(m.ID), `-all"/></svg>`)
	return p.String()
}

// LegendSVG is the sign of a class.
func (m Map) LegendSVG(class int) string {
	return `<svg class="map tone" viewBox="0 0 36 20" aria-hidden="true"><rect fill="` + pattern(class, len(m.Classes)) + `" x="1" y="1" width="34" height="18"/></svg>`
}

// tones are the patterns.
func (p *pen) tones() {
	p.put(`<defs>`)
	for i, h := range hatches {
		step := units(h.step)
		p.put(`<pattern id="tone`, strconv.Itoa(i+1), `" patternUnits="userSpaceOnUse" width="`, step, `" height="`, step, `" patternTransform="rotate(45)"><rect class="under" width="`, step, `" height="`, step, `"/><rect class="line" width="`, units(h.line), `" height="`, step, `"/>`)
		if h.crossed {
			p.put(`<rect class="line" width="`, step, `" height="`, units(h.line), `"/>`)
		}
		p.put(`</pattern>`)
	}
	p.put(`</defs>`)
}

// Drawn reports whether a country has a place on the map.
func Drawn(key string) bool {
	return slices.ContainsFunc(world(), func(s shape) bool { return s.key == key })
}
