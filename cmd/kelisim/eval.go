package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/eval"
	"kelisim/index/source"
	"kelisim/seeds"
)

func (a *app) evalCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "eval",
		Short: "Measure the program against gold",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(a.evalFactsCommand(), a.evalRetrievalCommand())
	return c
}

func (a *app) evalFactsCommand() *cobra.Command {
	var root, told string
	var errors int
	var lines, asJSON bool
	c := &cobra.Command{
		Use:   "facts [GOLD…]",
		Short: "Score what is read out of articles: precision, recall, F1",
		Long: `Facts reads the articles that lie beside each GOLD (seeds.json, whose articles are built in; a *.gold.json; or a folder of
these; all there is, if none is given) as «extract» does and scores what it finds. index/eval/testdata/README.md says what each
figure means.`,
		Example: "  kelisim eval facts --errors 20 index/eval/testdata/items-dev",
		RunE: func(cmd *cobra.Command, paths []string) error {
			scores, err := a.evalFacts(cmd.Context(), root, told, paths)
			switch {
			case err != nil:
				return err
			case asJSON:
				return eval.WriteJSON(a.out, scores)
			case lines:
				return eval.WriteLines(a.out, scores)
			}
			return eval.Write(a.out, scores, errors)
		},
	}
	c.Flags().StringVar(&root, "gold", "index/eval/testdata", "folder with seeds.json and the folders of gold")
	c.Flags().StringVar(&told, "told", "", "file of lines that «extract» printed, to be scored instead of reading the articles")
	c.Flags().IntVar(&errors, "errors", 0, "print so many errors of each kind")
	c.Flags().BoolVar(&lines, "lines", false, "print a line of figures for each gold file")
	c.Flags().BoolVar(&asJSON, "json", false, "print all figures with their counts")
	return c
}

func (a *app) evalFacts(ctx context.Context, root, told string, paths []string) ([]*eval.Score, error) {
	table, err := names.Builtin().Open("institutions.tsv")
	if err != nil {
		return nil, err
	}
	defer table.Close()
	gold, err := eval.LoadGold(root, paths, table)
	if err != nil {
		return nil, err
	}
	predict := func() (map[string]eval.Prediction, error) { return a.predict(ctx, gold.Files()) }
	if told != "" {
		predict = func() (map[string]eval.Prediction, error) {
			f, err := os.Open(told)
			if err != nil {
				return nil, err
			}
			defer f.Close()
			return eval.ReadPredictions(f)
		}
	}
	predictions, err := predict()
	if err != nil {
		return nil, err
	}
	if ids := gold.Missing(predictions); len(ids) > 0 {
		fmt.Fprintf(a.errOut, "kelisim: no article for %d documents of gold: %s\n", len(ids), strings.Join(ids[:min(8, len(ids))], " "))
	}
	return gold.Facts(predictions), nil
}

// predict reads the articles beside files of gold, and facts out of them.
func (a *app) predict(ctx context.Context, files []string) (map[string]eval.Prediction, error) {
	read, known, err := a.reading()
	if err != nil {
		return nil, err
	}
	var found []facts
	take := func(article index.Article) error {
		found = append(found, factsOf(read(article), known, index.Shown))
		return nil
	}
	var folders []string
	for _, f := range files {
		if filepath.Base(f) != "seeds.json" {
			folders = append(folders, filepath.Dir(f))
		} else if err := eachSeed(take); err != nil {
			return nil, err
		}
	}
	slices.Sort(folders)
	if _, err := a.each(ctx, slices.Compact(folders), take); err != nil {
		return nil, err
	}
	var lines bytes.Buffer
	if err := writeFacts(&lines, found); err != nil {
		return nil, err
	}
	return eval.ReadPredictions(&lines)
}

// eachSeed reads the seeds that are built into the program.
func eachSeed(do func(index.Article) error) error {
	files, err := fs.ReadDir(seeds.Files, ".")
	if err != nil {
		return err
	}
	for _, f := range files {
		data, err := seeds.Files.ReadFile(f.Name())
		if err != nil {
			return err
		}
		article, _, err := source.Seed(f.Name(), data)
		if err != nil {
			return fmt.Errorf("seed %s: %w", f.Name(), err)
		}
		article.Path = "seeds/" + f.Name()
		if err := do(article); err != nil {
			return err
		}
	}
	return nil
}
