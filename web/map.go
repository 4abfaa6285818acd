package web

import (
	"cmp"
	"html/template"
	"strings"

	"kelisim/index"
	"kelisim/web/chart"
)

// mapView is the page of partner countries.
type mapView struct {
	numbersView
	SVG, Detail template.HTML // "" where no country has a number
	Legend      []toneView
	Countries   crosstab
}

// toneView is a class of the map: its sign, and the numbers that it stands for.
type toneView struct {
	SVG  template.HTML
	Text string
}

// partnersBy are the countries that are named beside home, with their numbers: those that the country facet counts.
func (s *server) partnersBy(a *ask) ([]index.Count, index.Page, error) {
	p, err := s.count(a, a.request)
	if err != nil {
		return nil, p, err
	}
	a.notes = p.Notes
	out, _ := s.axis(a, "country", p, len(counts(p, "country")))
	for i, c := range out {
		if c.Key == home {
			out = append(out[:i], out[i+1:]...)
			break
		}
	}
	return out, p, nil
}

// worldMap answers «tab=map».
func (s *server) worldMap(a *ask) (view, error) {
	found, p, err := s.partnersBy(a)
	if err != nil {
		return view{}, err
	}
	name := a.w.text("map.heading", a.w.count(unit(a.Tab), p.Total))
	v := mapView{numbersView: s.numbers(a, p, name, "count")}
	m := chart.Map{Alt: chart.Alt{ID: "map", Title: a.w.text("map.title"), Desc: a.w.text("map.desc")}, Home: home}
	sheet := crosstab{Caption: a.w.text("map.caption"), Corner: a.w.text("facet.country"), Heads: []cellView{{Text: a.w.text("tab." + string(a.Tab))}}}
	var values []int
	var absent []string
	for _, c := range found {
		label := s.axisLabel(a, "country", c.Key)
		to := a.choosing("country", c.Key, false).listed()
		n := cellView{Text: a.w.number(c.Count), Href: to.href(), Label: label + ": " + a.w.count(unit(a.Tab), c.Count)}
		sheet.Rows = append(sheet.Rows, tableRow{Head: cellView{Text: label, Lang: langOf(label, a.w.lang), Href: a.entryURL("country", c.Key)}, Cells: []cellView{n}})
		m.Places = append(m.Places, chart.Place{Link: chart.Link{Href: n.Href, Title: n.Label}, Key: c.Key, Value: c.Count})
		values = append(values, c.Count)
		if !chart.Drawn(c.Key) {
			absent = append(absent, label)
		}
	}
	if len(found) > 0 {
		m.Classes = chart.ClassesOf(values)
		v.SVG, v.Detail = template.HTML(m.SVG()), template.HTML(m.DetailSVG())
		for i, c := range m.Classes {
			text := a.w.number(c.From)
			if c.To > c.From {
				text += "–" + a.w.number(c.To)
			}
			v.Legend = append(v.Legend, toneView{template.HTML(m.LegendSVG(i)), text})
		}
	}
	v.Countries = sheet
	v.Files = a.shownFiles(a.w.text("map.files", a.w.number(len(found))))
	if len(absent) > 0 {
		v.More = append(v.More, a.w.text("map.absent", strings.Join(absent, ", ")))
	}
	v.More = append(v.More, a.w.text("map.counting"), a.w.text("map.shapes"))
	return view{page: "map.html", data: v}, nil
}

// mapSheet is the map as a file has it.
func (s *server) mapSheet(a *ask) (sheet, error) {
	found, _, err := s.partnersBy(a)
	out := sheet{names: []string{"country", "key", string(a.Tab)}, keys: []string{"label", "key", "count"}}
	for _, c := range found {
		out.rows = append(out.rows, []any{cmp.Or(s.axisLabel(a, "country", c.Key), c.Key), c.Key, c.Count})
	}
	return out, err
}
