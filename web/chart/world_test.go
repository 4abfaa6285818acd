package chart_test

import (
	"slices"
	"strings"
	"testing"

	"kelisim/web/chart"
)

func worldMap() chart.Map {
	m := chart.Map{Alt: chart.Alt{ID: "map", Title: "Елдер", Desc: "d"}, Home: "KZ"}
	var values []int
	for _, x := range []struct {
		key string
		n   int
	}{{"CN", 13}, {"EE", 6}, {"SG", 1}, {"RU", 2}, {"QQ", 9}} {
		m.Places = append(m.Places, chart.Place{Link: chart.Link{Href: "?country=" + x.key, Title: x.key}, Key: x.key, Value: x.n})
		values = append(values, x.n)
	}
	m.Classes = chart.ClassesOf(values)
	return m
}

func TestMap(t *testing.T) {
	m := worldMap()
	recorded(t, "map", m.SVG())
	recorded(t, "map-detail", m.DetailSVG())
	recorded(t, "map-legend", m.LegendSVG(0))
}

// What has a number is a link; a country too small to be hit is a circle; what the map does not have is in no place.
func TestMapLinks(t *testing.T) {
	svg := worldMap().SVG()
	if n := strings.Count(svg, "<a "); n != 4 {
		t.Errorf("%d links, want 4", n)
	}
	if n := strings.Count(svg, "<circle"); n != 1 {
		t.Errorf("%d circles, want Singapore's", n)
	}
	if !strings.Contains(svg, `class="own"`) {
		t.Error("home has no outline")
	}
	if len(svg) > 30_000 {
		t.Errorf("the map weighs %d bytes: a page has 60,000", len(svg))
	}
}

func TestDrawn(t *testing.T) {
	for _, key := range strings.Fields("KZ EE CN RU SG HK MT XK TW PS US UZ KG TM TJ AZ GE AM MC VA LI") {
		if !chart.Drawn(key) {
			t.Errorf("%s has no place", key)
		}
	}
	if chart.Drawn("QQ") || chart.Drawn("AQ") {
		t.Error("there are places that are none")
	}
}

func TestClasses(t *testing.T) {
	for _, tt := range []struct{ values, want []int }{
		{nil, nil},
		{[]int{0, 1}, []int{1, 1}},
		{[]int{1, 2, 3}, []int{1, 1, 2, 2, 3, 3}},
		{[]int{13, 6, 2, 1}, []int{1, 1, 2, 3, 4, 6, 7, 13}},
		{[]int{100, 1}, []int{1, 31, 32, 100}},
	} {
		var got []int
		for _, c := range chart.ClassesOf(tt.values) {
			got = append(got, c.From, c.To)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v: %v, want %v", tt.values, got, tt.want)
		}
	}
	// every number is in one class
	values := []int{1, 5, 17, 40, 99, 400}
	for _, v := range values {
		n := 0
		for _, c := range chart.ClassesOf(values) {
			if v >= c.From && v <= c.To {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d is in %d classes", v, n)
		}
	}
}
