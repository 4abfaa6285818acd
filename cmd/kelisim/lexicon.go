package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kelisim/analysis/kazakh"
)

// lexiconCommand learns the data that the analyzers are built with. It is for maintainers: it writes into the source.
func (a *app) lexiconCommand() *cobra.Command {
	c := &cobra.Command{
		Use:    "lexicon",
		Short:  "Learn the analyzers' data anew (in the project's folder; make lexicon)",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:  "kazakh",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return learn("analysis/kazakh/data", "kk-words.tsv", "model.tsv", kazakh.Learn)
		},
	})
	return c
}

// learn writes what is learnt from a file beside it, whole or not at all.
func learn(dir, from, to string, learn func(io.Reader, io.Writer) error) (err error) {
	in, err := os.Open(filepath.Join(dir, from))
	if err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	defer in.Close()
	out, err := os.CreateTemp(dir, to+".*")
	if err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(out.Name())
		}
	}()
	if err := learn(in, out); err != nil {
		out.Close()
		return fmt.Errorf("learn %s: %w", to, err)
	}
	if err := out.Chmod(0o644); err != nil {
		return fmt.Errorf("learn %s: %w", to, err)
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("learn %s: %w", to, err)
	}
	return os.Rename(out.Name(), filepath.Join(dir, to))
}
