package chart

// Bar is one number. Two bars beside each other whose Group is the same belong together: it stands under the first of them.
type Bar struct {
	Link
	Value int
	Text  string // the number as written
	Label string
	Group string
}

// Bars are numbers in the order of time.
type Bars struct {
	Alt
	Bars []Bar
	Most int    // what the tallest bar would be: the same for pictures that are compared; 0: the greatest of its own
	Top  string // Most as written
}

const (
	barsWidth  = 340.0
	barsTop    = 22.0 // of the tallest bar
	barsFoot   = 102.0
	barsHeight = 132.0
)

// SVG draws bars from one line up, each number over its bar where there is room, and a line where the tallest would end.
// Zeros stay empty places.
func (b Bars) SVG() string {
	p := &pen{}
	p.open("bars", b.Alt, barsWidth, barsHeight)
	most := max(b.Most, 1)
	for _, x := range b.Bars {
		most = max(most, x.Value)
	}
	p.put(`<path class="grid" d="M0 `, units(barsTop), `h`, units(barsWidth), `"/><path d="M0 `, units(barsFoot), `h`, units(barsWidth), `"/>`)
	numbered := b.Top != ""
	if numbered {
		p.put(`<text class="top" x="0" y="`, units(barsTop-5), `">`, esc(b.Top), `</text>`)
	}
	step := barsWidth / float64(max(len(b.Bars), 1))
	step = min(step, 56) // two bars do not fill a page
	free, groupFree, group := 0.0, 0.0, ""
	for i, x := range b.Bars {
		at := step * float64(i)
		middle := at + step/2
		if x.Value > 0 {
			p.link(x.Link, "", func() {
				h := (barsFoot - barsTop) * float64(x.Value) / float64(most)
				p.rect(at, 0, step, barsFoot)
				p.rect(at+step*0.18, barsFoot-h, step*0.64, h)
				// the number of the line above would stand in the way of a tall first bar's own
				inTheWay := numbered && x.Value == most && at < width(b.Top)+4
				if width(x.Text) <= step+2 && !inTheWay {
					p.text(middle, barsFoot-h-4, x.Text)
				}
			})
		}
		if half := width(x.Label) / 2; x.Label != "" && (i == 0 || middle-half >= free) {
			to := max(middle, half)
			p.text(to, barsFoot+14, x.Label)
			free = to + half + 4
		}
		if x.Group != group {
			group = x.Group
			if half := width(group) / 2; i == 0 || middle-half >= groupFree {
				to := max(middle, half)
				p.text(to, barsFoot+27, group)
				groupFree = to + half + 4
			}
		}
	}
	return p.close()
}
