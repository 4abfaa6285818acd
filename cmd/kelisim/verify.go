package main

import (
	"context"
	"fmt"
	"path/filepath"

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
the two: which archive, which newest change, which articles. It reads fifty articles afresh and looks whether the index has them so. It
names each fault with its file and has exit code 1 where there is one. It changes nothing and runs beside a server. With an index in a
cluster it compares each article's version and SHA-256, and says what mends what differs.`,
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
		if a.engine.name == engineOpenSearch {
			a.verifyCluster(ctx, arch, sums, fault)
		} else {
			a.verifyIndex(ctx, arch, sums, fault)
		}
	}
	if faults > 0 {
		fmt.Fprintf(a.out, "%s\n", counted(faults, "fault"))
		return errReported
	}
	fmt.Fprintln(a.out, "whole")
	return nil
}

// verifyIndex checks the index's files, and what they hold in a copy of their root.
func (a *app) verifyIndex(ctx context.Context, arch *archive.Archive, sums archive.Sums, fault func(string)) {
	if !local.Exists(a.indexDir()) {
		if generations, _ := filepath.Glob(filepath.Join(a.indexDir(), "0*")); len(generations) > 0 {
			fault(filepath.Join(a.indexDir(), "CURRENT") + ": it is lost; the index is built anew when it is opened")
			return
		}
		fmt.Fprintln(a.out, "index: none; it is built from the archive")
		return
	}
	if err := a.otherArchive(sums.Identity); err != nil {
		fault(err.Error())
		return
	}
	before := 0
	err := local.Verify(a.indexDir(), func(says string) {
		before++
		fault(says)
	})
	if err != nil {
		fault(err.Error())
		return
	}
	schema, err := a.schema(sums.Identity)
	if err != nil {
		fault(err.Error())
		return
	}
	engine, err := local.OpenCopy(a.indexDir(), schema)
	if err != nil {
		if before == 0 {
			fault(err.Error())
		}
		return
	}
	defer engine.Close()
	if err := a.olderArchive(sums.Seq, engine.Seq()); err != nil {
		fault(err.Error())
		return
	}
	fmt.Fprintf(a.out, "index: change %d\n", engine.Seq())
	if engine.Stale() || engine.Seq() < sums.Seq {
		fmt.Fprintln(a.out, "index: it is brought up with the archive when it is opened next, or by the server that has it open")
		return
	}
	have, err := arch.Roll(ctx)
	if err != nil {
		fault(err.Error())
		return
	}
	switch shown, err := engine.Roll(ctx); {
	case err != nil:
		fault(fmt.Sprintf("%s: %v", a.indexDir(), err))
	case shown != have:
		fault(fmt.Sprintf("%s: it has %s, the archive %d, or others; build it anew: «kelisim reindex»", a.indexDir(), counted(shown.N, "article"), have.N))
	default:
		a.verifySample(ctx, arch, engine, a.indexDir(), "build it anew: «kelisim reindex»", fault)
	}
}

// sampled is how many articles verify reads afresh.
const sampled = 50

// checkable is an index that says whether it has an article as it is read now.
type checkable interface {
	Seq() uint64
	Check(ctx context.Context, r *index.Record) error
}

// verifySample reads some articles of the archive afresh, evenly from the first to the last, and compares them with what the index has. What
// was changed since the index's number is left out.
func (a *app) verifySample(ctx context.Context, arch *archive.Archive, engine checkable, where, mend string, fault func(string)) {
	some, err := sampleIDs(ctx, arch, sampled)
	if err != nil {
		fault(err.Error())
		return
	}
	seq := engine.Seq()
	articles, err := arch.Articles(ctx, some)
	if err != nil {
		fault(err.Error())
		return
	}
	r, err := a.reader()
	if err != nil {
		fault(err.Error())
		return
	}
	sift := a.sift(arch)
	same := 0
	for _, id := range some {
		article, ok := articles[id]
		if !ok || article.Damaged {
			continue // told before
		}
		record := r.corrected(article)
		if sift != nil {
			if err := sift(ctx, []*index.Record{record}); err != nil {
				fault(err.Error())
				return
			}
		}
		if record.Left {
			continue // nothing is found of it
		}
		if later, err := arch.Changed(ctx, []string{id}, seq); err != nil || later > 0 {
			continue
		}
		if err := engine.Check(ctx, record); err != nil {
			fault(fmt.Sprintf("%s: %v; %s", where, err, mend))
			continue
		}
		same++
	}
	fmt.Fprintf(a.out, "index: %s read afresh, as they are found\n", counted(same, "article"))
}
