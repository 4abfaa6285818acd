package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"kelisim/index"
)

// stamp is a time as the tables of following hold it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// times reads times of the tables of following.
func times(pairs map[*time.Time]string) error {
	for to, s := range pairs {
		if s == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return err
		}
		*to = t
	}
	return nil
}

// follows reports whether the file has the tables of following; one of an older schema has followed nothing.
func (a *Archive) follows() bool { return a.now().schema >= 4 }

// Sources gives how each source that was ever followed does, by its name.
func (a *Archive) Sources(ctx context.Context) (out []index.Health, err error) {
	if !a.follows() {
		return nil, nil
	}
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, `SELECT s.name, s.kind, s.address, s.tried, s.success, s.fresh, s.next, s.every, s.items, s.failed, s.error,
		s.silent, s.listed, s.etag, s.modified,
		(SELECT count(DISTINCT article) FROM visits v WHERE v.source = s.name AND article <> ''),
		(SELECT count(*) FROM visits v WHERE v.source = s.name AND fetched = '' AND due <> '' AND tries = 0 AND sitemap = 0),
		(SELECT count(*) FROM visits v WHERE v.source = s.name AND gone <> '' AND sitemap = 0),
		(SELECT count(*) FROM visits v WHERE v.source = s.name AND tries > 0 AND sitemap = 0)
		FROM sources s ORDER BY s.name`)
	if err != nil {
		return nil, a.fail("read", err)
	}
	defer rows.Close()
	for rows.Next() {
		var h index.Health
		var every int64
		var tried, success, fresh, next, silent, listed string
		if err := rows.Scan(&h.Source, &h.Kind, &h.Address, &tried, &success, &fresh, &next, &every, &h.Items, &h.Failed, &h.Error,
			&silent, &listed, &h.ETag, &h.Modified, &h.Articles, &h.Waiting, &h.Gone, &h.Faulty); err != nil {
			return nil, a.fail("read", err)
		}
		h.Every = time.Duration(every) * time.Second
		if err := times(map[*time.Time]string{&h.Tried: tried, &h.Success: success, &h.Fresh: fresh, &h.Next: next, &h.Silent: silent, &h.Listed: listed}); err != nil {
			return nil, a.fail("read", err)
		}
		out = append(out, h)
	}
	return out, a.fail("read", rows.Err())
}

// Held gives the hosts that asked to be left alone, and until when.
func (a *Archive) Held(ctx context.Context) (out map[string]time.Time, err error) {
	out = map[string]time.Time{}
	if !a.follows() {
		return out, nil
	}
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, `SELECT host, until FROM held`)
	if err != nil {
		return nil, a.fail("read", err)
	}
	defer rows.Close()
	for rows.Next() {
		var host, until string
		if err := rows.Scan(&host, &until); err != nil {
			return nil, a.fail("read", err)
		}
		if out[host], err = time.Parse(time.RFC3339, until); err != nil {
			return nil, a.fail("read", err)
		}
	}
	return out, a.fail("read", rows.Err())
}

const visitColumns = `url, source, article, item, sitemap, found, listed, fetched, changed, due, etag, modified, tries, error, gone`

// Due gives the addresses of a source that are to be looked at by now, the newest named first, at most limit.
func (a *Archive) Due(ctx context.Context, source string, now time.Time, limit int) ([]index.Visit, error) {
	return a.visits(ctx, `source = ? AND due <> '' AND due <= ? ORDER BY fetched <> '', found DESC, key LIMIT ?`, source, stamp(now), limit)
}

// Listed gives the addresses of a source that it named when its list was read at that time.
func (a *Archive) Listed(ctx context.Context, source string, at time.Time) ([]index.Visit, error) {
	return a.visits(ctx, `source = ? AND listed = ? ORDER BY key`, source, stamp(at))
}

// OfSource gives all addresses of a source.
func (a *Archive) OfSource(ctx context.Context, source string) ([]index.Visit, error) {
	return a.visits(ctx, `source = ? ORDER BY key`, source)
}

// Visited gives what is known of some addresses, by [index.AddressKey].
func (a *Archive) Visited(ctx context.Context, addresses []string) (map[string]index.Visit, error) {
	out := make(map[string]index.Visit, len(addresses))
	for part := range slices.Chunk(addresses, 500) {
		args := make([]any, len(part))
		for i, u := range part {
			args[i] = index.AddressKey(u)
		}
		found, err := a.visits(ctx, `key IN (?`+strings.Repeat(", ?", len(part)-1)+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			out[index.AddressKey(v.URL)] = v
		}
	}
	return out, nil
}

// Addresses gives the addresses at which an article was met or is said to stand, the oldest first; translations are left out.
func (a *Archive) Addresses(ctx context.Context, id string) ([]index.Visit, error) {
	return a.visits(ctx, `article = ? ORDER BY found, key`, id)
}

func (a *Archive) visits(ctx context.Context, where string, args ...any) (out []index.Visit, err error) {
	if !a.follows() {
		return nil, nil
	}
	defer guarded(&err)()
	rows, err := a.db().QueryContext(ctx, `SELECT `+visitColumns+` FROM visits WHERE `+where, args...)
	if err != nil {
		return nil, a.fail("read", err)
	}
	defer rows.Close()
	for rows.Next() {
		var v index.Visit
		var item, found, listed, fetched, changed, due, gone string
		if err := rows.Scan(&v.URL, &v.Source, &v.Article, &item, &v.Sitemap, &found, &listed, &fetched, &changed, &due, &v.ETag, &v.Modified, &v.Tries, &v.Error, &gone); err != nil {
			return nil, a.fail("read", err)
		}
		err := times(map[*time.Time]string{&v.Found: found, &v.Listed: listed, &v.Fetched: fetched, &v.Changed: changed, &v.Due: due, &v.Gone: gone})
		if err == nil && item != "" {
			err = json.Unmarshal([]byte(item), &v.Item)
		}
		if err != nil {
			return nil, a.fail("read", fmt.Errorf("address %s: %w", v.URL, err))
		}
		out = append(out, v)
	}
	return out, a.fail("read", rows.Err())
}

// SourcesOf gives the names of the sources that led to some articles, by article.
func (a *Archive) SourcesOf(ctx context.Context, ids []string) (map[string][]string, error) {
	out := map[string][]string{}
	for part := range slices.Chunk(ids, 500) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		found, err := a.visits(ctx, `article <> '' AND article IN (?`+strings.Repeat(", ?", len(part)-1)+`) ORDER BY article, source`, args...)
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			if !slices.Contains(out[v.Article], v.Source) {
				out[v.Article] = append(out[v.Article], v.Source)
			}
		}
	}
	return out, nil
}

// Gone is since when no address of some articles answers any more, by the article; those that one answers of, and those that were never
// followed, are left out.
func (a *Archive) Gone(ctx context.Context, ids []string) (out map[string]time.Time, err error) {
	if !a.follows() || len(ids) == 0 {
		return nil, nil
	}
	defer guarded(&err)()
	all, err := a.allGone(ctx)
	if err != nil {
		return nil, err
	}
	if all == nil {
		in, args := anyOf(ids)
		return a.goneOf(ctx, `article IN `+in, args...)
	}
	out = map[string]time.Time{}
	for _, id := range ids {
		if since, ok := all[id]; ok {
			out[id] = since
		}
	}
	return out, nil
}

// mostGone bounds the pages that answer no more of which all are remembered.
const mostGone = 512

// goneNow are all articles that are gone at a moment. Each page of hits asks for twenty, most archives have few, and to ask SQLite took a
// twentieth of a page's time.
type goneNow struct {
	of  moment
	all map[string]time.Time // nil where they are many
}

// allGone gives all articles that are gone; nil where there are many.
func (a *Archive) allGone(ctx context.Context) (map[string]time.Time, error) {
	now := a.moment()
	if g := a.gone.Load(); g != nil && g.of == now {
		return g.all, nil
	}
	const few = `SELECT article FROM visits WHERE gone <> '' AND sitemap = 0 LIMIT ?`
	g := &goneNow{of: now}
	var n int
	err := a.now().QueryRowContext(ctx, `SELECT count(*) FROM (`+few+`)`, mostGone+1).Scan(&n)
	if err != nil {
		return nil, a.fail("read", err)
	}
	if n <= mostGone {
		if g.all, err = a.goneOf(ctx, `article IN (`+few+`)`, mostGone); err != nil {
			return nil, err
		}
	}
	if time.Since(now.at) >= settled && a.moment() == now {
		a.gone.Store(g)
	}
	return g.all, nil
}

// goneOf gives those articles of a condition that are gone.
func (a *Archive) goneOf(ctx context.Context, which string, args ...any) (map[string]time.Time, error) {
	rows, err := a.now().ask(ctx, `SELECT article, max(gone) FROM visits WHERE article <> '' AND `+which+` GROUP BY article HAVING min(gone) <> ''`, args...)
	if err != nil {
		return nil, a.fail("read", err)
	}
	defer rows.Close()
	out := map[string]time.Time{}
	for rows.Next() {
		var id, last string
		if err := rows.Scan(&id, &last); err != nil {
			return nil, a.fail("read", err)
		}
		since, err := time.Parse(time.RFC3339, last)
		if err != nil {
			return nil, a.fail("read", err)
		}
		out[id] = since
	}
	return out, a.fail("read", rows.Err())
}

// Follow stores a step in one transaction and says what became of each of its readings; refused[i] is nil but for what was refused.
//
// An article is known by the address of its story: whichever of its addresses was read, it is one article. The page of the story itself
// counts; other forms of it, and what the feed says, stand in until that was read, and are no versions afterwards.
func (a *Archive) Follow(ctx context.Context, s index.Step) (outcomes []Outcome, refused []error, err error) {
	err = a.batch(ctx, func(b *batch) error {
		outcomes, refused = nil, nil
		visits := slices.Clone(s.Visits)
		for _, r := range s.Reads {
			o, err := b.reading(&visits[r.Visit], r)
			_, taken := errors.AsType[Taken](err)
			_, down := errors.AsType[TakenDown](err)
			if err != nil && !taken && !down {
				return fmt.Errorf("article %s: %w", r.Article.ID, err)
			}
			outcomes, refused = append(outcomes, o), append(refused, err)
		}
		for _, v := range visits {
			if err := b.visit(v); err != nil {
				return fmt.Errorf("address %s: %w", v.URL, err)
			}
		}
		for host, until := range s.Held {
			if err := b.exec(`INSERT OR REPLACE INTO held (host, until) VALUES (?, ?)`, host, stamp(until)); err != nil {
				return err
			}
		}
		if h := s.Health; h != nil {
			return b.exec(`INSERT OR REPLACE INTO sources (name, kind, address, tried, success, fresh, next, every, items, failed, error, silent, listed, etag, modified)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, h.Source, h.Kind, h.Address, stamp(h.Tried), stamp(h.Success), stamp(h.Fresh), stamp(h.Next),
				int64(h.Every/time.Second), h.Items, h.Failed, h.Error, stamp(h.Silent), stamp(h.Listed), h.ETag, h.Modified)
		}
		return nil
	})
	if err != nil {
		return nil, nil, a.fail("write to", err)
	}
	return outcomes, refused, nil
}

func (b *batch) visit(v index.Visit) error {
	if v.Article != "" && !b.force {
		_, down, err := b.takenDown(v.Article)
		if err != nil {
			return err
		}
		if down { // nothing of it is kept, and nobody asks for it again
			v.Item, v.Due = index.Item{Stamp: v.Item.Stamp}, time.Time{}
		}
	}
	item := ""
	if v.Item != (index.Item{}) {
		data, err := json.Marshal(v.Item)
		if err != nil {
			return err
		}
		item = string(data)
	}
	return b.exec(`INSERT OR REPLACE INTO visits (key, `+visitColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		index.AddressKey(v.URL), v.URL, v.Source, v.Article, item, v.Sitemap, stamp(v.Found), stamp(v.Listed), stamp(v.Fetched), stamp(v.Changed), stamp(v.Due),
		v.ETag, v.Modified, v.Tries, v.Error, stamp(v.Gone))
}

// reading archives what was read at an address and settles which article stands there.
func (b *batch) reading(v *index.Visit, r index.Reading) (Outcome, error) {
	article := r.Article
	id, err := b.storyAt(r.Main)
	if err != nil {
		return 0, err
	}
	switch {
	case id != "" && v.Article != "" && v.Article != id:
		// Two articles turn out to be one: that of the story's own address stays.
		if err := b.join(v.Article, id); err != nil {
			return 0, err
		}
	case id == "":
		id = v.Article
	}
	if id != "" {
		article.ID = id
	}
	v.Article = article.ID
	if err := b.alternates(article.ID, r); err != nil {
		return 0, err
	}
	now, err := b.now(article.ID)
	if err != nil {
		return 0, err
	}
	own := !r.Spare && index.AddressKey(article.Path) == index.AddressKey(r.Main)
	if now.version > 0 && !now.removed && !own && now.origin != index.Origin(article.Path) {
		if spare, err := b.spare(article.ID, now.version); err != nil || r.Spare || !spare {
			return Unchanged, err
		}
	}
	o, err := b.put(article, func(string) bool { return true }) // a page that is followed takes over from a file that was read once
	if err == nil && o != Unchanged {
		v.Changed = v.Fetched
	}
	return o, err
}

// spare reports whether a version is only what a feed says.
func (b *batch) spare(id string, version int) (bool, error) {
	q, err := b.prepared(`SELECT how FROM versions WHERE id = ? AND number = ?`)
	if err != nil {
		return false, err
	}
	var how string
	err = q.QueryRowContext(b.ctx, id, version).Scan(&how)
	return how == index.FromFeed, err
}

// storyAt is the id of the article whose story stands at an address, "" where none is known.
func (b *batch) storyAt(address string) (id string, err error) {
	q, err := b.prepared(`SELECT article FROM visits WHERE key = ?1 AND article <> '' UNION ALL SELECT article FROM alternates WHERE key = ?1 AND same LIMIT 1`)
	if err != nil {
		return "", err
	}
	err = q.QueryRowContext(b.ctx, index.AddressKey(address)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, err
}

// join makes what was met as one article part of another.
func (b *batch) join(from, to string) error {
	if err := errors.Join(
		b.exec(`UPDATE visits SET article = ? WHERE article = ?`, to, from),
		b.exec(`UPDATE OR REPLACE alternates SET article = ? WHERE article = ?`, to, from)); err != nil {
		return err
	}
	was, err := b.now(from)
	if err != nil || was.version == 0 || was.removed {
		return err
	}
	b.seq++
	return errors.Join(
		b.exec(`UPDATE articles SET seq = ?, removed = 1 WHERE id = ?`, b.seq, from),
		b.exec(`INSERT INTO changes (seq, id, version) VALUES (?, ?, NULL)`, b.seq, from))
}

func (b *batch) alternates(id string, r index.Reading) error {
	all := append([]index.Alternate{{URL: r.Main, Lang: r.Article.Lang, Same: true}}, r.Others...)
	for _, x := range all {
		if x.URL == "" {
			continue
		}
		if err := b.exec(`INSERT OR REPLACE INTO alternates (article, key, url, lang, same) VALUES (?, ?, ?, ?, ?)`, id, index.AddressKey(x.URL), x.URL, x.Lang, x.Same); err != nil {
			return err
		}
	}
	return nil
}

// ErrFollowing says that another process follows sources for this archive.
var ErrFollowing = errors.New("another kelisim is fetching already")

// LockFollowing keeps other processes from following sources too, until release is called.
func LockFollowing(dir string) (release func() error, err error) {
	lock := flock.New(filepath.Join(dir, "fetch.lock"))
	ok, err := lock.TryLock()
	if err == nil && !ok {
		err = ErrFollowing
	}
	if err != nil {
		return nil, fmt.Errorf("fetch into %s: %w", dir, err)
	}
	return lock.Close, nil
}
