package archive

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// Sums are what an archive holds.
type Sums struct {
	Articles int    `json:"articles"` // that are there
	Versions int    `json:"versions"`
	Seq      uint64 `json:"seq"`
	Identity string `json:"archive"`
}

// Verify reads the whole archive: its pages, every text against its hash, the numbers of its changes. It tells each fault; the error
// is of what kept it from reading on.
func (a *Archive) Verify(ctx context.Context, fault func(string)) (s Sums, err error) {
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return s, a.fail("verify", err)
	}
	for rows.Next() {
		var says string
		if err := rows.Scan(&says); err != nil {
			rows.Close()
			return s, a.fail("verify", err)
		}
		if says != "ok" {
			fault(a.path + ": " + says)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return s, a.fail("verify", err)
	}
	if err := a.verifyTexts(ctx, &s, fault); err != nil {
		return s, a.fail("verify", err)
	}
	for _, c := range []struct{ query, says string }{
		{`SELECT id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.id = a.id AND v.number = a.version)`, "its text is missing"},
		{`SELECT id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.seq = a.seq AND c.id = a.id)`, "its last change is missing"},
		{`SELECT a.id FROM articles a JOIN versions v ON v.id = a.id AND v.number = a.version WHERE v.sha256 <> a.sha256`, "its hash is not that of its version"},
	} {
		if err := a.each(ctx, c.query, func(id string) { fault(fmt.Sprintf("%s: article %s: %s", a.path, id, c.says)) }); err != nil {
			return s, a.fail("verify", err)
		}
	}
	if s.Seq, err = a.Seq(ctx); err != nil {
		return s, err
	}
	if s.Identity, err = a.Identity(ctx); err != nil {
		return s, err
	}
	err = a.db().QueryRowContext(ctx, `SELECT count(*) FROM articles WHERE removed = 0`).Scan(&s.Articles)
	return s, a.fail("verify", err)
}

func (a *Archive) each(ctx context.Context, query string, do func(id string)) error {
	rows, err := a.db().QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		do(id)
	}
	return rows.Err()
}

// verifyTexts reads every version and compares it with its hash. What was taken down has none any more.
func (a *Archive) verifyTexts(ctx context.Context, s *Sums, fault func(string)) error {
	down := `0` // nothing could be taken down
	if a.now().schema >= 3 {
		// Of an article that came back by force the tombstone is gone: its older versions stay empty.
		down = a.emptied() + ` AND (v.id IN (SELECT id FROM tombstones) OR EXISTS (SELECT 1 FROM articles a WHERE a.id = v.id AND v.number < a.version))`
	}
	rows, err := a.db().QueryContext(ctx, `SELECT v.number, v.sha256, `+down+`, `+a.columns()+` FROM versions v`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int
		var sum string
		var down bool
		article, err := scan(rows, &number, &sum, &down)
		if err != nil {
			return err
		}
		s.Versions++
		if !down && contentHash(article) != sum {
			fault(fmt.Sprintf("%s: article %s, version %d: its text is not what was stored (SHA-256)", a.path, article.ID, number))
		}
	}
	return rows.Err()
}

// Backup writes a copy of the archive as it is at one moment into a file that is not there yet. Readers and the writer go on.
func (a *Archive) Backup(ctx context.Context, file string) error {
	conn, err := a.db().Conn(ctx)
	if err != nil {
		return a.fail("back up", err)
	}
	defer conn.Close()
	err = conn.Raw(func(driver any) error {
		d, ok := driver.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		})
		if !ok {
			return errors.New("the driver makes no backups")
		}
		b, err := d.NewBackup(file)
		if err != nil {
			return err
		}
		_, err = b.Step(-1)
		return errors.Join(err, b.Finish())
	})
	return a.fail("back up", err)
}
