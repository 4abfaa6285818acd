package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/analysis/names/suggest"
	"kelisim/index"
	"kelisim/index/archive"
)

func (a *app) namesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "names",
		Short: "Check, show and suggest names of countries and institutions",
		Long: `The program knows countries, institutions and outlets by a table of its own. Put rows of yours, in the same columns, into the file
institutions.tsv of the data folder; they are used from the next start on.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	least := 2
	suggest := &cobra.Command{
		Use:   "suggest",
		Short: "Print frequent unknown institutions of the archive as rows to review and add",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.suggestNames(cmd.Context(), least) },
	}
	suggest.Flags().IntVar(&least, "least", least, "articles that must name an institution")
	c.AddCommand(
		&cobra.Command{
			Use:   "check",
			Short: "Read the tables over and list every fault",
			Args:  cobra.NoArgs,
			RunE:  func(*cobra.Command, []string) error { return a.checkNames() },
		},
		&cobra.Command{
			Use:   "show NAME",
			Short: "Show what a name, a key or a sentence may mean, and why",
			Long: `Show prints what the table has of a key or of a name that somebody types. Of anything longer it also prints how the program reads
it: around each head noun («университет») the likeliest runs of words with their log-odds against «no name», what weighed most, and
for the best one the bodies that it may mean, each with its chance and what speaks for and against it.`,
			Example: "  kelisim names show КазНУ\n  kelisim names show ror:03q0vrn42\n  kelisim names show 'Ректор Ланкастерского университета приехал'",
			Args:    cobra.MinimumNArgs(1),
			RunE:    func(_ *cobra.Command, args []string) error { return a.showNames(strings.Join(args, " ")) },
		},
		suggest,
	)
	return c
}

func (a *app) checkNames() error {
	var own io.Reader
	f, err := os.Open(filepath.Join(a.data, ownNames))
	switch {
	case err == nil:
		defer f.Close()
		own = f
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("check names: %w", err)
	}
	faults := names.Check(names.Builtin(), own)
	for _, x := range faults {
		fmt.Fprintln(a.out, x)
	}
	if len(faults) > 0 {
		return errReported
	}
	where := "the program's tables"
	if own != nil {
		where += " and " + f.Name()
	}
	fmt.Fprintf(a.out, "no fault in %s\n", where)
	return nil
}

func (a *app) showNames(name string) error {
	t, err := a.names()
	if err != nil {
		return err
	}
	shown := 0
	show := func(facet, key string) {
		e, ok := t.Entry(facet, key)
		if !ok {
			return
		}
		shown++
		fmt.Fprintf(a.out, "%s  %s\n", facet, key)
		for _, f := range []struct{ name, value string }{
			{"kk", e.KK}, {"ru", e.RU}, {"en", e.EN}, {"also", strings.Join(e.Aliases, "; ")}, {"shared abbreviations", strings.Join(e.Weak, "; ")},
			{"kind", e.Body}, {"country", e.Country}, {"city", e.City}, {"ROR", e.ROR}, {"Wikidata", e.Wikidata}, {"website", e.Website}, {"note", e.Note},
		} {
			if f.value != "" {
				fmt.Fprintf(a.out, "  %-8s  %s\n", f.name, f.value)
			}
		}
	}
	for _, facet := range []string{"institution", "country", "outlet"} {
		show(facet, name)
	}
	if shown == 0 {
		typed := analysis.Split(name)
		for _, m := range t.Lookup(typed) {
			if !m.Whole && len(typed) > 2 {
				continue // one word of a sentence
			}
			for _, key := range m.Keys {
				show(string(m.Kind), key)
			}
		}
	}
	var how strings.Builder
	t.Explain(analysis.Read(name, ""), &how)
	if shown == 0 && how.Len() == 0 {
		return fmt.Errorf("nothing is known by the name %q", name)
	}
	_, err = io.WriteString(a.out, how.String())
	return err
}

func (a *app) suggestNames(ctx context.Context, least int) error {
	if err := a.needArchive(); err != nil {
		return err
	}
	read, _, err := a.reading()
	if err != nil {
		return err
	}
	arch, err := archive.Open(ctx, a.data)
	if err != nil {
		return err
	}
	defer arch.Close()
	var found suggest.Rows
	if err := eachArchived(ctx, arch, func(article index.Article) { found.Add(read(article).Mentions) }); err != nil {
		return err
	}
	return found.Write(a.out, least)
}

// eachArchived calls do with each article of the archive.
func eachArchived(ctx context.Context, arch *archive.Archive, do func(index.Article)) error {
	const step = 500 // articles in memory
	for seq := uint64(0); ; {
		changes, err := arch.Changes(ctx, seq, step)
		if err != nil || len(changes) == 0 {
			return err
		}
		for _, c := range changes {
			if seq = c.Seq; c.Article != nil {
				do(*c.Article)
			}
		}
	}
}
