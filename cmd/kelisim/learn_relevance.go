package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis/relevance"
	"kelisim/index"
)

// learnRelevanceCommand learns what is about education and agreements.
func (a *app) learnRelevanceCommand() *cobra.Command {
	const to = "analysis/relevance/data/weights.tsv"
	measure := false
	c := &cobra.Command{
		Use:   "relevance FILES…",
		Short: "Learn " + to + " from labelled items",
		Long: `Relevance learns which items are about education, science or universities' agreements. A file has an item a line: + or -, headline,
text, between tabs; it is named for its language. Half of the items, chosen by their headlines, are only scored: precision and recall on
them are printed by language. With --measure nothing is learnt.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			all, err := a.labelled(paths)
			if err != nil {
				return fmt.Errorf("learn relevance: %w", err)
			}
			m := relevance.Default()
			if !measure {
				var taught []relevance.Example
				for _, x := range all {
					if !x.aside {
						taught = append(taught, x.Example)
					}
				}
				m = relevance.Learn(taught)
				if err := learn(to, func(out io.Writer) error { return m.Write(out) }); err != nil {
					return err
				}
			}
			return a.scoreLabelled(m, all)
		},
	}
	c.Flags().BoolVar(&measure, "measure", false, "score with the weights as they are")
	return c
}

// labelledItem is a line of a file of labelled items.
type labelledItem struct {
	relevance.Example
	lang, title string
	aside       bool
}

func (a *app) labelled(paths []string) (out []labelledItem, err error) {
	read, _, err := a.reading()
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		lang := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		n := 0
		for line := range strings.Lines(string(raw)) {
			n++
			if strings.HasPrefix(line, "#") {
				continue
			}
			f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(f) != 3 || f[0] != "+" && f[0] != "-" {
				return nil, fmt.Errorf("%s:%d: it takes + or -, a headline and a text, between tabs", path, n)
			}
			r := read(index.Article{ID: fmt.Sprint(path, ":", n), Title: f[1], Body: f[2]})
			out = append(out, labelledItem{relevance.Example{Reading: index.RelevanceReading(r), Relevant: f[0] == "+"}, lang, f[1], relevance.Aside(f[1])})
		}
	}
	return out, nil
}

// likely is the score from which an item counts as relevant where it is measured.
const likely = .5

// scoreLabelled prints precision and recall by language, of both halves. Wrong ones are named only of the half that is learnt from.
func (a *app) scoreLabelled(m *relevance.Model, all []labelledItem) error {
	type count struct{ right, wrong, all, items int }
	counts := map[string]*count{}
	for _, x := range all {
		half := "learnt"
		if x.aside {
			half = "aside"
		}
		p, why := m.Score(x.Reading)
		for _, key := range []string{half + " " + x.lang, half + " all"} {
			c := counts[key]
			if c == nil {
				c = &count{}
				counts[key] = c
			}
			c.items++
			switch found := p >= likely; {
			case found && x.Relevant:
				c.right++
			case found:
				c.wrong++
			}
			if x.Relevant {
				c.all++
			}
		}
		if (p >= likely) != x.Relevant && !x.aside {
			fmt.Fprintf(a.errOut, "%.2f %s %v\n", p, x.title, why)
		}
	}
	fmt.Fprintln(a.out, "half\tlang\titems\tprecision\trecall")
	for _, half := range []string{"learnt", "aside"} {
		for _, lang := range []string{"kk", "ru", "en", "all"} {
			if c := counts[half+" "+lang]; c != nil {
				fmt.Fprintf(a.out, "%s\t%s\t%d\t%.3f\t%.3f\n", half, lang, c.items, float64(c.right)/float64(max(1, c.right+c.wrong)), float64(c.right)/float64(max(1, c.all)))
			}
		}
	}
	return nil
}
