package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index/archive"
	"kelisim/index/cluster"
	"kelisim/index/local"
)

// manifestName is the file that makes a folder a backup: it is written last.
const manifestName = "kelisim-backup.json"

const archiveName = "archive.sqlite"

// indexName is the folder of the index, in a data folder and in a backup.
const indexName = "index"

// ownFiles are the files of a data folder that people write and a backup holds.
var ownFiles = []string{ownNames, corrections, configName}

// manifest is what a backup holds.
type manifest struct {
	Made     string            `json:"made"` // RFC 3339, UTC
	Sums     archive.Sums      `json:"sums"`
	Index    *uint64           `json:"index,omitempty"`    // the archive's change that the copy of the index has reached; nil where there is none
	Snapshot *cluster.Snapshot `json:"snapshot,omitempty"` // of the index in a cluster
	Files    map[string]string `json:"files"`              // their SHA-256, by their names with slashes
}

func (m manifest) String() string {
	out := fmt.Sprintf("%s, change %d", counted(m.Sums.Articles, "article"), m.Sums.Seq)
	if m.Index != nil {
		out += fmt.Sprintf(", the index at change %d", *m.Index)
	}
	if m.Snapshot != nil {
		out += fmt.Sprintf(", the index at change %d in snapshot %s/%s", m.Snapshot.Seq, m.Snapshot.Repository, m.Snapshot.Name)
	}
	return out
}

func (a *app) backupCommand() *cobra.Command {
	var bare bool
	c := &cobra.Command{
		Use:   "backup FOLDER",
		Short: "Copy the archive and the index into a new folder, also beside a server",
		Long: `Backup copies the archive as it is at one moment, the index as it was at a moment before, and the data folder's own names, corrections and
config file, into a folder that is not there yet, checks the copy, and writes a manifest with the files' SHA-256 last. A server and
«kelisim index» may run beside it. An index that is missing, damaged or of an older program is not copied, and that is said: it is
built from the archive. One in a cluster goes into a snapshot of the cluster, where --opensearch-repository names a repository.`,
		Example: "  kelisim backup /mnt/backups/$(date +%F)",
		Args:    oneFolder("that is not there yet"),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.backup(cmd.Context(), args[0], bare)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "%v, in %s\n", m, args[0])
			return err
		},
	}
	c.Flags().BoolVar(&bare, "no-index", false, "leave the index out: less room, and after restore the index is built from the archive")
	return c
}

// oneFolder is the error of a subcommand that got another number of folders than one.
func oneFolder(which string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("%s needs one folder, %s", c.Name(), which)
		}
		return nil
	}
}

func (a *app) backup(ctx context.Context, to string, bare bool) (m manifest, err error) {
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
	// A backup of the wrong archive would take the place of good ones.
	id, err := a.rightArchive(ctx, arch)
	if err != nil {
		return m, err
	}
	for _, name := range ownFiles {
		_, err := copyTo(filepath.Join(a.data, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return m, fmt.Errorf("back up: %w", err)
		}
	}
	// The index first, so that it is never ahead of the archive.
	switch {
	case bare:
	case a.engine.name == engineOpenSearch:
		if m.Snapshot, err = a.takeSnapshot(ctx, arch); err != nil {
			return m, err
		}
	default:
		if m.Index, err = a.backupIndex(ctx, arch, id, filepath.Join(to, indexName)); err != nil {
			return m, err
		}
	}
	if err := arch.Backup(ctx, filepath.Join(to, archiveName)); err != nil {
		return m, err
	}
	if m.Sums, err = checkArchive(ctx, to); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	m.Made = time.Now().UTC().Format(time.RFC3339)
	if m.Files, err = syncedSums(ctx, to); err != nil {
		return m, fmt.Errorf("back up: %w", err)
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
	return m, errors.Join(syncFolder(to), syncFolder(filepath.Dir(filepath.Clean(to))))
}

// backupIndex copies the index and gives its change; nil, with a word to the user, where there is none worth a copy.
func (a *app) backupIndex(ctx context.Context, arch *archive.Archive, id, to string) (*uint64, error) {
	without := func(why error) (*uint64, error) {
		fmt.Fprintf(a.errOut, "kelisim: the backup is without the index, which is built from the archive: %v\n", why)
		return nil, os.RemoveAll(to)
	}
	schema, err := a.schema(id)
	if err != nil {
		return nil, err
	}
	seq, err := local.Backup(ctx, a.indexDir(), to, schema)
	if errors.Is(err, local.ErrNoCopy) {
		return without(err)
	}
	if err != nil {
		return nil, fmt.Errorf("back up: %w", err)
	}
	if have, err := arch.Seq(ctx); err != nil || seq > have {
		return nil, errors.Join(err, a.olderArchive(have, seq))
	}
	return &seq, nil
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
		Use:   "restore FOLDER",
		Short: "Put a backup into an empty data folder",
		Long: `Restore checks a backup against its manifest and every text against its SHA-256, then copies it into the data folder, which must be empty or
not there. What came after the index of the backup is added when it is opened next; one that is harmed or not in the backup is built anew then.
One in a snapshot comes back into the cluster, beside what serves there until it is whole.`,
		Example: "  kelisim --data ./data restore /mnt/backups/2026-11-25",
		Args:    oneFolder("that «kelisim backup» has made"),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.restore(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "%v, in %s\n", m, a.data)
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
	if err := a.mayRestore(); err != nil {
		return m, err
	}
	_, missing := os.Stat(a.data)
	// Everything is copied and checked in a folder inside, which may be a disk of its own; then it is moved out, the archive last.
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
	var harmed error // the index
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		ofIndex := strings.HasPrefix(name, indexName+"/")
		if !filepath.IsLocal(filepath.FromSlash(name)) || !ofIndex && strings.ContainsAny(name, `/\`) {
			return m, fmt.Errorf("restore: the manifest names %q, which is no file of a backup", name)
		}
		if ofIndex && harmed != nil {
			continue
		}
		err := takeOut(filepath.Join(from, filepath.FromSlash(name)), filepath.Join(work, filepath.FromSlash(name)), m.Files[name])
		switch {
		case ofIndex && errors.Is(err, errHarmed):
			harmed = err
		case err != nil:
			return m, fmt.Errorf("restore: %w", err)
		}
	}
	sums, err := checkArchive(ctx, work)
	if err != nil {
		return m, fmt.Errorf("restore %s: %w", from, err)
	}
	if harmed == nil && m.Index != nil && (*m.Index > sums.Seq || local.Follows(filepath.Join(work, indexName)) != sums.Identity) {
		harmed = errors.New("it is not of this archive")
	}
	if harmed != nil || m.Index == nil {
		if harmed != nil {
			fmt.Fprintf(a.errOut, "kelisim: the index of the backup is left out, and built from the archive when it is opened next: %v\n", harmed)
		}
		m.Index = nil
		if err := os.RemoveAll(filepath.Join(work, indexName)); err != nil {
			return m, fmt.Errorf("restore: %w", err)
		}
	}
	if _, err := syncedSums(ctx, work); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	for _, name := range append(restored(), archiveName) {
		if err := os.Rename(filepath.Join(work, name), filepath.Join(a.data, name)); err != nil && (name == archiveName || !errors.Is(err, os.ErrNotExist)) {
			return m, fmt.Errorf("restore: %w", err)
		}
		// One after another, on the disk too: whatever lies beside no archive is of a restore that was cut short.
		if err := syncFolder(a.data); err != nil {
			return m, fmt.Errorf("restore: %w", err)
		}
	}
	// SQLite's own files of the check may be left there.
	if err := os.RemoveAll(work); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	if err := errors.Join(syncFolder(a.data), syncFolder(filepath.Dir(filepath.Clean(a.data)))); err != nil {
		return m, err
	}
	if m.Snapshot != nil {
		if why := a.mayRestoreSnapshot(ctx, *m.Snapshot); why != nil {
			fmt.Fprintf(a.errOut, "kelisim: the index of the backup is left out, and built from the archive: %v\n", why)
			m.Snapshot = nil
		}
	}
	return m, nil
}

// restoringName is where a restore works in the data folder. While it is there and no archive, the rest is not all there.
const restoringName = ".restoring"

// restored are the names in a data folder that a restore makes before the archive.
func restored() []string { return append(slices.Clone(ownFiles), indexName) }

// mayRestore is an error where the data folder is not empty. What a restore that was cut short has left there goes.
func (a *app) mayRestore() error {
	entries, err := os.ReadDir(a.data)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("restore: %w", err)
	}
	left := halfRestored(a.data)
	for _, e := range entries {
		if e.Name() != restoringName && !(left && slices.Contains(restored(), e.Name())) {
			return fmt.Errorf("restore: %s is not empty; name another folder with --data", a.data)
		}
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(a.data, e.Name())); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
	}
	return nil
}

// halfRestored reports whether a restore into a folder was cut short.
func halfRestored(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, restoringName))
	return err == nil && !archive.Exists(dir)
}

// errHarmed is of a file of a backup that is not what was backed up.
var errHarmed = errors.New("it is not what was backed up")

// takeOut copies a file out of a backup. The error is [errHarmed] where the fault is the backup's.
func takeOut(from, to, want string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	sum, err := copyTo(from, to)
	if p, ok := errors.AsType[*fs.PathError](err); ok && p.Path == from {
		return fmt.Errorf("%w: %w", errHarmed, err)
	}
	if err == nil && sum != want {
		err = fmt.Errorf("%s: %w (SHA-256)", from, errHarmed)
	}
	return err
}

// copyTo copies a file and gives its SHA-256.
func copyTo(from, to string) (string, error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(out, io.TeeReader(in, h))
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, out.Close())
}

// syncedSums brings everything in a folder to the disk, names too, and gives the files' SHA-256 by their paths with slashes.
func syncedSums(ctx context.Context, dir string) (map[string]string, error) {
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if d.IsDir() {
			return syncFolder(path)
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		sums[filepath.ToSlash(name)], err = syncedSum(path)
		return err
	})
	return sums, err
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
