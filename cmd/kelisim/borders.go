package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/index"
)

// bordersCommand learns where names begin and end.
func (a *app) bordersCommand() *cobra.Command {
	folds, to := 0, ""
	c := &cobra.Command{
		Use:   "borders FOLDER… SENTENCES.iob2…",
		Short: "Learn the borders of names from texts with gold facts and from sentences with entities",
		Long: `Borders learns analysis/names/data/borders.tsv. A folder holds articles and *.gold.json; a file *.iob2 has a word and its entity a line.
With --crossed N nothing is written: each article of the folders is read by a model that learnt from the others, in N parts, and what
it finds is printed as «extract» prints it; with --to FOLDER besides, the N models are written there instead, for «learn agreements».`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			table, err := names.Load(names.Builtin(), nil)
			if err != nil {
				return err
			}
			all, err := a.taughtByAll(cmd.Context(), paths)
			if err != nil {
				return fmt.Errorf("learn borders: %w", err)
			}
			switch {
			case folds > 1 && to != "":
				return parted(table, all, folds, func(k int) error {
					return learn(partFile(to, k), table.WriteBorders)
				})
			case folds > 1:
				return a.crossed(table, all, folds)
			}
			return learn("analysis/names/data/borders.tsv", func(out io.Writer) error { return table.LearnBorders(examplesOf(all), out) })
		},
	}
	c.Flags().IntVar(&folds, "crossed", 0, "parts to learn and read crosswise, instead of writing weights")
	c.Flags().StringVar(&to, "to", "", "folder for the weights of each part")
	return c
}

// taught is an article with the names in it.
type taught struct {
	article index.Article
	names.Example
}

func examplesOf(all []taught) []names.Example {
	out := make([]names.Example, len(all))
	for i, x := range all {
		out[i] = x.Example
	}
	return out
}

// crossed reads each article by a model that learnt from the other parts.
func (a *app) crossed(table *names.Table, all []taught, folds int) error {
	out := bufio.NewWriter(a.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := parted(table, all, folds, func(k int) error {
		for _, t := range all {
			if t.in(k, folds) {
				if err := enc.Encode(factsOf(index.Read(t.article, table), table, index.Shown)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return cmp.Or(err, out.Flush())
}

// in reports whether an article is of a part; a sentence is of none.
func (t *taught) in(k, folds int) bool { return t.article.ID != "" && part(t.article.ID, folds) == k }

// parted teaches a table for each part the texts that are not of it, and then does a thing.
func parted(table *names.Table, all []taught, folds int, do func(k int) error) error {
	drills := table.Drills(examplesOf(all))
	for k := range folds {
		var others []names.Drills
		for i, t := range all {
			if !t.in(k, folds) {
				others = append(others, drills[i])
			}
		}
		table.Learn(others)
		if err := do(k); err != nil {
			return err
		}
	}
	return nil
}

// partFile is the file of the borders that were learnt from all but part k.
func partFile(folder string, k int) string {
	return filepath.Join(folder, fmt.Sprintf("borders.%d.tsv", k))
}

// partTables are tables with the borders that «lexicon borders --to» wrote to a folder, one a part.
func partTables(folder string) (out []*names.Table, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "borders.*.tsv"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no borders.*.tsv: make crossed-borders writes them", folder)
	}
	for k := range files {
		weights, err := os.ReadFile(partFile(folder, k))
		if err != nil {
			return nil, err
		}
		t, err := names.Load(names.Builtin(), nil)
		if err != nil {
			return nil, err
		}
		if err := t.ReadBorders(string(weights)); err != nil {
			return nil, fmt.Errorf("%s: %w", files[k], err)
		}
		out = append(out, t)
	}
	return out, nil
}

// goldNames is what a gold file tells of names.
type goldNames struct {
	ID           string
	Institutions []goldName
	OtherOrgs    []goldName `json:"other_orgs"`
}

type goldName struct {
	Name, Key, ROR, Country string
	KeyAlso                 []string `json:"key_also"`
	Surfaces                []string
	Optional                bool
}

// keys are the keys of the table that are right for a name.
func (g *goldName) keys() (out []string) {
	if g.Key != "" {
		out = append(out, g.Key)
	}
	if g.ROR != "" {
		out = append(out, "ror:"+strings.TrimPrefix(g.ROR, "ror:"))
	}
	return append(out, g.KeyAlso...)
}

func (a *app) taughtByAll(ctx context.Context, paths []string) ([]taught, error) {
	var all []taught
	for _, path := range paths {
		found, err := a.taughtBy(ctx, path)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// nearestCommand learns which body a name means.
func (a *app) nearestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "nearest FOLDER…",
		Short: "Learn what speaks for a body whose name is like a text's, from texts with gold facts",
		Long:  "Nearest learns analysis/names/data/nearest.tsv from the names of articles that lie beside *.gold.json.",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			const dir = "analysis/names/data"
			table, err := names.Load(names.Builtin(), nil)
			if err != nil {
				return err
			}
			all, err := a.taughtByAll(cmd.Context(), paths)
			if err != nil {
				return fmt.Errorf("learn nearest: %w", err)
			}
			return learn(filepath.Join(dir, "nearest.tsv"), func(out io.Writer) error { return table.LearnNearest(os.DirFS(dir), examplesOf(all), out) })
		},
	}
}

// taughtBy reads the articles of a folder with their gold, or a file of sentences.
func (a *app) taughtBy(ctx context.Context, path string) ([]taught, error) {
	switch filepath.Ext(path) {
	case ".json":
		return a.taughtBySeeds(ctx, path)
	case ".iob2":
		return sentences(path)
	case ".txt":
		return news(path)
	}
	files, err := filepath.Glob(filepath.Join(path, "*.gold.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no *.gold.json", path)
	}
	gold, told := map[string]goldNames{}, map[string]bool{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		var list []goldNames
		if err := json.Unmarshal(data, &list); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		for _, g := range list {
			gold[g.ID], told[g.ID] = g, namesOffices(list)
		}
	}
	texts, _ := filepath.Glob(filepath.Join(path, "*.txt"))
	lines, _ := filepath.Glob(filepath.Join(path, "*.jsonl"))
	var out []taught
	_, err = a.each(ctx, append(texts, lines...), func(article index.Article) error {
		g, ok := gold[article.ID]
		if !ok {
			return nil
		}
		t := taught{article: article}
		t.Text, t.Told = analysis.Read(article.Text(), analysis.Lang(article.Lang)), told[article.ID]
		for _, i := range g.Institutions {
			to := &t.Names
			if i.Optional {
				to = &t.Maybe
			}
			spans := places(article.Text(), i.Surfaces)
			*to = append(*to, spans...)
			for _, s := range spans {
				t.Meant = append(t.Meant, names.Meaning{Span: s, Keys: i.keys(), English: i.Name, Country: i.Country})
			}
		}
		for _, o := range g.OtherOrgs {
			t.Offices = append(t.Offices, places(article.Text(), o.Surfaces)...)
		}
		out = append(out, t)
		return nil
	})
	return out, err
}

// namesOffices reports whether gold lists every ministry and company that its articles name. Some annotators listed only those that
// are sides of agreements: less than one and a half an article; what they left out is not to be taught as none.
func namesOffices(list []goldNames) bool {
	n := 0
	for _, g := range list {
		n += len(g.OtherOrgs)
	}
	return 2*n >= 3*len(list)
}

// taughtBySeeds reads the project's seeds with their gold, which has a form of its own.
func (a *app) taughtBySeeds(ctx context.Context, path string) ([]taught, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var gold struct {
		Articles []struct {
			File         string
			Institutions []struct {
				Kind  string
				Spans []struct{ Text string }
			}
		}
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []taught
	_, err = a.each(ctx, []string{"seeds"}, func(article index.Article) error {
		for _, g := range gold.Articles {
			if strings.TrimSuffix(g.File, ".txt") != article.ID {
				continue
			}
			t := taught{article: article}
			t.Text, t.Told = analysis.Read(article.Text(), ""), true
			for _, i := range g.Institutions {
				to := &t.Names
				if i.Kind == "government" || i.Kind == "network" || i.Kind == "company" {
					to = &t.Offices
				}
				for _, s := range i.Spans {
					*to = append(*to, places(article.Text(), []string{s.Text})...)
				}
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// places finds whole words in a text.
func places(text string, surfaces []string) []analysis.Span {
	var out []analysis.Span
	for _, s := range surfaces {
		for from := 0; s != ""; {
			i := strings.Index(text[from:], s)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+len(s)
			before, _ := utf8.DecodeLastRuneInString(text[:start])
			after, _ := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
				out = append(out, analysis.Span{Start: start, End: end})
			}
			from = end
		}
	}
	return out
}

// news reads sentences with the names in them on the lines below, as analysis/names/testdata/news.txt has them.
func news(path string) ([]taught, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []taught
	for _, line := range strings.Split(string(data), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "\t"):
			surface, _, ok := strings.Cut(strings.TrimSpace(line), " = ")
			if t := &out[len(out)-1]; ok {
				t.Names = append(t.Names, places(t.Text.Source, []string{surface})...)
			}
		default:
			t := taught{}
			t.Text = analysis.Read(strings.ReplaceAll(strings.TrimPrefix(line, "!"), "⏎", "\n"), "")
			out = append(out, t)
		}
	}
	return out, nil
}

// sentences reads sentences with entities, a word a line.
func sentences(path string) ([]taught, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []taught
	for _, block := range bytes.Split(data, []byte("\n\n")) {
		var text strings.Builder
		var t taught
		open := false
		for _, line := range strings.Split(string(block), "\n") {
			cells := strings.Fields(line)
			if len(cells) != 2 {
				continue
			}
			word, tag := cells[0], cells[1]
			if text.Len() > 0 && !strings.Contains(".,!?»:;)", word) && !strings.HasSuffix(text.String(), "«") && !strings.HasSuffix(text.String(), "(") {
				text.WriteByte(' ')
			}
			start := text.Len()
			text.WriteString(word)
			switch {
			case tag == "B-ORGANISATION" || tag == "B-FACILITY":
				t.Maybe = append(t.Maybe, analysis.Span{Start: start, End: text.Len()})
				open = true
			case open && strings.HasPrefix(tag, "I-"):
				t.Maybe[len(t.Maybe)-1].End = text.Len()
			default:
				open = false
			}
		}
		t.Text = analysis.Read(text.String(), analysis.KK)
		out = append(out, t)
	}
	return out, nil
}
