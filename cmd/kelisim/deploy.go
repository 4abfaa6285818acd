package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// deployed are the files that an administrator needs beside the program.
//
//go:embed deploy
var deployed embed.FS

// deployFiles are the names under which they are printed.
var deployFiles = map[string]string{
	"systemd": "kelisim.service", "backup-service": "kelisim-backup.service", "backup-timer": "kelisim-backup.timer",
	"docker": "Dockerfile", "nginx": "nginx.conf", "alerts": "alerts.yml", "runbook": "RUNBOOK.md", "upgrade": "UPGRADE.md",
	"opensearch-role": "opensearch-role.json",
}

func (a *app) deployCommand() *cobra.Command {
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range deployFiles {
			if !yield(name) {
				return
			}
		}
	})
	return &cobra.Command{
		Use:       "deploy [NAME]",
		Short:     "Print a file for running it as a service: " + strings.Join(names, ", "),
		Long:      "Deploy prints the unit for systemd, the Dockerfile, alerts for Prometheus, the runbook and others; without a name it lists them.",
		Example:   "  kelisim deploy systemd > /etc/systemd/system/kelisim.service\n  kelisim deploy runbook | less",
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, name := range names {
					fmt.Fprintf(a.out, "%-15s %s\n", name, deployFiles[name])
				}
				return nil
			}
			file, ok := deployFiles[args[0]]
			if !ok {
				return usagef("there is no %q to print; there are: %s", args[0], strings.Join(names, ", "))
			}
			data, err := fs.ReadFile(deployed, path.Join("deploy", file))
			if err != nil {
				return err
			}
			_, err = a.out.Write(data)
			return err
		},
	}
}

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man FOLDER",
		Short:   "Write the manual pages of all subcommands",
		Example: "  kelisim man /usr/local/share/man/man1",
		Args:    needs("a folder to write to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("write manual pages: %w", err)
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true // the same program writes the same bytes
			day := time.Unix(0, 0).UTC()
			if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "kelisim " + version(), Manual: "Kelisim", Date: &day}, args[0]); err != nil {
				return fmt.Errorf("write manual pages: %w", err)
			}
			pages, err := filepath.Glob(filepath.Join(args[0], "kelisim*.1"))
			if err == nil && len(pages) == 0 {
				err = errors.New("none was written")
			}
			if err != nil {
				return fmt.Errorf("write manual pages: %w", err)
			}
			_, err = io.WriteString(a.out, counted(len(pages), "manual page")+" in "+args[0]+"\n")
			return err
		},
	}
}
