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

// block is sentences with what they tell.
type block struct {
	lang, date, text string
	right            []string
}

// readBlocks reads a file as analysis/agreements/testdata has them.
func readBlocks(path string) (out []block, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for text := range strings.SplitSeq(string(raw), "\n\n") {
		var b block
		var body, faults []string
		title := ""
		for line := range strings.SplitSeq(text, "\n") {
			switch {
			case line == "" || strings.HasPrefix(line, "//"):
			case b.lang == "":
				b.lang, b.date, _ = strings.Cut(line, " ")
			case strings.HasPrefix(line, "= "):
				title = line[2:]
			case strings.HasPrefix(line, "> "):
				b.right = append(b.right, line[2:])
			case strings.HasPrefix(line, "! "):
				faults = append(faults, line[2:])
			default:
				body = append(body, line)
			}
		}
		if faults != nil {
			b.right = faults
		}
		if b.text = title + "\n" + strings.Join(body, "\n"); b.lang != "" {
			out = append(out, b)
		}
	}
	return out, nil
}

// blocks reads sentences with the agreements that they tell.
func blocks(path string, known *names.Table) ([]lesson, error) {
	bs, err := readBlocks(path)
	var out []lesson
	for _, b := range bs {
		x := analysis.Read(b.text, analysis.Lang(b.lang))
		e := agreements.Example{Text: x, Mentions: known.Surmise(x), Reported: b.date}
		var written []string
		for _, r := range b.right {
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
	return out, err
}
