package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
)

const lexiconData = "analysis/lexicon/data"

// wordCommands show, pack and weigh words and their translations.
func (a *app) wordCommands() []*cobra.Command {
	return []*cobra.Command{
		{
			Use:   "show WORD…",
			Short: "Show what words may be called otherwise, with weights and sources",
			Long: `Show prints each run of words that the lexicon has, the longest first, and its translations as a search expands it: language,
weight (about the chance that a text which says the same says it so), text, index terms, and the sources that say so.`,
			Example: "  kelisim lexicon show қос диплом туралы келісім",
			Args:    cobra.MinimumNArgs(1),
			RunE:    func(_ *cobra.Command, args []string) error { return a.showWords(strings.Join(args, " ")) },
		},
		{
			Use:   "words [LEXICONDIR AUTHORITYDIR]",
			Short: "Pack the lists of words of two folders, or those of the project again, with the stems of today",
			Args:  cobra.MatchAll(cobra.RangeArgs(0, 2), func(_ *cobra.Command, args []string) error { return evenly(args) }),
			RunE:  func(_ *cobra.Command, args []string) error { return packWords(args) },
		},
		{
			Use:   "fit LANG=TOPICS LANG=TOPICS",
			Short: "Learn weights.tsv from one half of the parallel topics of two collections",
			Args:  cobra.ExactArgs(2),
			RunE: func(_ *cobra.Command, args []string) error {
				texts, err := readParallel(args)
				if err != nil {
					return err
				}
				taught := [][]lexicon.Parallel{halfOf(texts, 0), turned(halfOf(texts, 0))}
				return learn(filepath.Join(lexiconData, "weights.tsv"), func(out io.Writer) error { return lexicon.Fit(os.DirFS(lexiconData), taught, out) })
			},
		},
		{
			Use:     "measure LANG=TOPICS LANG=TOPICS",
			Short:   "Tell how well words foresee their translations, on both halves of parallel topics",
			Example: "  kelisim lexicon measure kk=flores-kk2ru/topics.tsv ru=flores-ru2kk/topics.tsv",
			Args:    cobra.ExactArgs(2),
			RunE:    func(_ *cobra.Command, args []string) error { return a.measureWords(args) },
		},
	}
}

func evenly(args []string) error {
	if len(args) == 1 {
		return usagef("give both folders, or none")
	}
	return nil
}

func (a *app) showWords(typed string) error {
	var words [][]string
	for _, t := range analysis.Split(typed) {
		words = append(words, analysis.QueryTerms(t))
	}
	groups := lexicon.Default().Expand(words)
	if len(groups) == 0 {
		return fmt.Errorf("the lexicon has no word of %q", typed)
	}
	w := bufio.NewWriter(a.out)
	for _, g := range groups {
		fmt.Fprint(w, g.Text)
		if g.Name {
			fmt.Fprint(w, "  (a place: see kelisim names show)")
		}
		fmt.Fprintln(w)
		ts := slices.Clone(g.Translations)
		slices.SortStableFunc(ts, func(x, y lexicon.Translation) int { return cmp.Compare(x.Lang, y.Lang) })
		for _, t := range ts {
			var stems []string
			for _, s := range t.Words {
				stems = append(stems, strings.Join(s, "|"))
			}
			fmt.Fprintf(w, "  %s  %.2f  %s  [%s]  %s\n", t.Lang, t.Weight, t.Text, strings.Join(stems, " "), strings.Join(t.Sources, " "))
		}
	}
	return w.Flush()
}

// packWords writes the packed lists of the project: from two folders, or from themselves.
func packWords(folders []string) error {
	for _, list := range []struct{ packed, folder, source string }{
		{"words.tsv.zst", "lexicon", "kk-ru-en.tsv"},
		{"words.sa.tsv.zst", "lexicon", "kk-ru-en.sa.tsv"},
		{"words.mpl.tsv.zst", "lexicon", "kk-ru-en.mpl.tsv"},
		{"terms.tsv.zst", "authority", "terms.tsv"},
	} {
		to := filepath.Join(lexiconData, list.packed)
		from := to
		switch {
		case len(folders) == 0:
		case list.folder == "lexicon":
			from = filepath.Join(folders[0], list.source)
		default:
			from = filepath.Join(folders[1], list.source)
		}
		data, err := os.ReadFile(from)
		if err != nil {
			return fmt.Errorf("pack words: %w", err)
		}
		if err := learn(to, func(out io.Writer) error { return lexicon.Pack(bytes.NewReader(data), out) }); err != nil {
			return err
		}
	}
	return nil
}

// readParallel reads topics of the same ids in two languages.
func readParallel(args []string) ([]lexicon.Parallel, error) {
	var of [2]map[string]*analysis.Text
	var ids []string
	for i, arg := range args {
		lang, file, ok := strings.Cut(arg, "=")
		if _, known := stemmers[analysis.Lang(lang)]; !ok || !known {
			return nil, usagef("want kk=, ru= or en= and a file of topics, not %q", arg)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read topics: %w", err)
		}
		of[i] = map[string]*analysis.Text{}
		for l := range strings.Lines(string(data)) {
			id, text, _ := strings.Cut(strings.TrimSpace(l), "\t")
			if of[i][id] = analysis.Read(text, analysis.Lang(lang)); i == 0 {
				ids = append(ids, id)
			}
			of[i][id].Lang = analysis.Lang(lang)
		}
	}
	var out []lexicon.Parallel
	for _, id := range ids {
		if to := of[1][id]; to != nil {
			out = append(out, lexicon.Parallel{From: of[0][id], To: to})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("read topics: no id stands in both files")
	}
	return out, nil
}

// halfOf takes every second ten: sentences of one article stand together.
func halfOf(texts []lexicon.Parallel, half int) (out []lexicon.Parallel) {
	for i, x := range texts {
		if i/10%2 == half {
			out = append(out, x)
		}
	}
	return out
}

func turned(texts []lexicon.Parallel) (out []lexicon.Parallel) {
	for _, x := range texts {
		out = append(out, lexicon.Parallel{From: x.To, To: x.From})
	}
	return out
}

func (a *app) measureWords(args []string) error {
	texts, err := readParallel(args)
	if err != nil {
		return err
	}
	l := lexicon.Default()
	fmt.Fprintln(a.out, "half     direction  texts  recall  precision  weighted  mean weight  loss")
	for half, name := range []string{"learnt", "other"} {
		there := halfOf(texts, half)
		for _, x := range [][]lexicon.Parallel{there, turned(there)} {
			f := l.Measure(x)
			fmt.Fprintf(a.out, "%-7s  %s→%s      %5d  %6.3f  %9.3f  %8.3f  %11.3f  %.3f\n", name, x[0].From.Lang, x[0].To.Lang, len(x), f.Recall, f.Precision, f.Weighted, f.Mean, f.Loss)
		}
	}
	return nil
}
