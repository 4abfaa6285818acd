package chart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/web/chart"
)

var golden = os.Getenv("KELISIM_GOLDEN") != ""

// recorded compares a picture with the one in testdata, which «make golden» writes anew; it must be well-formed XML.
func recorded(t *testing.T, name, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	// a mark a line reads as a diff
	lines := strings.ReplaceAll(svg, "><", ">\n<") + "\n"
	path := filepath.Join("testdata", name+".svg")
	if golden {
		if err := os.WriteFile(path, []byte(lines), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), lines); diff != "" {
		t.Errorf("%s:\n%s", name, diff)
	}
}

func bars() chart.Bars {
	link := chart.Link{Href: "?from=2025-11&to=2025-11", Title: "2025 ж. қараша: 14 келісім"}
	return chart.Bars{
		Alt: chart.Alt{ID: "series1", Title: "Қытай <&>", Desc: "Ең көбі — қараша"}, Most: 20, Top: "20",
		Bars: []chart.Bar{
			{Link: link, Value: 14, Text: "14", Label: "Қар", Group: "2025"},
			{Value: 0, Text: "0", Label: "Жел", Group: "2025"},
			{Link: link, Value: 1, Text: "1", Label: "Қаң", Group: "2026"},
		},
	}
}

func TestBars(t *testing.T) {
	recorded(t, "bars", bars().SVG())
	recorded(t, "bars-none", chart.Bars{Alt: chart.Alt{ID: "a", Title: "t"}}.SVG())
}

// Labels never run into one another, however many bars there are.
func TestBarsKeepLabelsApart(t *testing.T) {
	var b chart.Bars
	for range 36 {
		b.Bars = append(b.Bars, chart.Bar{Value: 1000, Text: "1000", Label: "Желтоқсан", Group: "2025"})
	}
	svg := b.SVG()
	if n := strings.Count(svg, "Желтоқсан"); n < 3 || n > 6 {
		t.Errorf("%d labels of nine letters on 340 units", n)
	}
	if strings.Contains(svg, ">1000<") {
		t.Error("numbers are written that have no room")
	}
	if n := strings.Count(svg, ">2025<"); n != 1 {
		t.Errorf("the year stands %d times", n)
	}
}

// A number without evidence is no link, and a bar's height is its number.
func TestBarsLink(t *testing.T) {
	b := bars()
	b.Bars[2].Href = ""
	if n := strings.Count(b.SVG(), "<a "); n != 1 {
		t.Errorf("%d links, want 1", n)
	}
	if !strings.Contains(b.SVG(), `height="56"/>`) { // 14 of 20 of 80 units
		t.Error("the bar of 14 is not 56 units tall")
	}
}
