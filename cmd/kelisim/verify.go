package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/local"
)

func (a *app) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check that the archive and the index are whole",
		Long: `Verify reads the whole archive, its pages and each text against its SHA-256, and the index's files against their checksums, and compares
the two: which archive, which newest change, how many articles. It names each fault and has exit code 1 where there is one. It changes
nothing and runs beside a server.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context()) },
	}
}

func (a *app) verify(ctx context.Context) error {
	faults := 0
	fault := func(says string) {
		faults++
		fmt.Fprintf(a.errOut, "kelisim: %s\n", says)
	}
	if err := a.needArchive(); err != nil {
		return err
	}
	arch, err := archive.Open(ctx, a.data)
	if err != nil {
		return err
	}
	defer arch.Close()
	sums, err := arch.Verify(ctx, fault)
	if err != nil {
		fault(err.Error())
	} else {
		fmt.Fprintf(a.out, "archive: %s, %s, change %d\n", counted(sums.Articles, "article"), counted(sums.Versions, "version"), sums.Seq)
		a.verifyIndex(ctx, arch, sums, fault)
	}
	if faults > 0 {
		fmt.Fprintf(a.out, "%s\n", counted(faults, "fault"))
		return errReported
	}
	fmt.Fprintln(a.out, "whole")
	return nil
}

// verifyIndex checks the index's files; what they hold only where no other process has the index open.
func (a *app) verifyIndex(ctx context.Context, arch *archive.Archive, sums archive.Sums, fault func(string)) {
	if !local.Exists(a.indexDir()) {
		fmt.Fprintln(a.out, "index: none; it is built from the archive")
		return
	}
	if err := a.otherArchive(sums.Identity); err != nil {
		fault(err.Error())
		return
	}
	if err := local.Verify(a.indexDir(), fault); err != nil {
		fault(err.Error())
	}
	engine, err := a.openEngine(ctx, arch, false)
	if errors.Is(err, local.ErrLocked) {
		fmt.Fprintf(a.out, "index: open in another kelisim%s, which has read it; its files were checked\n", process(local.ReadHolder(a.indexDir())))
		return
	}
	if err != nil {
		fault(err.Error())
		return
	}
	defer engine.Close()
	if err := engine.Damage(); err != nil {
		fault(fmt.Sprintf("%s: %v", a.indexDir(), err))
		return
	}
	fmt.Fprintf(a.out, "index: change %d\n", engine.Seq())
	if engine.Stale() || engine.Seq() < sums.Seq {
		fmt.Fprintln(a.out, "index: it is brought up with the archive when it is opened next")
		return
	}
	found, err := engine.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Newest, Size: 1})
	switch {
	case err != nil:
		fault(fmt.Sprintf("%s: %v", a.indexDir(), err))
	case found.Total != sums.Articles:
		fault(fmt.Sprintf("%s: it has %s, the archive %d; build it anew: «kelisim reindex»", a.indexDir(), counted(found.Total, "article"), sums.Articles))
	}
}
