// World makes ../../data/world.txt of a TopoJSON file of countries: «make map» fetches that and runs this. Borders that two
// countries share are simplified once, so that they go on to touch.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

const (
	width    = 1440.0 // units of the drawing
	leastKey = 4.0    // a corner that makes a smaller triangle with its neighbours is left out, in square units
	leastBit = 20.0   // islands smaller than that are left out, but for a country's largest, in square units
	tiny     = 1.0    // a largest ring smaller than that has no shape at all: a mark stands for it
)

// topology is what is read of TopoJSON.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct {
			Geometries []struct {
				Type       string
				ID         string
				Arcs       json.RawMessage
				Properties struct{ Name string }
			}
		}
	}
}

type point struct{ x, y float64 }

// unwound makes a line that crosses the 180th meridian go on beyond it.
func unwound(line []point, from float64) []point {
	out := slices.Clone(line)
	for i := range out {
		for out[i].x-from > 180 {
			out[i].x -= 360
		}
		for out[i].x-from < -180 {
			out[i].x += 360
		}
		from = out[i].x
	}
	return out
}

// equalEarth is the projection of Šavrič, Patterson and Jenny (2018): areas stay comparable.
func equalEarth(lon, lat float64) point {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	x := 2 * math.Sqrt(3) * lon * math.Pi / 180 * math.Cos(t) / (3 * (9*a4*t6*t2 + 7*a3*t6 + 3*a2*t2 + a1))
	y := a4*t6*t2*t + a3*t6*t + a2*t2*t + a1*t
	return point{x, -y}
}

// thin leaves out the corners that matter least (Visvalingam and Whyatt 1993); the ends stay.
func thin(in []point, place func(point) point) []point {
	out := slices.Clone(in)
	at := make([]point, len(in))
	for i, p := range in {
		at[i] = place(p)
	}
	for len(out) > 2 {
		least, which := math.Inf(1), 0
		for i := 1; i < len(out)-1; i++ {
			a, b, c := at[i-1], at[i], at[i+1]
			if area := math.Abs((b.x-a.x)*(c.y-a.y)-(c.x-a.x)*(b.y-a.y)) / 2; area < least {
				least, which = area, i
			}
		}
		if least >= leastKey {
			break
		}
		out, at = slices.Delete(out, which, which+1), slices.Delete(at, which, which+1)
	}
	return out
}

func round(p point) point { return point{math.Round(p.x), math.Round(p.y)} }

func area(ring []point) (a float64, middle point) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		k := p.x*q.y - q.x*p.y
		a += k / 2
		middle.x += (p.x + q.x) * k
		middle.y += (p.y + q.y) * k
	}
	if a == 0 {
		return 0, ring[0]
	}
	return math.Abs(a), point{middle.x / (6 * a), middle.y / (6 * a)}
}

// path writes a ring in whole units, each corner by its distance from the one before.
func path(ring []point) string {
	var b strings.Builder
	at := round(ring[0])
	fmt.Fprintf(&b, "M%g %gl", at.x, at.y)
	first := true
	for _, p := range ring[1:] {
		p = round(p)
		if p == at {
			continue
		}
		for _, d := range []float64{p.x - at.x, p.y - at.y} {
			s := strconv.Itoa(int(d))
			if !first && s[0] != '-' {
				b.WriteByte(' ')
			}
			b.WriteString(s)
			first = false
		}
		at = p
	}
	return b.String() + "z"
}

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var t topology
	if err := json.Unmarshal(data, &t); err != nil {
		log.Fatal(err)
	}
	right, top := equalEarth(180, 0).x, equalEarth(0, 83.7).y
	scale := width / (2 * right)
	place := func(p point) point {
		p = equalEarth(p.x, p.y)
		return point{(p.x + right) * scale, (p.y - top) * scale}
	}
	whole, short := make([][]point, len(t.Arcs)), make([][]point, len(t.Arcs))
	for i, arc := range t.Arcs {
		x, y := 0.0, 0.0
		for _, d := range arc {
			x, y = x+d[0], y+d[1]
			whole[i] = append(whole[i], point{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]})
		}
		whole[i] = unwound(whole[i], whole[i][0].x)
		short[i] = thin(whole[i], place)
	}
	ring := func(arcs []int, of [][]point) (out []point) {
		for _, i := range arcs {
			var arc []point
			if i < 0 {
				arc = slices.Clone(of[^i])
				slices.Reverse(arc)
			} else {
				arc = of[i]
			}
			if len(out) > 0 {
				arc = unwound(arc, out[len(out)-1].x)[1:]
			}
			out = append(out, arc...)
		}
		out = out[:len(out)-1] // the last corner is the first
		for i, p := range out {
			out[i] = place(p)
		}
		return out
	}
	type country struct {
		key, d string
		at     point
		area   float64
	}
	var all []country
	for _, g := range t.Objects.Countries.Geometries {
		if g.Properties.Name == "Antarctica" {
			continue
		}
		key := "-" // land without a code of its own
		if r, err := language.ParseRegion(g.ID); err == nil {
			key = r.String()
		} else if g.Properties.Name == "Kosovo" {
			key = "XK"
		}
		var polygons [][][]int
		if g.Type == "Polygon" {
			var one [][]int
			err = json.Unmarshal(g.Arcs, &one)
			polygons = [][][]int{one}
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			log.Fatalf("%s: %v", g.Properties.Name, err)
		}
		c := country{key: key}
		for _, rings := range polygons {
			if a, middle := area(ring(rings[0], whole)); a > c.area {
				c.area, c.at = a, middle
			}
		}
		for _, rings := range polygons {
			for _, arcs := range rings {
				a, _ := area(ring(arcs, whole))
				r := ring(arcs, short)
				if a < leastBit && a < c.area || a < tiny || len(r) < 3 {
					continue
				}
				c.d += path(r)
			}
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b country) int { return strings.Compare(a.key, b.key) })
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(w, "# Shapes of countries in the Equal Earth projection: ISO 3166-1 code («-»: none), the middle of its largest part, its area in square")
	fmt.Fprintln(w, "# units, the outline. Made by «make map»; README.md says of what.")
	for _, c := range all {
		fmt.Fprintf(w, "%s\t%.0f %.0f\t%.0f\t%s\n", c.key, c.at.x, c.at.y, c.area, c.d)
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
}
