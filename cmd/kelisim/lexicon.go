package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kelisim/analysis/kazakh"
	"kelisim/analysis/names"
	"kelisim/analysis/names/world"
	"kelisim/analysis/russian"
)

// lexiconCommand shows words and learns the data that the analyzers are built with. To learn is for maintainers: it writes
// into the source.
func (a *app) lexiconCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "lexicon",
		Short: "Show words and their translations; learn the analyzers' data anew (in the project's folder; make lexicon)",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(a.wordCommands()...)
	c.AddCommand(
		a.bordersCommand(),
		a.nearestCommand(),
		&cobra.Command{
			Use:   "kazakh",
			Short: "Learn stems from analysis/kazakh/data/kk-words.tsv",
			Args:  cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				const dir = "analysis/kazakh/data"
				in, err := os.Open(filepath.Join(dir, "kk-words.tsv"))
				if err != nil {
					return fmt.Errorf("learn kazakh: %w", err)
				}
				defer in.Close()
				if err := learn(filepath.Join(dir, "model.tsv"), func(out io.Writer) error { return kazakh.Learn(in, out) }); err != nil {
					return err
				}
				if _, err := in.Seek(0, io.SeekStart); err != nil {
					return fmt.Errorf("learn kazakh: %w", err)
				}
				return learn("analysis/kazakh/scripts_letters.tsv", func(out io.Writer) error { return kazakh.LearnLetters(in, out) })
			},
		},
		&cobra.Command{
			Use:   "russian DICTIONARY FREQUENCIES",
			Short: "Pack the dictionary of the wheels pymorphy3-dicts-ru and wordfreq (make lexicon fetches them)",
			Args:  cobra.ExactArgs(2),
			RunE: func(_ *cobra.Command, wheels []string) error {
				dictionary, err := zip.OpenReader(wheels[0])
				if err != nil {
					return fmt.Errorf("learn russian: %s: %w", wheels[0], err)
				}
				defer dictionary.Close()
				frequencies, err := zip.OpenReader(wheels[1])
				if err != nil {
					return fmt.Errorf("learn russian: %s: %w", wheels[1], err)
				}
				defer frequencies.Close()
				return learn("analysis/russian/data/words.bin", func(out io.Writer) error {
					return russian.Learn(&dictionary.Reader, &frequencies.Reader, out)
				})
			},
		},
		&cobra.Command{
			Use:   "names AUTHORITYDIR",
			Short: "Pack a folder's world.tsv and places.tsv, and learn how places are transcribed",
			Args:  cobra.ExactArgs(1),
			RunE:  func(_ *cobra.Command, args []string) error { return learnNames(args[0]) },
		},
	)
	return c
}

// learnNames packs the tables of a folder into analysis/names/data. The later steps read what the earlier ones wrote.
func learnNames(from string) error {
	const dir = "analysis/names/data"
	packWorld := func(in io.Reader, out io.Writer) error { return names.PackWorld(os.DirFS(dir), in, out) }
	for _, step := range []struct {
		from, to string
		learn    func(io.Reader, io.Writer) error
	}{
		{"places.tsv", "places.tsv.zst", world.PackPlaces},
		{"places.tsv", "transcriptions.tsv", world.LearnTranscriptions},
		{"world.tsv", "world.tsv.zst", packWorld},
	} {
		in, err := os.Open(filepath.Join(from, step.from))
		if err != nil {
			return fmt.Errorf("learn names: %w", err)
		}
		err = learn(filepath.Join(dir, step.to), func(out io.Writer) error { return step.learn(in, out) })
		in.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// learn writes what is learnt into a file, whole or not at all.
func learn(to string, learn func(io.Writer) error) (err error) {
	out, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*")
	if err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(out.Name())
		}
	}()
	if err := learn(out); err != nil {
		return errors.Join(fmt.Errorf("learn %s: %w", to, err), out.Close())
	}
	if err := errors.Join(out.Chmod(0o644), out.Close()); err != nil {
		return fmt.Errorf("learn %s: %w", to, err)
	}
	return os.Rename(out.Name(), to)
}
