package main

import (
	"os"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/names"
	"kelisim/index"
)

// blocks reads sentences with the agreements that they tell, as analysis/agreements/testdata has them.
func blocks(path string, known *names.Table) ([]lesson, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []lesson
	for block := range strings.SplitSeq(string(raw), "\n\n") {
		var body, right, faults []string
		title, lang, date := "", "", ""
		for line := range strings.SplitSeq(block, "\n") {
			switch {
			case line == "" || strings.HasPrefix(line, "//"):
			case lang == "":
				lang, date, _ = strings.Cut(line, " ")
			case strings.HasPrefix(line, "= "):
				title = line[2:]
			case strings.HasPrefix(line, "> "):
				right = append(right, line[2:])
			case strings.HasPrefix(line, "! "):
				faults = append(faults, line[2:])
			default:
				body = append(body, line)
			}
		}
		if lang == "" {
			continue
		}
		if faults != nil {
			right = faults
		}
		x := analysis.Read(title+"\n"+strings.Join(body, "\n"), analysis.Lang(lang))
		e := agreements.Example{Text: x, Mentions: known.Recognize(x), Reported: date}
		var written []string
		for _, r := range right {
			sides, what, ok := strings.Cut(r, ": ")
			if !ok {
				continue
			}
			w := strings.Split(what, ", ")
			parties := strings.Split(sides, " + ")
			written = append(written, parties...)
			e.Deeds = append(e.Deeds, agreements.Deed{Forms: [][]string{parties}, Kinds: w[:1], Statuses: w[1:2]})
		}
		// A side is called as the records have it, by whatever name of it stands there.
		texts := map[string]string{}
		for _, m := range e.Mentions {
			if slices.Contains(written, m.Surface) {
				texts[m.Key] = m.Surface
			}
		}
		e.Party = func(p agreements.Party) string {
			if slices.Contains(written, p.Text) {
				return p.Text
			}
			if t := texts[p.Key]; p.Key != "" && t != "" {
				return t
			}
			return p.Name
		}
		out = append(out, lesson{1, &index.Record{}, e})
	}
	return out, nil
}
