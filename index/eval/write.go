package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Write writes the scores as score_facts.py does, then the figures that only we have, and of each kind of error the
// first few.
func Write(w io.Writer, scores []*Score, errors int) error {
	var b strings.Builder
	width := 20
	for _, s := range scores {
		width = max(width, 1+len(s.Name))
	}
	row := func(name string, cells []string) {
		line := fmt.Sprintf("%-*s", width, name)
		for _, c := range cells {
			line += fmt.Sprintf("%-20s", c)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	for _, figures := range tables {
		row("", figures)
		for _, s := range scores {
			var cells []string
			for _, f := range figures {
				cells = append(cells, s.cell(f))
			}
			row(s.Name, cells)
		}
	}
	writeReliable(&b, scores[len(scores)-1])
	writeErrors(&b, scores[len(scores)-1], errors)
	_, err := io.WriteString(w, b.String())
	return err
}

func writeErrors(b *strings.Builder, total *Score, errors int) {
	if errors == 0 {
		return
	}
	for _, kind := range total.order {
		list := total.Errors[kind]
		fmt.Fprintf(b, "\n== %s: %d\n", kind, len(list))
		for _, e := range list[:min(errors, len(list))] {
			b.WriteString("  " + e + "\n")
		}
	}
}

// WriteLines writes the figures of agreements, a line a score, as score_facts.py --lines does.
func WriteLines(w io.Writer, scores []*Score) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s %5s  %-17s %5s %5s %5s %5s  %-10s %s\n", "", "docs", "pairs P R F1", "kind", "other", "sets", "inst", "as signed", "none in gold")
	for _, s := range scores {
		f1 := func(figure string) float64 {
			_, _, f1 := s.Figures[figure].PRF()
			return f1
		}
		wrong := func(figure string) string {
			f := s.Figures[figure]
			return fmt.Sprintf("%d/%d", f.Told-f.Right, f.Told)
		}
		p, r, f := s.Figures["pairs"].PRF()
		fmt.Fprintf(&b, "%-20s %5d  %.3f %.3f %.3f %5.3f %5.3f %5.3f %5.3f  %-10s %s\n", strings.TrimSuffix(s.Name, goldEnding), s.Docs, p, r, f,
			f1("with kind"), f1("other pairs"), f1("party sets"), f1("institutions"), wrong("told as signed"), wrong("none in gold"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteJSON writes all figures: score → figure → P, R, F1 and counts.
func WriteJSON(w io.Writer, scores []*Score) error {
	type row struct {
		P, R, F1 float64
		Figure
	}
	out := map[string]map[string]row{}
	for _, s := range scores {
		out[s.Name] = map[string]row{}
		for _, figures := range tables {
			for _, f := range figures {
				p, r, f1 := s.Figures[f].PRF()
				out[s.Name][f] = row{p, r, f1, s.Figures[f]}
			}
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(out)
}
