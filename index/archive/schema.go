package archive

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

// migrations are the steps from one schema to the next: schema/N.sql leads from N-1 to N. A step that was released is
// never changed.
//
//go:embed schema/*.sql
var migrations embed.FS

const (
	schemaVersion = 6
	// applicationID marks the file as ours («KELI»), so that another program's file is never written to.
	applicationID = 0x4b454c49
)

// migrate brings the file to the newest schema in one transaction. It writes nothing where there is nothing to do. Only a writer does it.
func (a *Archive) migrate(ctx context.Context) error {
	db, err := sql.Open("sqlite", a.dsn(shared, "deferred"))
	if err != nil {
		return err
	}
	defer db.Close()
	version, err := version(ctx, db)
	if err != nil || version == schemaVersion {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// The mode stays with the file. It is not set on opening, because that would write to files that are not ours.
	if _, err := conn.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // nothing to roll back after COMMIT
	// Another process may have been faster.
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	for v := version + 1; v <= schemaVersion; v++ {
		step, err := migrations.ReadFile(fmt.Sprintf("schema/%d.sql", v))
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, string(step)); err != nil {
			return fmt.Errorf("migrate to schema %d: %w", v, err)
		}
	}
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, schemaVersion)); err != nil {
		return err
	}
	if _, err = conn.ExecContext(ctx, "COMMIT"); err != nil {
		return err
	}
	// Readers see by the file that it has another schema now: see now. One that is busy keeps a log from being emptied, not from being read.
	_, err = conn.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
	return err
}

// version is the schema of the file: 0 for a new one. It refuses what is not ours.
func version(ctx context.Context, db *sql.DB) (version int, err error) {
	var application, tables int
	err = db.QueryRowContext(ctx, `SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id a, pragma_user_version v`).Scan(&application, &version, &tables)
	switch {
	case err != nil:
		return 0, err
	case application != applicationID && (application != 0 || version != 0 || tables != 0):
		return 0, ErrDamaged
	case version > schemaVersion:
		return 0, fmt.Errorf("%w (its schema is %d, this program knows %d)", ErrNewer, version, schemaVersion)
	}
	return version, nil
}
