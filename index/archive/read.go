package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kelisim/index"
)

const newestChange = `SELECT coalesce(max(seq), 0) FROM changes`

// columns are a version's, in the order that article scans them.
func (a *Archive) columns() string {
	const first = `v.id, v.url, v.outlet, v.lang, v.title, v.body, v.published, v.path, v.fetched, `
	switch schema := a.now().schema; { // as it is: only a writer brings a file to the newest schema
	case schema < 2:
		return first + `'', '', NULL`
	case schema < 5:
		return first + `v.dated, v.how, NULL`
	}
	return first + `v.dated, v.how, v.packed`
}

// Seq is the number of the newest change, 0 where there is none.
func (a *Archive) Seq(ctx context.Context) (seq uint64, err error) {
	defer guarded(&err)()
	err = a.db().QueryRowContext(ctx, newestChange).Scan(&seq)
	return seq, a.fail("read", err)
}

// Identity tells this archive from every other, also from one that was made anew in its place.
func (a *Archive) Identity(ctx context.Context) (id string, err error) {
	defer guarded(&err)()
	err = a.db().QueryRowContext(ctx, `SELECT id FROM identity`).Scan(&id)
	return id, a.fail("read", err)
}

// maxChanges bounds the texts that are given at once: whoever indexes them holds some hundred times as much.
const maxChanges = 2 << 20 // bytes

// Changes gives what changed after a number, oldest first, at most limit, each article once in its latest state. Long articles
// come in smaller numbers, one at least.
func (a *Archive) Changes(ctx context.Context, after uint64, limit int) (out []index.Change, err error) {
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, `SELECT a.seq, a.removed, v.sha256, `+a.columns()+`
		FROM articles a JOIN versions v ON v.id = a.id AND v.number = a.version
		WHERE a.seq > ? ORDER BY a.seq LIMIT ?`, after, limit)
	if err != nil {
		return nil, a.fail("read", err)
	}
	defer rows.Close()
	for size := 0; size < maxChanges && rows.Next(); {
		var c index.Change
		var removed bool
		var sum string
		article, err := scan(rows, &c.Seq, &removed, &sum)
		if err != nil {
			return a.changesApart(ctx, after, limit, err)
		}
		c.ID = article.ID
		if !removed {
			if contentHash(article) != sum {
				article = a.damaged(article.ID, errOtherText)
			}
			c.Article = &article
			size += len(article.Title) + len(article.Body)
		}
		out = append(out, c)
	}
	if err := rows.Err(); err != nil {
		return a.changesApart(ctx, after, limit, err)
	}
	return out, nil
}

// changesApart gives the changes where a page with texts is damaged: each article is read by itself.
func (a *Archive) changesApart(ctx context.Context, after uint64, limit int, why error) (out []index.Change, err error) {
	if !corrupt(why) {
		return nil, a.fail("read", why)
	}
	rows, err := a.db().QueryContext(ctx, `SELECT seq, removed, id FROM articles WHERE seq > ? ORDER BY seq LIMIT ?`, after, min(limit, 50))
	if err != nil {
		return nil, a.fail("read", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var c index.Change
		var removed bool
		if err := rows.Scan(&c.Seq, &removed, &c.ID); err != nil {
			return nil, a.fail("read", err)
		}
		if !removed {
			c.Article = new(index.Article)
			ids = append(ids, c.ID)
		}
		out = append(out, c)
	}
	if err := rows.Err(); err != nil {
		return nil, a.fail("read", err)
	}
	articles, err := a.Articles(ctx, ids)
	for _, c := range out {
		if c.Article == nil {
			continue
		}
		if article, ok := articles[c.ID]; ok {
			*c.Article = article
		} else {
			*c.Article = a.damaged(c.ID, errors.New("its text is missing"))
		}
	}
	return out, err
}

// Articles gives the articles with these ids as they are now. What is not there, or was removed, is left out. One that cannot be
// read, or whose text is not what was stored, is [index.Unreadable]: the others are read all the same.
func (a *Archive) Articles(ctx context.Context, ids []string) (map[string]index.Article, error) {
	out := make(map[string]index.Article, len(ids))
	now := a.moment()
	ids = a.recent.recall(now, ids, out)
	read := ids
	for len(ids) > 0 {
		n := min(len(ids), mostAsked)
		part := ids[:n]
		ids = ids[n:]
		err := a.articles(ctx, part, out)
		if corrupt(err) {
			// One page of the file is damaged: each by itself.
			for _, id := range part {
				if err = a.articles(ctx, []string{id}, out); corrupt(err) {
					out[id] = a.damaged(id, err)
					err = nil
				}
				if err != nil {
					break
				}
			}
		}
		if err != nil {
			return nil, a.fail("read", err)
		}
	}
	if len(read) > 0 && a.moment() == now {
		a.recent.learn(now, read, out)
	}
	return out, nil
}

func (a *Archive) articles(ctx context.Context, ids []string, out map[string]index.Article) (err error) {
	defer guarded(&err)()
	in, args := anyOf(ids)
	rows, err := a.now().ask(ctx, `SELECT v.sha256, `+a.columns()+`
		FROM articles a JOIN versions v ON v.id = a.id AND v.number = a.version
		WHERE a.removed = 0 AND a.id IN `+in, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var sum string
		article, err := scan(rows, &sum)
		if err != nil {
			return err
		}
		if contentHash(article) != sum {
			out[article.ID] = a.damaged(article.ID, errOtherText)
			continue
		}
		out[article.ID] = article
	}
	return rows.Err()
}

var errOtherText = errors.New("its text is not what was stored (SHA-256)")

// damaged tells of an article that cannot be read, and stands in for it.
func (a *Archive) damaged(id string, err error) index.Article {
	if a.Damaged != nil {
		a.Damaged(id, a.fail("read article "+id+" of", err))
	}
	return index.Unreadable(id)
}

// corrupt reports whether SQLite says that the file is damaged.
func corrupt(err error) bool {
	s, ok := errors.AsType[*sqlite.Error](err)
	return ok && s.Code()&0xff == sqlite3.SQLITE_CORRUPT
}

// Changed counts those of these ids that a change after a number is of: what has no later change is as it was then.
func (a *Archive) Changed(ctx context.Context, ids []string, after uint64) (n int, err error) {
	defer guarded(&err)()
	for _, id := range ids {
		var one int
		if err := a.db().QueryRowContext(ctx, `SELECT count(*) FROM articles WHERE id = ? AND seq > ?`, id, after).Scan(&one); err != nil {
			return n, a.fail("read", err)
		}
		n += one
	}
	return n, nil
}

// Versions gives the states that an article was archived in, oldest first, without those that were taken down; none for an unknown id.
func (a *Archive) Versions(ctx context.Context, id string) (out []index.Version, err error) {
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, `SELECT number, sha256, fetched, path FROM versions v WHERE id = ? AND NOT `+a.emptied()+` ORDER BY number`, id)
	if err != nil {
		return nil, a.fail("read", err)
	}
	defer rows.Close()
	for rows.Next() {
		var v index.Version
		var fetched string
		if err := rows.Scan(&v.Number, &v.SHA256, &fetched, &v.Path); err != nil {
			return nil, a.fail("read", err)
		}
		if v.Fetched, err = time.Parse(time.RFC3339, fetched); err != nil {
			return nil, a.fail("read", err)
		}
		out = append(out, v)
	}
	return out, a.fail("read", rows.Err())
}

// Version gives an article as it was archived in one of its states; ok is false where there is none, or the article was removed. One
// whose text is not what was stored is [index.Unreadable].
func (a *Archive) Version(ctx context.Context, id string, number int) (article index.Article, ok bool, err error) {
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, `SELECT v.sha256, `+a.columns()+`
		FROM articles a JOIN versions v ON v.id = a.id
		WHERE a.removed = 0 AND a.id = ? AND v.number = ? AND NOT `+a.emptied(), id, number)
	if err != nil {
		return article, false, a.fail("read", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return article, false, a.fail("read", rows.Err())
	}
	var sum string
	if article, err = scan(rows, &sum); err != nil {
		return article, false, a.fail("read", err)
	}
	if contentHash(article) != sum {
		return index.Unreadable(id), true, nil
	}
	return article, true, a.fail("read", rows.Err())
}

// Latest gives the state that each of some articles is in now, without its text. What is not there is left out.
func (a *Archive) Latest(ctx context.Context, ids []string) (out map[string]index.Version, err error) {
	defer guarded(&err)()
	out = make(map[string]index.Version, len(ids))
	for _, id := range ids {
		var v index.Version
		var fetched string
		err := a.db().QueryRowContext(ctx, `SELECT v.number, v.sha256, v.fetched, v.path
			FROM articles a JOIN versions v ON v.id = a.id AND v.number = a.version
			WHERE a.removed = 0 AND a.id = ?`, id).Scan(&v.Number, &v.SHA256, &fetched, &v.Path)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, a.fail("read", err)
		}
		if v.Fetched, err = time.Parse(time.RFC3339, fetched); err != nil {
			return nil, a.fail("read", err)
		}
		out[id] = v
	}
	return out, nil
}

// Updated is when the newest article up to a sequence number was read; the zero time where there is none.
func (a *Archive) Updated(ctx context.Context, seq uint64) (t time.Time, err error) {
	defer guarded(&err)()
	var fetched string
	err = a.db().QueryRowContext(ctx, `SELECT v.fetched FROM changes c JOIN versions v ON v.id = c.id AND v.number = c.version
		WHERE c.seq <= ? ORDER BY c.seq DESC LIMIT 1`, seq).Scan(&fetched)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, a.fail("read", err)
	}
	t, err = time.Parse(time.RFC3339, fetched)
	return t, a.fail("read", err)
}

// Roll counts the articles that are there.
func (a *Archive) Roll(ctx context.Context) (r index.Roll, err error) {
	err = a.Origins(ctx, func(id, _ string) { r.Add(id) })
	return r, err
}

// Origins calls yield with each article that is there and the file or address it came from, in the order of ids.
func (a *Archive) Origins(ctx context.Context, yield func(id, origin string)) (err error) {
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, `SELECT id, origin FROM articles WHERE removed = 0 ORDER BY id`)
	if err != nil {
		return a.fail("read", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, origin string
		if err := rows.Scan(&id, &origin); err != nil {
			return a.fail("read", err)
		}
		yield(id, origin)
	}
	return a.fail("read", rows.Err())
}

// scan reads an article behind other columns.
func scan(rows *sql.Rows, before ...any) (a index.Article, err error) {
	var published, fetched string
	var packed sql.RawBytes
	if err := rows.Scan(append(before, &a.ID, &a.URL, &a.Outlet, &a.Lang, &a.Title, &a.Body, &published, &a.Path, &fetched, &a.Dated, &a.How, &packed)...); err != nil {
		return a, err
	}
	a.Body = unpack(a.Body, packed)
	if a.Published, err = index.ParseDate(published); err != nil {
		return a, fmt.Errorf("article %s: %w", a.ID, err)
	}
	if a.Fetched, err = time.Parse(time.RFC3339, fetched); err != nil {
		return a, fmt.Errorf("article %s: %w", a.ID, err)
	}
	return a, nil
}
