package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index/archive"
)

// manifestName is the file that makes a folder a backup: it is written last.
const manifestName = "kelisim-backup.json"

const archiveName = "archive.sqlite"

// manifest is what a backup holds.
type manifest struct {
	Made  string            `json:"made"` // RFC 3339, UTC
	Sums  archive.Sums      `json:"sums"`
	Files map[string]string `json:"files"` // their SHA-256
}

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FOLDER",
		Short: "Copy the archive into a new folder, also beside a server",
		Long: `Backup copies the archive as it is at one moment, and the data folder's own names and corrections, into a folder that is not there yet,
checks the copy, and writes a manifest with the files' SHA-256. A server and «kelisim index» may run beside it. The index is not
copied: it is built from the archive.`,
		Example: "  kelisim backup /mnt/backups/$(date +%F)",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.backup(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "%s, change %d, in %s\n", counted(m.Sums.Articles, "article"), m.Sums.Seq, args[0])
			return err
		},
	}
}

func (a *app) backup(ctx context.Context, to string) (m manifest, err error) {
	if err := a.needArchive(); err != nil {
		return m, err
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(to)), 0o755); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	if err := os.Mkdir(to, 0o755); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(to)) // we made it
		}
	}()
	arch, err := archive.Open(ctx, a.data)
	if err != nil {
		return m, err
	}
	defer arch.Close()
	if err := arch.Backup(ctx, filepath.Join(to, archiveName)); err != nil {
		return m, err
	}
	if m.Sums, err = checkArchive(ctx, to); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	m.Made, m.Files = time.Now().UTC().Format(time.RFC3339), map[string]string{}
	for _, name := range []string{ownNames, corrections} {
		err := copyTo(filepath.Join(a.data, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return m, fmt.Errorf("back up: %w", err)
		}
	}
	for _, name := range []string{archiveName, ownNames, corrections} {
		sum, err := syncedSum(filepath.Join(to, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return m, fmt.Errorf("back up: %w", err)
		}
		m.Files[name] = sum
	}
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return m, err
	}
	path := filepath.Join(to, manifestName)
	if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	if _, err := syncedSum(path); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	return m, syncFolder(to)
}

// checkArchive verifies the archive of a folder and leaves one file of it.
func checkArchive(ctx context.Context, dir string) (s archive.Sums, err error) {
	arch, err := archive.Open(ctx, dir)
	if err != nil {
		return s, err
	}
	var faults []error
	s, err = arch.Verify(ctx, func(says string) { faults = append(faults, errors.New(says)) })
	return s, errors.Join(err, errors.Join(faults...), arch.Close())
}

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "restore FOLDER",
		Short:   "Put a backup into an empty data folder",
		Long:    `Restore checks a backup against its manifest and every text against its SHA-256, then copies it into the data folder, which must be empty or not there. The index is built when it is opened next.`,
		Example: "  kelisim --data ./data restore /mnt/backups/2026-11-25",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.restore(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "%s, change %d, in %s\n", counted(m.Sums.Articles, "article"), m.Sums.Seq, a.data)
			return err
		},
	}
}

func (a *app) restore(ctx context.Context, from string) (m manifest, err error) {
	data, err := os.ReadFile(filepath.Join(from, manifestName))
	if err != nil {
		return m, fmt.Errorf("restore: %s is no whole backup: %w", from, err)
	}
	if err := json.Unmarshal(data, &m); err != nil || m.Files[archiveName] == "" {
		return m, fmt.Errorf("restore: %s is no manifest of a backup", filepath.Join(from, manifestName))
	}
	if entries, err := os.ReadDir(a.data); err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() != restoringName }) {
		return m, fmt.Errorf("restore: %s is not empty; name another folder with --data", a.data)
	}
	_, missing := os.Stat(a.data)
	// Everything is copied and checked in a folder inside, which may be a disk of its own; then it is moved out, the archive last. What
	// is there of a restore that was cut short goes.
	work := filepath.Join(a.data, restoringName)
	defer func() {
		if err != nil && errors.Is(missing, os.ErrNotExist) {
			err = errors.Join(err, os.RemoveAll(a.data)) // we made it
		} else if err != nil {
			err = errors.Join(err, os.RemoveAll(work))
		}
	}()
	if err := errors.Join(os.RemoveAll(work), os.MkdirAll(work, 0o755)); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	for name, want := range m.Files {
		if name != filepath.Base(name) || name == "." || name == ".." {
			return m, fmt.Errorf("restore: the manifest names %q, which is no file of a backup", name)
		}
		to := filepath.Join(work, name)
		if err := copyTo(filepath.Join(from, name), to); err != nil {
			return m, fmt.Errorf("restore: %w", err)
		}
		if sum, err := syncedSum(to); err != nil || sum != want {
			return m, errors.Join(fmt.Errorf("restore: %s is not what was backed up (SHA-256)", filepath.Join(from, name)), err)
		}
	}
	if _, err := checkArchive(ctx, work); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	names := slices.Sorted(maps.Keys(m.Files))
	names = append(slices.DeleteFunc(names, func(n string) bool { return n == archiveName }), archiveName)
	for _, name := range names {
		if err := os.Rename(filepath.Join(work, name), filepath.Join(a.data, name)); err != nil {
			return m, fmt.Errorf("restore: %w", err)
		}
	}
	// SQLite's own files of the check may be left there.
	if err := os.RemoveAll(work); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	return m, errors.Join(syncFolder(a.data), syncFolder(filepath.Dir(filepath.Clean(a.data))))
}

// restoringName is where a restore works in the data folder.
const restoringName = ".restoring"

func copyTo(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// syncedSum brings a file to the disk and gives its SHA-256.
func syncedSum(path string) (string, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), f.Sync()
}

// syncFolder brings the names in a folder to the disk.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
