package chart_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kelisim/web/chart"
)

func network() chart.Network {
	n := chart.Network{Alt: chart.Alt{ID: "network", Title: "Желі", Desc: "d"}}
	for _, x := range []chart.Node{
		{Name: "Әл-Фараби атындағы Қазақ ұлттық университеті"}, {Name: "Мақсұт Нәрікбаев университеті"}, {Name: "new & <unchecked>", Dim: true},
		{Name: "Tallinn University", Lang: "en", Right: true}, {Name: "Льежский университет", Lang: "ru", Right: true},
	} {
		x.Link = chart.Link{Href: "?institution=" + strconv.Itoa(len(n.Nodes)), Title: ""}
		x.Text = "2"
		n.Nodes = append(n.Nodes, x)
	}
	for _, e := range [][3]int{{0, 4, 1}, {1, 3, 5}, {2, 3, 1}, {0, 1, 2}, {3, 4, 1}} {
		n.Edges = append(n.Edges, chart.Edge{Link: chart.Link{Href: "?q=" + strconv.Itoa(e[0]), Title: "пара"}, A: e[0], B: e[1], Value: e[2]})
	}
	return n
}

func TestNetwork(t *testing.T) {
	recorded(t, "network", network().SVG())
	recorded(t, "network-none", chart.Network{Alt: chart.Alt{ID: "n", Title: "t"}}.SVG())
}

// The same numbers give the same picture, every node and every line is a link, and more agreements are a thicker line.
func TestNetworkIsSteady(t *testing.T) {
	svg := network().SVG()
	for range 5 {
		if network().SVG() != svg {
			t.Fatal("two pictures of one network")
		}
	}
	if n := strings.Count(svg, "<a "); n != 10 {
		t.Errorf("%d links, want 5 nodes and 5 lines", n)
	}
	wide := regexp.MustCompile(`stroke-width="([0-9.]+)"`).FindAllStringSubmatch(svg, -1)
	if len(wide) != 2 || wide[0][1] <= wide[1][1] { // five and two; one is as thin as the style has it
		t.Errorf("five agreements are as thin as one: %v", wide)
	}
}

// The order of a column follows what it is joined to: without it these lines would all cross.
func TestNetworkUncrosses(t *testing.T) {
	var n chart.Network
	for i := range 12 {
		n.Nodes = append(n.Nodes, chart.Node{Name: strconv.Itoa(i), Right: i >= 6})
	}
	for i := range 6 {
		n.Edges = append(n.Edges, chart.Edge{A: i, B: 11 - i, Value: 1})
	}
	lines := regexp.MustCompile(`<path d="M[0-9. ]+c[-0-9.]+ 0 [-0-9.]+ ([-0-9.]+) `).FindAllStringSubmatch(n.SVG(), -1)
	if len(lines) != 12 { // each twice: to be seen, and to be hit
		t.Fatalf("%d lines", len(lines))
	}
	for _, d := range lines {
		if d[1] != "0" {
			t.Errorf("a line goes %s down: it crosses others", d[1])
		}
	}
}

// Names keep all their words, in lines that fit.
func TestNetworkWraps(t *testing.T) {
	svg := network().SVG()
	for _, word := range strings.Fields("Әл-Фараби атындағы Қазақ ұлттық университеті Tallinn University") {
		if !strings.Contains(svg, word) {
			t.Errorf("%s is lost", word)
		}
	}
	if n := strings.Count(svg, "<tspan"); n < 8 {
		t.Errorf("%d lines for five names", n)
	}
}
