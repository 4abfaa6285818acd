package web

import (
	"strconv"
	"strings"

	"kelisim/index"
)

// doubtView says how many agreements of a list are uncertain, with the ways to hide them and to see them again.
type doubtView struct {
	Text       string // «27 agreements, 9 of them uncertain», "" where none is or a heading says so
	Hide, Show link
}

// doubt makes a doubtView for the page that r is the address of.
func (a *ask) doubt(r request, uncertain int) doubtView {
	v := doubtView{}
	r.Cursor = ""
	if uncertain > 0 {
		r.MinConfidence = index.Sure
		v.Hide = link{Href: r.href(), Text: a.w.text("uncertain.hide")}
	}
	return v
}

// show adds the way to see n agreements more.
func (v *doubtView) show(a *ask, r request, n int) {
	if n <= 0 {
		return
	}
	r.Cursor, r.MinConfidence = "", 0
	v.Show = link{Href: r.href(), Text: a.w.count("uncertain.show", n)}
}

// doubted is a list's own line: how many it has, and how many of them are uncertain.
func (a *ask) doubted(r request, total, uncertain int) doubtView {
	v := a.doubt(r, uncertain)
	if uncertain > 0 {
		v.Text = a.w.count("uncertain.found", uncertain, a.w.count("n.agreements", total))
	}
	return v
}

// told is an article's record with the agreements that are as sure as is asked for; among them are uncertain ones, and
// hidden ones are left out that would be shown if nothing were asked for.
func (a *ask) told(v index.View) (rec index.Record, uncertain, hidden int) {
	rec = v.Record
	rec.Agreements = nil
	for _, g := range v.Record.Agreements {
		switch sure := v.Confidence[g.ID]; {
		case sure < a.Least():
			if sure >= index.Shown {
				hidden++
			}
			continue
		case sure < index.Sure:
			uncertain++
		}
		rec.Agreements = append(rec.Agreements, g)
	}
	return rec, uncertain, hidden
}

// judge says in a record how sure the program is of it, and why. What a person corrected is certain, and says so itself.
func (v *recordView) judge(a *ask, g index.Agreement, sure index.Percent) {
	if len(v.Mended) > 0 {
		return
	}
	v.Sure = a.w.text("record.confidence", a.w.percent(sure))
	if sure < index.Sure {
		v.Doubt = a.w.text("uncertain.why", a.w.percent(index.Sure))
	}
	if why := a.why(g); len(why) > 0 {
		v.Why = a.w.text("record.why", strings.Join(why, "; "))
	}
}

// why are the features that weighed most in the surest evidence, in words.
func (a *ask) why(g index.Agreement) (out []string) {
	var best index.Evidence
	for _, e := range g.Evidence {
		if best.Why == nil || e.Confidence > best.Confidence {
			best = e
		}
	}
	seen := map[string]bool{}
	for _, line := range best.Why {
		if text := a.w.feature(line); !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return out
}

// feature puts a line of weights.tsv («pair|told roles|signed|subject,with») into words: those of the longest beginning of
// its name that has some («told»), with the status or kind that it speaks of. What is no such line, or has no words, stays.
func (w *words) feature(line string) string {
	parts := strings.Split(line, "|")
	if len(parts) < 2 {
		return line
	}
	key := ""
	for name := strings.Fields(parts[1]); len(name) > 0 && key == ""; name = name[:len(name)-1] {
		if k := "why." + strings.ToLower(strings.Join(name, "-")); w.has(k) {
			key = k
		}
	}
	if key == "" {
		return strings.Join(parts[1:], " ")
	}
	var said []string
	for _, value := range parts[2:] {
		for _, list := range []string{"status.", "kind."} {
			if w.has(list + value) {
				said = append(said, lowerFirst(w.text(list+value)))
				break
			}
		}
	}
	if len(said) == 0 {
		return w.text(key)
	}
	return w.text("why", w.text(key), strings.Join(said, ", "))
}

func (w *words) percent(p index.Percent) string { return w.text("percent", strconv.Itoa(int(p))) }
