package archive

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"kelisim/index"
)

// Outcome is what became of an article.
type Outcome int

// The outcomes.
const (
	Added     Outcome = iota // new, or back after a removal
	Changed                  // has a new version
	Unchanged                // is archived as it is
	Refused                  // its id belongs to an article from another file or address, or was taken down
)

// Taken says whose an id is. It is the error of a refused article.
type Taken struct{ ID, Origin string }

func (t Taken) Error() string {
	return fmt.Sprintf("the id %q belongs to the article from %s", t.ID, t.Origin)
}

// Put archives articles in one transaction and says what became of each; refused[i] is nil but for what was refused. An id
// belongs to the file or address that it first came from, until the article is removed or gone, which may be nil, says that
// the origin exists no more: then the article has moved.
func (a *Archive) Put(ctx context.Context, articles []index.Article, gone func(origin string) bool) (outcomes []Outcome, refused []error, err error) {
	err = a.batch(ctx, func(b *batch) error {
		for _, article := range articles {
			o, err := b.put(article, gone)
			_, taken := errors.AsType[Taken](err)
			_, down := errors.AsType[TakenDown](err)
			if err != nil && !taken && !down {
				return fmt.Errorf("article %s: %w", article.ID, err)
			}
			outcomes, refused = append(outcomes, o), append(refused, err)
		}
		return nil
	})
	if err != nil {
		return nil, nil, a.fail("write to", err)
	}
	return outcomes, refused, nil
}

// Remove takes articles out in one transaction and returns how many there were. Their versions are kept.
func (a *Archive) Remove(ctx context.Context, ids []string) (n int, err error) {
	err = a.batch(ctx, func(b *batch) error {
		for _, id := range ids {
			now, err := b.now(id)
			if err != nil {
				return err
			}
			if now.version == 0 || now.removed {
				continue
			}
			b.seq++
			if err := errors.Join(
				b.exec(`UPDATE articles SET seq = ?, removed = 1 WHERE id = ?`, b.seq, id),
				b.exec(`INSERT INTO changes (seq, id, version) VALUES (?, ?, NULL)`, b.seq, id)); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return 0, a.fail("remove from", err)
	}
	return n, nil
}

// batch is a transaction with the number of the newest change in it.
type batch struct {
	ctx        context.Context
	tx         *sql.Tx
	seq        uint64
	force      bool // what was taken down comes back
	statements map[string]*sql.Stmt
}

func (a *Archive) batch(ctx context.Context, do func(*batch) error) (err error) {
	defer guarded(&err)()
	if a.write == nil {
		return errors.New("opened for reading only")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// Once begun it is brought to its end, which is soon: a transaction that is given up in the middle fails at whatever it is just doing,
	// and who has sent the signal would be told of statements that are closed.
	ctx = context.WithoutCancel(ctx)
	tx, err := a.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing to roll back after Commit
	b := &batch{ctx: ctx, tx: tx, force: a.Force, statements: map[string]*sql.Stmt{}}
	if err := tx.QueryRowContext(ctx, newestChange).Scan(&b.seq); err != nil {
		return err
	}
	if err := do(b); err != nil {
		return err
	}
	return tx.Commit()
}

// prepared keeps statements for the transaction: a batch runs each a thousand times.
func (b *batch) prepared(query string) (*sql.Stmt, error) {
	if s, ok := b.statements[query]; ok {
		return s, nil
	}
	s, err := b.tx.PrepareContext(b.ctx, query)
	if err == nil {
		b.statements[query] = s
	}
	return s, err
}

func (b *batch) exec(query string, args ...any) error {
	s, err := b.prepared(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(b.ctx, args...)
	return err
}

// state is an article's row; version is 0 where there is none.
type state struct {
	version     int
	removed     bool
	sum, origin string
}

func (b *batch) now(id string) (s state, err error) {
	q, err := b.prepared(`SELECT version, removed, sha256, origin FROM articles WHERE id = ?`)
	if err != nil {
		return s, err
	}
	err = q.QueryRowContext(b.ctx, id).Scan(&s.version, &s.removed, &s.sum, &s.origin)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return s, err
}

func (b *batch) put(a index.Article, gone func(string) bool) (Outcome, error) {
	now, err := b.now(a.ID)
	if err != nil {
		return 0, err
	}
	if now.removed {
		t, ok, err := b.takenDown(a.ID)
		if err != nil {
			return 0, err
		}
		if ok && !b.force {
			return Refused, t
		}
		if ok {
			if err := b.exec(`DELETE FROM tombstones WHERE id = ?`, a.ID); err != nil {
				return 0, err
			}
		}
	}
	sum, origin := contentHash(a), index.Origin(a.Path)
	outcome := Changed
	switch {
	case now.version == 0 || now.removed:
		outcome = Added
	case now.origin != origin && (gone == nil || !gone(now.origin)):
		return Refused, Taken{a.ID, now.origin}
	case now.sum == sum && now.origin == origin:
		return Unchanged, nil
	case now.sum == sum: // it has moved: nothing that an engine would see
		return Unchanged, b.exec(`UPDATE articles SET origin = ? WHERE id = ?`, origin, a.ID)
	}
	b.seq++
	body, packed := pack(a.Body)
	return outcome, errors.Join(
		b.exec(`INSERT INTO articles (id, seq, version, removed, sha256, origin) VALUES (?, ?, ?, 0, ?, ?)
			ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, version = excluded.version, removed = 0, sha256 = excluded.sha256, origin = excluded.origin`,
			a.ID, b.seq, now.version+1, sum, origin),
		b.exec(`INSERT INTO versions (id, number, url, outlet, lang, title, body, published, path, fetched, sha256, dated, how, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.ID, now.version+1, a.URL, a.Outlet, a.Lang, a.Title, body, a.Published.String(), a.Path, a.Fetched.UTC().Format(time.RFC3339), sum, a.Dated, a.How, packed),
		b.exec(`INSERT INTO changes (seq, id, version) VALUES (?, ?, ?)`, b.seq, a.ID, now.version+1))
}

// contentHash is the SHA-256 of what an article states. Its fields hold no zero byte, so a border cannot move.
func contentHash(a index.Article) string {
	h := sha256.New()
	stated := []string{a.URL, a.Outlet, a.Lang, a.Title, a.Body, a.Published.String()}
	if a.Dated != "" { // schema 1 had none, and its hashes stay
		stated = append(stated, a.Dated)
	}
	for _, s := range stated {
		io.WriteString(h, s)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}
