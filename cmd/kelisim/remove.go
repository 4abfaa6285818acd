package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index/archive"
)

func (a *app) removeCommand() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "remove ID…",
		Short: "Take articles down for good",
		Long: `Remove takes articles down: they are gone from the index, the pages, files and feeds, beside a server within a second, and their texts
are overwritten in the archive. What is left is a tombstone with the id, the day and the reason; «index» refuses the same id from
then on, unless --force is given. Backups that were made before still hold the texts: delete them, or remove the articles again
after a restore. The files of the index, and backups of them, hold words of the texts until «kelisim reindex».`,
		Example: "  kelisim remove --reason 'by order of the court, 12.04.2026' kazinform-1a2b3c4d",
		Args:    needs("an id"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if strings.TrimSpace(reason) == "" {
				return usagef("remove needs --reason: it is what is left of the article")
			}
			if err := a.mayWrite(cmd.Context(), false); err != nil {
				return err
			}
			if err := a.needArchive(); err != nil {
				return err
			}
			arch, err := archive.OpenWriter(cmd.Context(), a.data)
			if err != nil {
				return err
			}
			n, err := arch.TakeDown(cmd.Context(), ids, strings.TrimSpace(reason), time.Now())
			x := &indexing{app: a}
			if err == nil {
				x.report.Seq, err = arch.Seq(cmd.Context())
			}
			if closeErr := arch.Close(); err == nil {
				err = closeErr
			}
			if err == nil {
				err = x.show(cmd.Context())
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s taken down\n", counted(n, "article"))
			if x.report.Server != "" && !x.report.Shown {
				fmt.Fprintf(a.out, "the server at %s still shows them\n", x.report.Server)
			}
			if n > 0 {
				fmt.Fprintln(a.errOut, "kelisim: backups that were made before still hold the texts, and the files of the index words of them until «kelisim reindex»")
			}
			if n < len(ids) {
				fmt.Fprintf(a.errOut, "kelisim: %s not in the archive\n", counted(len(ids)-n, "id"))
				return errReported
			}
			return nil
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why; it is kept with the id")
	return c
}
