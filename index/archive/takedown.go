package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// TakenDown says that an article was taken down and is not taken in again. It is the error of a refused article.
type TakenDown struct {
	ID, Reason string
	At         time.Time
}

func (t TakenDown) Error() string {
	return fmt.Sprintf("the article %q was taken down on %s (%s)", t.ID, t.At.Format("2006-01-02"), t.Reason)
}

// TakeDown removes articles for good in one transaction: of their versions only the hashes, where they were read from and when are
// left, and the same ids are refused from now on. It returns how many there were; one that is gone already is taken down too.
// What the text filled in the file is overwritten.
func (a *Archive) TakeDown(ctx context.Context, ids []string, reason string, now time.Time) (n int, err error) {
	if a.write == nil {
		return 0, a.fail("remove from", errors.New("opened for reading only"))
	}
	if _, err := a.write.ExecContext(ctx, "PRAGMA secure_delete = ON"); err != nil {
		return 0, a.fail("remove from", err)
	}
	err = a.batch(ctx, func(b *batch) error {
		for _, id := range ids {
			had, err := b.now(id)
			if err != nil {
				return err
			}
			if had.version == 0 {
				continue
			}
			b.seq++
			if err := errors.Join(
				b.exec(`UPDATE versions SET url = '', outlet = '', lang = '', title = '', body = '', published = '', dated = '', how = '', packed = NULL WHERE id = ?`, id),
				b.exec(`UPDATE articles SET seq = ?, removed = 1 WHERE id = ?`, b.seq, id),
				b.exec(`INSERT INTO changes (seq, id, version) VALUES (?, ?, NULL)`, b.seq, id),
				b.exec(`UPDATE visits SET item = '', due = '' WHERE article = ?`, id),
				b.exec(`INSERT OR REPLACE INTO tombstones (id, seq, at, reason) VALUES (?, ?, ?, ?)`, id, b.seq, now.UTC().Format(time.RFC3339), reason),
			); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err == nil {
		// The write-ahead log still holds the pages as they were.
		_, err = a.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return n, a.fail("remove from", err)
}

// emptied is the condition on a row v of versions that its text was taken down: no article is archived without a title, a body or an
// address.
func (a *Archive) emptied() string {
	is := `v.title = '' AND v.body = '' AND v.url = ''`
	if a.now().schema >= 5 {
		is += ` AND v.packed IS NULL`
	}
	return "(" + is + ")"
}

// takenDown is the tombstone of an id; ok is false where there is none.
func (b *batch) takenDown(id string) (t TakenDown, ok bool, err error) {
	q, err := b.prepared(`SELECT at, reason FROM tombstones WHERE id = ?`)
	if err != nil {
		return t, false, err
	}
	var at string
	err = q.QueryRowContext(b.ctx, id).Scan(&at, &t.Reason)
	if errors.Is(err, sql.ErrNoRows) {
		return t, false, nil
	}
	if err != nil {
		return t, false, err
	}
	t.ID = id
	t.At, err = time.Parse(time.RFC3339, at)
	return t, true, err
}
