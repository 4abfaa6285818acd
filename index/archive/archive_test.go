package archive_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kelisim/index"
	"kelisim/index/archive"
)

var now = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

func article(id, body, path string) index.Article {
	return index.Article{ID: id, Title: "Форум", Body: body, Published: index.Date{Year: 2025, Month: 11}, Path: path, Fetched: now}
}

func writer(t testing.TB, dir string) *archive.Archive {
	t.Helper()
	a, err := archive.OpenWriter(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// put puts articles and gives what became of them.
func put(t testing.TB, a *archive.Archive, gone func(string) bool, articles ...index.Article) []archive.Outcome {
	t.Helper()
	got, _, err := a.Put(t.Context(), articles, gone)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// history is the whole archive in lines: what changed, and what each article is now.
func history(t testing.TB, a *archive.Archive) (out []string) {
	t.Helper()
	changes, err := a.Changes(t.Context(), 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		s := fmt.Sprintf("%d %s removed", c.Seq, c.ID)
		if c.Article != nil {
			vs, err := a.Versions(t.Context(), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			s = fmt.Sprintf("%d %s v%d %s %s", c.Seq, c.ID, len(vs), c.Article.Body, c.Article.Path)
		}
		out = append(out, s)
	}
	return out
}

func want(t testing.TB, a *archive.Archive, lines ...string) {
	t.Helper()
	if diff := cmp.Diff(lines, history(t, a)); diff != "" {
		t.Error(diff)
	}
}

func TestPut(t *testing.T) {
	a := writer(t, t.TempDir())
	ctx := t.Context()
	got := put(t, a, nil, article("1", "бір", "/a/1.txt"), article("2", "екі", "/a/x.jsonl#1"), article("3", "үш", "/a/3.txt"))
	got = append(got, put(t, a, nil, article("1", "бір", "/a/1.txt"), article("2", "жаңа", "/a/x.jsonl#7"), article("3", "өзге", "/b/3.txt"))...)
	if diff := cmp.Diff([]archive.Outcome{archive.Added, archive.Added, archive.Added, archive.Unchanged, archive.Changed, archive.Refused}, got); diff != "" {
		t.Error(diff)
	}
	want(t, a, "1 1 v1 бір /a/1.txt", "3 3 v1 үш /a/3.txt", "4 2 v2 жаңа /a/x.jsonl#7")

	if n, err := a.Remove(ctx, []string{"3", "none", "3"}); n != 1 || err != nil {
		t.Errorf("removed %d, %v", n, err)
	}
	want(t, a, "1 1 v1 бір /a/1.txt", "4 2 v2 жаңа /a/x.jsonl#7", "5 3 removed")
	if got := put(t, a, nil, article("3", "үш", "/b/3.txt")); got[0] != archive.Added {
		t.Errorf("after a removal another file may give the article: %v", got)
	}
	want(t, a, "1 1 v1 бір /a/1.txt", "4 2 v2 жаңа /a/x.jsonl#7", "6 3 v2 үш /b/3.txt")

	found, err := a.Articles(ctx, []string{"1", "3", "none"})
	if err != nil || len(found) != 2 || !found["1"].Fetched.Equal(now) || found["1"].Published.String() != "2025-11" {
		t.Errorf("got %v, %v", found, err)
	}
	if vs, err := a.Versions(ctx, "none"); len(vs) != 0 || err != nil {
		t.Errorf("got %v, %v", vs, err)
	}
	if cs, err := a.Changes(ctx, 1, 1); len(cs) != 1 || cs[0].Seq != 4 || err != nil {
		t.Errorf("got %v, %v", cs, err)
	}
	if seq, err := a.Seq(ctx); seq != 6 || err != nil {
		t.Errorf("seq %d, %v", seq, err)
	}
}

func TestRefusedSaysWhy(t *testing.T) {
	a := writer(t, t.TempDir())
	put(t, a, nil, article("1", "бір", "/a/1.txt"))
	_, errs, err := a.Put(t.Context(), []index.Article{article("1", "бір", "/b/1.txt")}, nil)
	if err != nil || len(errs) != 1 || errs[0].Error() != `the id "1" belongs to the article from /a/1.txt` {
		t.Errorf("got %v, %v", errs, err)
	}
}

// A file that was moved keeps its article.
func TestMoved(t *testing.T) {
	a := writer(t, t.TempDir())
	gone := func(origin string) bool { return origin == "/a/1.txt" }
	put(t, a, nil, article("1", "бір", "/a/1.txt"))
	got := put(t, a, gone, article("1", "бір", "/b/1.txt"))
	got = append(got, put(t, a, gone, article("1", "екі", "/b/1.txt"), article("1", "бір", "/a/1.txt"))...)
	if diff := cmp.Diff([]archive.Outcome{archive.Unchanged, archive.Changed, archive.Refused}, got); diff != "" {
		t.Error(diff)
	}
	want(t, a, "2 1 v2 екі /b/1.txt")
}

func TestOneWriterManyReaders(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	put(t, a, nil, article("1", "бір", "/a/1.txt"))
	if _, err := archive.OpenWriter(t.Context(), dir); !errors.Is(err, archive.ErrLocked) {
		t.Errorf("a second writer gets %v", err)
	}
	r, err := archive.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	put(t, a, nil, article("2", "екі", "/a/2.txt"))
	if seq, err := r.Seq(t.Context()); seq != 2 || err != nil {
		t.Errorf("the reader sees %d, %v", seq, err)
	}
	if _, _, err := r.Put(t.Context(), nil, nil); err == nil {
		t.Error("a reader may write")
	}
}

// The folder's name may hold what means something in an address.
func TestOddFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "а ?b=%20#&x")
	put(t, writer(t, dir), nil, article("1", "бір", "/a/1.txt"))
	if _, err := os.Stat(filepath.Join(dir, "archive.sqlite")); err != nil {
		t.Error(err)
	}
}

func TestForeignFiles(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(path string) error
		want error
	}{
		{"garbage", func(p string) error {
			return os.WriteFile(p, []byte("this is no database, whatever its name says"), 0o644)
		}, archive.ErrDamaged},
		{"another program's", func(p string) error { return execute(p, "CREATE TABLE t (x)") }, archive.ErrDamaged},
		{"newer", func(p string) error {
			return execute(p, "PRAGMA application_id = 1262832713; PRAGMA user_version = 99; CREATE TABLE t (x)")
		}, archive.ErrNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "archive.sqlite")
			if err := c.make(path); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(path)
			if _, err := archive.Open(t.Context(), dir); !errors.Is(err, c.want) {
				t.Errorf("reader: %v", err)
			}
			if _, err := archive.OpenWriter(t.Context(), dir); !errors.Is(err, c.want) {
				t.Errorf("writer: %v", err)
			}
			after, _ := os.ReadFile(path)
			if string(before) != string(after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestDamageInside(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	for i := range 200 {
		put(t, a, nil, article(fmt.Sprint(i), string(make([]byte, 4000)), "/a"))
	}
	a.Close()
	path := filepath.Join(dir, "archive.sqlite")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 8192; i < len(data); i++ {
		data[i] = 0xff
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := archive.Open(t.Context(), dir)
	if err == nil {
		defer r.Close()
		_, err = r.Changes(t.Context(), 0, 1000)
	}
	if !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func execute(path, sqls string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(sqls)
	return err
}

// Whatever is put, removed and put again: an engine that follows the changes in steps of any size holds what the
// archive holds.
func TestFollowing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp("", "archive")
		if err != nil {
			r.Fatal(err)
		}
		defer os.RemoveAll(dir)
		ctx := context.Background()
		a, err := archive.OpenWriter(ctx, dir)
		if err != nil {
			r.Fatal(err)
		}
		defer a.Close()
		held, seq := map[string]string{}, uint64(0)
		follow := func(limit int) {
			for {
				cs, err := a.Changes(ctx, seq, limit)
				if err != nil {
					r.Fatal(err)
				}
				for _, c := range cs {
					if c.Seq <= seq {
						r.Fatalf("number %d after %d", c.Seq, seq)
					}
					if seq = c.Seq; c.Article == nil {
						delete(held, c.ID)
					} else {
						held[c.ID] = c.Article.Body
					}
				}
				if len(cs) == 0 {
					return
				}
			}
		}
		model := map[string]string{}
		id := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			switch rapid.IntRange(0, 2).Draw(r, "step") {
			case 0:
				k, v := id.Draw(r, "id"), rapid.SampledFrom([]string{"x", "y"}).Draw(r, "body")
				if _, _, err := a.Put(ctx, []index.Article{article(k, v, "/p")}, nil); err != nil {
					r.Fatal(err)
				}
				model[k] = v
			case 1:
				k := id.Draw(r, "id")
				if _, err := a.Remove(ctx, []string{k}); err != nil {
					r.Fatal(err)
				}
				delete(model, k)
			case 2:
				follow(rapid.IntRange(1, 3).Draw(r, "limit"))
			}
		}
		follow(2)
		if diff := cmp.Diff(model, held); diff != "" {
			r.Fatal(diff)
		}
	})
}

// Readers make no archive, not even where an empty file lies.
func TestReadersMakeNothing(t *testing.T) {
	dir := t.TempDir()
	if _, err := archive.Open(t.Context(), dir); !errors.Is(err, archive.ErrMissing) {
		t.Errorf("nothing there: %v", err)
	}
	file := filepath.Join(dir, "archive.sqlite")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Open(t.Context(), dir); !errors.Is(err, archive.ErrMissing) {
		t.Errorf("an empty file: %v", err)
	}
	entries, _ := os.ReadDir(dir)
	if info, err := os.Stat(file); err != nil || info.Size() != 0 || len(entries) != 1 {
		t.Errorf("something was made: %v", entries)
	}
}

func TestReplaced(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	put(t, a, nil, article("1", "бір", "/a/1.txt"))
	if a.Replaced() {
		t.Error("nothing has happened")
	}
	file := filepath.Join(dir, "archive.sqlite")
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	if !a.Replaced() {
		t.Error("it is away")
	}
}

// Many may open it at once.
func TestManyOpenAtOnce(t *testing.T) {
	dir := t.TempDir()
	writer(t, dir)
	errs := make(chan error)
	for range 8 {
		go func() {
			a, err := archive.Open(context.Background(), dir)
			if err == nil {
				_, err = a.Seq(context.Background())
				a.Close()
			}
			errs <- err
		}()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// Whoever indexes long articles gets few at once, and all of them in the end.
func TestLongArticlesComeInSmallNumbers(t *testing.T) {
	a := writer(t, t.TempDir())
	long := strings.Repeat("ә", 400_000)
	for i := range 9 {
		put(t, a, nil, article(fmt.Sprint(i), long, fmt.Sprint(i, ".txt")))
	}
	got, after := 0, uint64(0)
	for {
		cs, err := a.Changes(t.Context(), after, 500)
		if err != nil {
			t.Fatal(err)
		}
		if len(cs) == 0 {
			break
		}
		if len(cs) > 3 {
			t.Errorf("%d articles of 800 kB at once", len(cs))
		}
		got, after = got+len(cs), cs[len(cs)-1].Seq
	}
	if got != 9 {
		t.Errorf("%d articles, want 9", got)
	}
}

// An archive of schema 1 opens: its articles are there, and read again they have not changed.
func TestOlderSchema(t *testing.T) {
	dir := t.TempDir()
	db, err := sql.Open("sqlite", filepath.Join(dir, "archive.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := os.ReadFile("schema/1.sql")
	if err != nil {
		t.Fatal(err)
	}
	const sum = "57340046b2ec88664b24318ef24de015f71cf7064c2bf1b5d953b374c8d2bf18"
	for _, s := range []string{string(schema),
		"INSERT INTO articles VALUES ('1', 1, 1, 0, '" + sum + "', '/a/1.txt')",
		"INSERT INTO versions VALUES ('1', 1, '', '', '', 'Форум', 'бір', '2025-11', '/a/1.txt', '2026-11-25T10:00:00Z', '" + sum + "')",
		"INSERT INTO changes VALUES (1, '1', 1)",
		"PRAGMA application_id = 1262832713; PRAGMA user_version = 1"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	// A reader takes it as it is.
	before, err := os.ReadFile(filepath.Join(dir, "archive.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := archive.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	want(t, r, "1 1 v1 бір /a/1.txt")
	if sums, err := r.Verify(t.Context(), func(says string) { t.Error(says) }); err != nil || sums.Articles != 1 {
		t.Errorf("verified: %+v, %v", sums, err)
	}
	r.Close()
	if after, err := os.ReadFile(filepath.Join(dir, "archive.sqlite")); err != nil || string(after) != string(before) {
		t.Errorf("the reader has changed the file: %v", err)
	}
	if r, err = archive.Open(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	a := writer(t, dir)
	want(t, a, "1 1 v1 бір /a/1.txt")
	// A reader that was there before sees what is packed from now on.
	long := strings.Repeat("Университет Льеж университетімен келісімге қол қойды. ", 20)
	put(t, a, nil, article("3", long, "/a/3.txt"))
	if got, err := r.Articles(t.Context(), []string{"3"}); err != nil || got["3"].Body != long {
		t.Errorf("an older reader has %+v, %v", got["3"], err)
	}
	dated := article("2", "екі", "/a/2.csv#1")
	dated.Published, dated.Dated, dated.How = index.Date{}, "кеше", "CSV, KOI8-R (guessed)"
	put(t, a, nil, dated)
	got, err := a.Articles(t.Context(), []string{"2"})
	if err != nil || got["2"].Dated != "кеше" || got["2"].How != "CSV, KOI8-R (guessed)" {
		t.Errorf("got %+v, %v", got, err)
	}
	dated.How = "CSV, KOI8-R"
	if o := put(t, a, nil, dated); o[0] != archive.Unchanged {
		t.Errorf("how it was read is no change: %v", o)
	}
	dated.Dated = "бүгін"
	if o := put(t, a, nil, dated); o[0] != archive.Changed {
		t.Errorf("another date is a change: %v", o)
	}
}

// What was taken down leaves a tombstone and no text, not even in the file, and comes back only by force.
func TestTakeDown(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	secret := "құпия мәтін, ешкім көрмеуі керек"
	put(t, a, nil, article("1", secret, "/a/1.txt"), article("2", "екі", "/a/2.txt"))
	put(t, a, nil, article("1", secret+" тағы", "/a/1.txt"))
	n, err := a.TakeDown(t.Context(), []string{"1", "none"}, "сот шешімі", now)
	if n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	want(t, a, "2 2 v1 екі /a/2.txt", "4 1 removed")
	if data, err := os.ReadFile(filepath.Join(dir, "archive.sqlite")); err != nil || strings.Contains(string(data), "ешкім") {
		t.Errorf("the text is still in the file, %v", err)
	}
	o, errs, err := a.Put(t.Context(), []index.Article{article("1", secret, "/a/1.txt")}, nil)
	if err != nil || o[0] != archive.Refused || errs[0].Error() != `the article "1" was taken down on 2026-11-25 (сот шешімі)` {
		t.Errorf("got %v %v %v", o, errs, err)
	}
	var faults []string
	if s, err := a.Verify(t.Context(), func(s string) { faults = append(faults, s) }); err != nil || len(faults) > 0 || s.Articles != 1 || s.Versions != 3 {
		t.Errorf("%+v, %v, %q", s, err, faults)
	}
	a.Force = true
	if o := put(t, a, nil, article("1", secret, "/a/1.txt")); o[0] != archive.Added {
		t.Errorf("by force: %v", o)
	}
	// What came back is whole again, and is checked as others are.
	if s, err := a.Verify(t.Context(), func(s string) { faults = append(faults, s) }); err != nil || len(faults) > 0 || s.Articles != 2 || s.Versions != 4 {
		t.Errorf("after it came back: %+v, %v, %q", s, err, faults)
	}
	if err := a.Backup(t.Context(), filepath.Join(t.TempDir(), "b.sqlite")); err != nil {
		t.Error(err)
	}
	if v, err := a.Versions(t.Context(), "1"); err != nil || len(v) != 1 || v[0].Number != 3 {
		t.Errorf("its states: %v, %v", v, err)
	}
	if _, ok, err := a.Version(t.Context(), "1", 1); ok || err != nil {
		t.Errorf("what was taken down is a state: %v, %v", ok, err)
	}
}

// A text that was changed behind the program's back is named.
func TestVerifyNamesTexts(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	put(t, a, nil, article("1", "бір", "/a/1.txt"), article("2", "екі", "/a/2.txt"))
	db, err := sql.Open("sqlite", filepath.Join(dir, "archive.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE versions SET body = 'өзге' WHERE id = '2'; DELETE FROM changes WHERE id = '1'"); err != nil {
		t.Fatal(err)
	}
	var faults []string
	if _, err := a.Verify(t.Context(), func(s string) {
		faults = append(faults, strings.TrimPrefix(s, filepath.Join(dir, "archive.sqlite")+": "))
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"article 2, version 1: its text is not what was stored (SHA-256)", "article 1: its last change is missing"}, faults); diff != "" {
		t.Error(diff)
	}
}

// A long body is packed, and comes back; harmed, it is named; taken down, it is away.
func TestLongBodiesArePacked(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	long := strings.Repeat("Университет Льеж университетімен келісімге қол қойды. ", 200)
	put(t, a, nil, article("1", long, "/a/1.txt"), article("2", long+"!", "/a/2.txt"))
	db, err := sql.Open("sqlite", filepath.Join(dir, "archive.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	size := func(id string) (n sql.NullInt64) {
		t.Helper()
		if err := db.QueryRow("SELECT length(packed) FROM versions WHERE id = ? AND body = ''", id).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := size("1"); !n.Valid || n.Int64 > int64(len(long))/10 {
		t.Errorf("%d bytes take %v", len(long), n)
	}
	if got, err := a.Articles(t.Context(), []string{"1"}); err != nil || got["1"].Body != long {
		t.Errorf("got %.40q…, %v", got["1"].Body, err)
	}
	if _, err := db.Exec("UPDATE versions SET packed = x'28b52ffd00' WHERE id = '2'"); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Articles(t.Context(), []string{"2"}); err != nil || !got["2"].Damaged {
		t.Errorf("a harmed body is %+v, %v", got["2"], err)
	}
	if _, err := a.TakeDown(t.Context(), []string{"1"}, "сот шешімі", now); err != nil {
		t.Fatal(err)
	}
	if n := size("1"); n.Valid {
		t.Errorf("%d bytes are left of what was taken down", n.Int64)
	}
}

// A file that was taken away is not made anew by who reads on, and the reader is told.
func TestTakenAway(t *testing.T) {
	dir := t.TempDir()
	w := writer(t, dir)
	put(t, w, nil, article("1", "бір", "/a/1.txt"))
	a, err := archive.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	file := filepath.Join(dir, "archive.sqlite")
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 { // more than have it open
		all.Go(func() {
			got, err := a.Articles(t.Context(), []string{"1"})
			if err != nil && !errors.Is(err, index.ErrArchive) || err == nil && len(got) != 1 {
				t.Errorf("%d articles, %v", len(got), err)
			}
		})
	}
	all.Wait()
	if _, err := os.Stat(file); err == nil {
		t.Error("it was made anew")
	}
}

// A signal in the middle of a batch does not tear it: what was begun is stored, and told.
func TestSignalInBatch(t *testing.T) {
	a := writer(t, t.TempDir())
	put(t, a, nil, article("x", "Бір", "/a.txt"))
	ctx, cancel := context.WithCancel(t.Context())
	var batch []index.Article
	for i := range 50 {
		batch = append(batch, article(fmt.Sprint(i), "Мәтін", "/b.txt"))
	}
	batch = slices.Insert(batch, 20, article("x", "Екі", "/b.txt"))
	outcomes, _, err := a.Put(ctx, batch, func(string) bool { cancel(); return true })
	if err != nil || len(outcomes) != 51 {
		t.Fatalf("%d outcomes, %v", len(outcomes), err)
	}
	if sums, err := a.Verify(t.Context(), func(says string) { t.Error(says) }); err != nil || sums.Articles != 51 {
		t.Errorf("%+v, %v", sums, err)
	}
	if _, _, err := a.Put(ctx, batch, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after the signal: %v", err)
	}
}

// What a reader read before is what it is told again only while nothing was written.
func TestReadAgain(t *testing.T) {
	dir := t.TempDir()
	a := writer(t, dir)
	put(t, a, nil, article("1", "бір", "/a/1.txt"), article("2", "екі", "/a/2.txt"))
	r, err := archive.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	bodies := func() (out []string) {
		found, err := r.Articles(t.Context(), []string{"2", "1", "1", "3"})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Sorted(maps.Keys(found)) {
			out = append(out, found[id].Body)
		}
		return out
	}
	for _, step := range []struct {
		do   func()
		want []string
	}{
		{func() {}, []string{"бір", "екі"}},
		{func() {}, []string{"бір", "екі"}},
		{func() { put(t, a, nil, article("1", "бес", "/a/1.txt")) }, []string{"бес", "екі"}},
		{func() { put(t, a, nil, article("3", "үш", "/a/3.txt")) }, []string{"бес", "екі", "үш"}},
		{func() {
			if _, err := a.Remove(t.Context(), []string{"2"}); err != nil {
				t.Fatal(err)
			}
		}, []string{"бес", "үш"}},
	} {
		step.do()
		for range 2 {
			if got := bodies(); !slices.Equal(got, step.want) {
				t.Errorf("%v, want %v", got, step.want)
			}
		}
	}
}

// An article is gone when all of its addresses are, be they few, whose answer is remembered until the archive changes, or many.
func TestGone(t *testing.T) {
	dir := t.TempDir()
	w, err := archive.OpenWriter(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	a, err := archive.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	since := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	follow := func(from, to int, gone time.Time) {
		t.Helper()
		var s index.Step
		for i := from; i < to; i++ {
			s.Visits = append(s.Visits, index.Visit{URL: fmt.Sprint("https://a.example/", i), Source: "a", Article: fmt.Sprint("a", i/2), Gone: gone})
		}
		if _, _, err := w.Follow(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	check := func(want ...string) {
		t.Helper()
		for range 2 { // the second time as it was remembered
			got, err := a.Gone(t.Context(), []string{"a0", "a1", "a700", "other"})
			if err != nil || len(got) != len(want) {
				t.Fatalf("gone are %v, want %v; %v", got, want, err)
			}
			for _, id := range want {
				if !got[id].Equal(since) {
					t.Errorf("%s is gone since %v", id, got[id])
				}
			}
			time.Sleep(60 * time.Millisecond) // what was just written is not remembered
		}
	}
	follow(0, 2000, time.Time{})
	check()
	follow(0, 3, since) // a1 has another address
	check("a0")
	follow(3, 1600, since)
	check("a0", "a1", "a700")
	follow(0, 2, time.Time{})
	check("a1", "a700")
}
