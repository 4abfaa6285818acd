package agreements_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/agreements/claims"
	"kelisim/analysis/names"
)

// block is a text of testdata with what must be read out of it.
type block struct {
	where, lang, date, title string
	body                     []string
	want, faults             []string
}

func readBlocks(t *testing.T, path string) []block {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	var b *block
	for n, line := range strings.Split(string(raw), "\n") {
		switch {
		case strings.TrimSpace(line) == "":
			b = nil
		case strings.HasPrefix(line, "//"):
		case b == nil:
			out = append(out, block{where: fmt.Sprintf("%s:%d", filepath.Base(path), n+1)})
			b = &out[len(out)-1]
			b.lang, b.date, _ = strings.Cut(line, " ")
		case strings.HasPrefix(line, "= "):
			b.title = line[2:]
		case strings.HasPrefix(line, "> "):
			if line != "> none" {
				b.want = append(b.want, line[2:])
			}
		case strings.HasPrefix(line, "! "):
			b.faults = append(b.faults, line[2:])
			if line == "! none" {
				b.faults = []string{}
			}
		default:
			b.body = append(b.body, line)
		}
	}
	return out
}

func read(title, body, lang, date string) []string {
	x := analysis.Read(title+"\n"+body, analysis.Lang(lang))
	as := agreements.Find(x, names.Default().Surmise(x), date)
	var out []string
	for _, a := range as {
		if a.Evidence[0].Confidence >= agreements.Shown {
			out = append(out, show(a))
		}
	}
	for _, c := range claims.Find(x) {
		out = append(out, fmt.Sprintf("claim %s %s", c.Number, c.Kind))
	}
	slices.Sort(out)
	return out
}

func show(a agreements.Agreement) string {
	var ps []string
	for _, p := range a.Parties {
		text := p.Text
		if text == "" {
			text = p.Name
		}
		ps = append(ps, text)
	}
	slices.Sort(ps)
	s := strings.Join(ps, " + ") + ": " + a.Kind + ", " + a.Status
	if a.Date != "" {
		s += ", " + a.Date
	}
	return s
}

func TestTexts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata")
	}
	for _, path := range files {
		for _, b := range readBlocks(t, path) {
			got := read(b.title, strings.Join(b.body, "\n"), b.lang, b.date)
			for i, w := range b.want {
				head, tail, ok := strings.Cut(w, ": ")
				if ok {
					ps := strings.Split(head, " + ")
					slices.Sort(ps)
					b.want[i] = strings.Join(ps, " + ") + ": " + tail
				}
			}
			slices.Sort(b.want)
			if b.faults != nil {
				slices.Sort(b.faults)
				if slices.Equal(got, b.faults) {
					t.Errorf("%s: mended; take the ! away", b.where)
				}
				continue
			}
			if !slices.Equal(got, b.want) {
				t.Errorf("%s: %s\n got %s\nwant %s", b.where, b.body[0], strings.Join(got, "\n     "), strings.Join(b.want, "\n     "))
			}
		}
	}
}
