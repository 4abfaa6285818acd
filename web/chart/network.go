package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Node is one that is joined to others.
type Node struct {
	Link
	Name  string
	Text  string // its number as written, behind the name
	Lang  string // of the name, where it is not the page's
	Right bool   // it stands right, else left
	Dim   bool   // nobody has checked it
}

// Edge joins two nodes, by their places in the list; Value is how often.
type Edge struct {
	Link
	A, B, Value int
}

// Network is who stands with whom: two columns of names, and lines between.
type Network struct {
	Alt
	Nodes []Node
	Edges []Edge
}

const (
	networkWidth = 400.0
	nameWidth    = 146.0 // of a column
	lineHeight   = 13.0
	nameSize     = 12.0 // of letters: a phone shows them smaller
	nodeGap      = 9.0  // between two names
	swings       = 24   // times that the order is mended
)

// placed is a node with its lines of text and the height that it stands at.
type placed struct {
	lines []string
	y     float64 // the middle
	order float64
}

// SVG draws the names in an order that makes few lines cross: each stands near the middle of those that it is joined to. The
// same numbers give the same picture.
func (n Network) SVG() string {
	at := make([]placed, len(n.Nodes))
	columns := [2][]int{}
	for i, x := range n.Nodes {
		at[i].lines = wrap(x.Name, x.Text, nameWidth)
		side := 0
		if x.Right {
			side = 1
		}
		at[i].order = float64(len(columns[side]))
		columns[side] = append(columns[side], i)
	}
	n.settle(at, columns)
	height := 0.0
	for side := range columns {
		y := 8.0
		for _, i := range columns[side] {
			h := float64(len(at[i].lines)) * lineHeight
			at[i].y = math.Round(y + h/2)
			y += h + nodeGap
		}
		height = max(height, y)
	}
	for side := range columns { // the shorter column stands in the middle
		if len(columns[side]) == 0 {
			continue
		}
		last := columns[side][len(columns[side])-1]
		shift := math.Round((height - nodeGap - at[last].y - float64(len(at[last].lines))*lineHeight/2) / 2)
		for _, i := range columns[side] {
			at[i].y += shift
		}
	}
	p := &pen{}
	p.openBox("network", n.Alt, box{0, 0, networkWidth, height}, nameSize)
	for _, e := range n.Edges {
		p.link(e.Link, "", func() { p.edge(n, e, at) })
	}
	for i, x := range n.Nodes {
		class := "node"
		if x.Right {
			class += " right"
		}
		if x.Dim {
			class += " dim"
		}
		p.link(x.Link, class, func() { p.node(x, at[i]) })
	}
	return p.close()
}

// settle puts the columns in order: again and again each node goes to the middle of its neighbours.
func (n Network) settle(at []placed, columns [2][]int) {
	for range swings {
		for side := range columns {
			want := map[int]float64{}
			for _, i := range columns[side] {
				sum, weight := at[i].order*0.1, 0.1 // who is joined to nobody stays
				for _, e := range n.Edges {
					for _, pair := range [2][2]int{{e.A, e.B}, {e.B, e.A}} {
						if pair[0] == i {
							// places of a long column and of a short one are made alike
							other := pair[1]
							there := float64(len(columns[1-side]))
							if n.Nodes[other].Right == n.Nodes[i].Right {
								there = float64(len(columns[side]))
							}
							sum += (at[other].order + 0.5) / max(there, 1) * float64(len(columns[side])) * float64(e.Value)
							weight += float64(e.Value)
						}
					}
				}
				want[i] = sum / weight
			}
			slices.SortStableFunc(columns[side], func(a, b int) int { return cmp.Or(cmp.Compare(want[a], want[b]), cmp.Compare(a, b)) })
			for k, i := range columns[side] {
				at[i].order = float64(k)
			}
		}
	}
}

// gapLeft and gapRight are where lines begin.
const (
	gapLeft  = nameWidth + 9
	gapRight = networkWidth - nameWidth - 9
)

func (p *pen) edge(n Network, e Edge, at []placed) {
	x := func(i int) float64 {
		if n.Nodes[i].Right {
			return gapRight
		}
		return gapLeft
	}
	x1, y1, x2, y2 := x(e.A), at[e.A].y, x(e.B), at[e.B].y
	bend := (x2 - x1) / 2
	if x1 == x2 { // two of one column are joined by a bow
		bend = math.Round(min(gapRight-gapLeft-20, 16+math.Abs(y2-y1)/4))
		if x1 == gapRight {
			bend = -bend
		}
	}
	d := "M" + units(x1) + " " + units(y1) + "c" + units(bend) + " 0 " + units(bend) + " " + units(y2-y1) + " " + units(x2-x1) + " " + units(y2-y1)
	p.put(`<path d="`, d, `"/><path d="`, d, `"`)
	if e.Value > 1 {
		p.put(` stroke-width="`, units(1+1.6*math.Log2(float64(e.Value))), `"`)
	}
	p.put(`/>`)
}

func (p *pen) node(n Node, at placed) {
	x, dot := nameWidth, gapLeft-3
	if n.Right {
		x, dot = networkWidth-nameWidth, gapRight+3
	}
	if n.Right {
		p.put(`<rect class="dot" x="`, units(dot-3), `" y="`, units(at.y-3), `" width="6" height="6"/>`)
	} else {
		p.put(`<circle class="dot" cx="`, units(dot), `" cy="`, units(at.y), `" r="3.5"/>`)
	}
	lang := ""
	if n.Lang != "" {
		lang = ` lang="` + esc(n.Lang) + `"`
	}
	p.put(`<text y="`, units(math.Round(at.y-float64(len(at.lines))*lineHeight/2+lineHeight*0.75)), `"`, lang, `>`)
	for i, s := range at.lines {
		p.put(`<tspan x="`, units(x), `"`)
		if i > 0 {
			p.put(` dy="`, units(lineHeight), `"`)
		}
		p.put(`>`, esc(s), `</tspan>`)
	}
	p.put(` <tspan class="n">`, esc(n.Text), `</tspan></text>`)
}

// wrap cuts a name into lines at its spaces, with room behind the last for its number; a word longer than a line stands by itself.
func wrap(s, number string, room float64) (out []string) {
	line := ""
	words := strings.Fields(s)
	for i, w := range words {
		behind := ""
		if i == len(words)-1 && number != "" {
			behind = " " + number
		}
		if line != "" && width(line+" "+w+behind)*nameSize/fontSize > room {
			out = append(out, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	return append(out, line)
}
