package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
	c.AddCommand(a.evalFactsCommand())
	return c
}

func (a *app) evalFactsCommand() *cobra.Command {
	var gold string
	var errors int
	c := &cobra.Command{
		Use:   "facts [PATH…]",
		Short: "Score what is read out of articles: precision, recall, F1",
		Long: `Facts reads the articles of PATH (the seeds and the gold folder's articles, if none is given) as «extract» does and scores what
it finds against the gold. index/eval/testdata/README.md says what each figure means.`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return a.evalFacts(cmd.Context(), gold, paths, errors)
		},
	}
	c.Flags().StringVar(&gold, "gold", "index/eval/testdata", "folder with seeds.json and articles-dev/")
	c.Flags().IntVar(&errors, "errors", 0, "print so many errors of each kind")
	return c
}

func (a *app) evalFacts(ctx context.Context, dir string, paths []string, errors int) error {
	table, err := names.Builtin().Open("institutions.tsv")
	if err != nil {
		return err
	}
	defer table.Close()
	gold, err := eval.LoadGold(os.DirFS(dir), table)
	if err != nil {
		return err
	}
	read, known, err := a.reading()
	if err != nil {
		return err
	}
	var found []facts
	take := func(article index.Article) error {
		found = append(found, factsOf(read(article), known))
		return nil
	}
	if len(paths) == 0 {
		if err := eachSeed(take); err != nil {
			return err
		}
		paths = []string{filepath.Join(dir, "articles-dev")}
	}
	if _, err := a.each(ctx, paths, take); err != nil {
		return err
	}
	var lines bytes.Buffer
	if err := writeFacts(&lines, found); err != nil {
		return err
	}
	predictions, err := eval.ReadPredictions(&lines)
	if err != nil {
		return err
	}
	return eval.Write(a.out, gold.Facts(predictions), errors)
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
