package index_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kelisim/analysis/agreements/deeds"
	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

// keeping is a real archive with a real index on disk. What an article tells stands in its body, a line an agreement:
// «kind status date | NAME@CC, country:CC».
type keeping struct {
	t       *testing.T
	dir     string
	archive *archive.Archive
	engine  *local.Engine
	batches *batches
	keeper  index.Keeper
}

// batches notes what an engine is given.
type batches struct {
	index.Engine
	last index.Batch
}

func (b *batches) Put(ctx context.Context, batch index.Batch) error {
	b.last = batch
	return b.Engine.Put(ctx, batch)
}

func keep(t *testing.T, cs ...deeds.Correction) *keeping {
	t.Helper()
	k := &keeping{t: t, dir: t.TempDir()}
	var err error
	if k.archive, err = archive.OpenWriter(t.Context(), k.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.archive.Close() })
	k.engine = k.index()
	k.batches = &batches{Engine: k.engine}
	k.keeper = index.Keeper{Archive: k.archive, Engine: k.batches, Read: read, Corrections: cs}
	return k
}

// index is an empty index.
func (k *keeping) index() *local.Engine {
	k.t.Helper()
	e, err := local.Open(k.t.TempDir(), 1)
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(func() { e.Close() })
	return e
}

func read(a index.Article) *index.Record {
	r := enginetest.NewRecord(a.ID, a.Title, a.Body)
	r.Article = a
	at := 0
	for line := range strings.SplitSeq(a.Body, "\n") {
		head, sides, ok := strings.Cut(line, " | ")
		if !ok {
			continue
		}
		f := strings.Fields(strings.ReplaceAll(head, " -", " "))
		g := index.Agreement{Kind: f[0], Status: f[1], Reported: a.Published.String()}
		if len(f) > 2 {
			g.Date = f[2]
		}
		for side := range strings.SplitSeq(sides, ", ") {
			if what, country, ok := strings.Cut(side, ":"); ok {
				g.Parties = append(g.Parties, index.Party{Name: what + ", " + country, Country: country})
			} else {
				name, country, _ := strings.Cut(side, "@")
				g.Parties = append(g.Parties, index.Party{Key: name, Name: name, Text: name, Country: country})
			}
		}
		g.ID = deeds.Identify(g)
		start := at + strings.Index(a.Text()[at:], line)
		at = start + len(line)
		g.Evidence = []index.Evidence{{Article: a.ID, Reported: g.Reported, Kind: g.Kind, Status: g.Status, Date: g.Date, Quote: line, Start: start, End: start + len(line), Lang: a.Lang}}
		r.Agreements = append(r.Agreements, g)
	}
	return r
}

func article(id, published, body string) index.Article {
	d, err := index.ParseDate(published)
	if err != nil {
		panic(err) // a wrong literal in these tests
	}
	return index.Article{ID: id, Title: "Тақырып " + id, Body: body, Published: d, Lang: id[:2], Path: id + ".txt"}
}

func (k *keeping) put(as ...index.Article) {
	k.t.Helper()
	if _, _, err := k.archive.Put(k.t.Context(), as, func(string) bool { return false }); err != nil {
		k.t.Fatal(err)
	}
	k.catchUp()
}

func (k *keeping) remove(ids ...string) {
	k.t.Helper()
	if _, err := k.archive.Remove(k.t.Context(), ids); err != nil {
		k.t.Fatal(err)
	}
	k.catchUp()
}

func (k *keeping) catchUp() {
	k.t.Helper()
	if _, err := k.keeper.CatchUp(k.t.Context(), nil); err != nil {
		k.t.Fatal(err)
	}
}

// agreements are those that a reader finds, by ID.
func (k *keeping) agreements() []index.Agreement { return found(k.t, k.engine) }

func found(t *testing.T, e *local.Engine) []index.Agreement {
	t.Helper()
	res, err := e.Search(t.Context(), index.Request{Tab: index.Agreements, Sort: index.Newest, Size: 100})
	if err != nil {
		t.Fatal(err)
	}
	var out []index.Agreement
	for _, h := range res.Hits {
		out = append(out, *h.Agreement)
	}
	slices.SortFunc(out, func(a, b index.Agreement) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// rebuilt is what an index built at once from the archive holds.
func (k *keeping) rebuilt() []index.Agreement {
	k.t.Helper()
	e := k.index()
	other := k.keeper
	other.Engine = e
	if _, err := other.CatchUp(k.t.Context(), nil); err != nil {
		k.t.Fatal(err)
	}
	return found(k.t, e)
}

// omsk is one branch told six times, in two languages, with a date and without.
var omsk = []index.Article{
	article("kk-plan", "2024-01-15", "branch planned - | KazNU@KZ, country:RU"),
	article("ru-sign", "2024-06-01", "branch signed 2024-05-31 | KazNU@KZ, OmSU@RU"),
	article("kk-sign", "2024-06-02", "branch signed 2024-05 | OmSU@RU, KazNU@KZ"),
	article("ru-open", "2025-09-03", "branch in-force - | KazNU@KZ, OmSU@RU"),
	article("kk-open", "2025-09-10", "branch in-force 2025 | KazNU@KZ, universities:RU"),
	article("ru-when", "", "branch background - | OmSU@RU, KazNU@KZ"),
}

// others tell other deeds of the same sides, or the same of others.
var others = []index.Article{
	article("kk-memo", "2018-03-06", "memorandum signed 2018-03-05 | KazNU@KZ, OmSU@RU"),
	article("ru-memo", "2025-03-06", "memorandum signed 2025-03-05 | KazNU@KZ, OmSU@RU"),
	article("ru-kg", "2025-03-06", "branch in-force 2025 | KazNU@KZ, country:KG"),
}

func one(t *testing.T, as []index.Agreement, kind, country string) index.Agreement {
	t.Helper()
	var out []index.Agreement
	for _, a := range as {
		if a.Kind == kind && slices.ContainsFunc(a.Parties, func(p index.Party) bool { return p.Country == country }) {
			out = append(out, a)
		}
	}
	if len(out) != 1 {
		t.Fatalf("%d agreements of kind %s with %s: %+v", len(out), kind, country, out)
	}
	return out[0]
}

func TestOneBranchToldSixTimes(t *testing.T) {
	var first []index.Agreement
	for round := range 8 {
		k := keep(t)
		all := slices.Concat(omsk, others)
		r := rand.New(rand.NewPCG(7, uint64(round)))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for len(all) > 0 { // in batches of one to all
			n := 1 + r.IntN(len(all))
			if round%2 == 0 {
				n = 1
			}
			k.put(all[:n]...)
			all = all[n:]
		}
		got := k.agreements()
		if len(got) != 4 {
			t.Fatalf("%d agreements, want 4", len(got))
		}
		b := one(t, got, "branch", "RU")
		if len(b.Evidence) != 6 || b.Status != "signed" || b.Date != "2024-05-31" || b.Reported != "2024-01-15" || b.Parties[1].Key != "OmSU" {
			t.Errorf("the branch is %+v", b)
		}
		if first == nil {
			first = got
		}
		if diff := gocmp.Diff(first, got); diff != "" {
			t.Errorf("round %d: %s", round, diff)
		}
		if diff := gocmp.Diff(first, k.rebuilt()); diff != "" {
			t.Errorf("round %d, rebuilt: %s", round, diff)
		}
	}
}

func TestRemovedArticleTakesItsEvidence(t *testing.T) {
	k := keep(t)
	k.put(omsk[:3]...)
	k.put(others...)
	before := k.agreements()
	k.put(omsk[3:]...)
	k.remove("ru-open", "kk-open", "ru-when")
	if diff := gocmp.Diff(before, k.agreements()); diff != "" {
		t.Errorf("told and taken back: %s", diff)
	}
	// The link between parent and host goes, and the deed keeps what is left.
	k.remove("ru-sign", "kk-sign")
	b := one(t, k.agreements(), "branch", "RU")
	if b.Status != "planned" || b.Parties[1].Unnamed() != "country" || len(b.Evidence) != 1 {
		t.Errorf("the plan alone is %+v", b)
	}
	// Changed: it tells another country now.
	k.put(article("kk-plan", "2024-01-15", "branch planned - | KazNU@KZ, country:UZ"))
	one(t, k.agreements(), "branch", "UZ")
	k.remove("kk-plan")
	k.remove("kk-memo", "ru-memo", "ru-kg")
	if left := k.agreements(); len(left) != 0 {
		t.Errorf("left are %+v", left)
	}
}

// A batch writes the agreements that it changes, and no others.
func TestBatchWritesWhatChanges(t *testing.T) {
	k := keep(t)
	k.put(omsk[1:]...)
	k.put(others...)
	old := one(t, k.agreements(), "branch", "RU")
	k.put(article("kk-none", "2025-09-03", "Форум өтті."), article("ru-uz", "2025-09-03", "branch planned - | ENU@KZ, country:UZ"))
	if b := k.batches.last; len(b.Agreements) != 1 || len(b.Gone) != 0 {
		t.Errorf("a batch of another branch wrote %d agreements and removed %v", len(b.Agreements), b.Gone)
	}
	// The same again: nothing changes.
	k.put(article("ru-open", "2025-09-03", omsk[3].Body+"\nТағы бір абзац."))
	if b := k.batches.last; len(b.Agreements) != 0 || len(b.Gone) != 0 {
		t.Errorf("a batch that tells the same wrote %+v and removed %v", b.Agreements, b.Gone)
	}
	// An earlier article gives the deed its ID; the old one goes on finding it.
	k.put(omsk[0])
	b := k.batches.last
	if len(b.Agreements) != 1 || !slices.Equal(b.Gone, []string{old.ID}) {
		t.Errorf("the plan wrote %+v and removed %v", b.Agreements, b.Gone)
	}
	got, err := k.engine.Stored(t.Context(), index.Lookup{IDs: []string{old.ID}})
	if err != nil || len(got) != 1 || len(got[0].Evidence) != 6 || got[0].ID == old.ID {
		t.Errorf("under its old ID it is %+v, %v", got, err)
	}
	// Articles know their agreements by what they told: a choice of kind finds all six.
	res, err := k.engine.Search(t.Context(), index.Request{Tab: index.Articles, Sort: index.Newest, Size: 100,
		Selection: index.Selection{}.With("kind", "branch").With("country", "RU")})
	if err != nil || res.Total != 6 {
		t.Errorf("%d articles tell the branch, %v", res.Total, err)
	}
}

func TestCorrections(t *testing.T) {
	id := func(a index.Article) string { return read(a).Agreements[0].ID }
	by := func(a index.Article, field, value string) deeds.Correction {
		return deeds.Correction{ID: id(a), Field: field, Value: value, Who: "A. Kim", Why: "I was there"}
	}
	// Whichever article's record it names, and in whatever order they come.
	for _, named := range omsk {
		for round := range 3 {
			k := keep(t, by(named, "date", "2024-06-02"), by(named, "party", "OmSU=OmSTU"), by(others[2], "wrong", ""))
			all := slices.Concat(omsk, others)
			r := rand.New(rand.NewPCG(3, uint64(round)))
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for _, a := range all {
				k.put(a)
			}
			b := one(t, k.agreements(), "branch", "RU")
			if b.Date != "2024-06-02" || len(b.Evidence) != 6 || !slices.ContainsFunc(b.Parties, func(p index.Party) bool { return p.Key == "OmSTU" }) {
				t.Fatalf("corrected by %s: %+v", named.ID, b)
			}
			if len(k.agreements()) != 3 {
				t.Errorf("%d agreements, want 3: one is wrong", len(k.agreements()))
			}
			// More of what is wrong is wrong too, and is forgotten with its articles.
			k.put(article("kk-more", "2025-04-01", "branch in-force - | KazNU@KZ, partners:KG"))
			if len(k.agreements()) != 3 {
				t.Errorf("%d agreements after more evidence of the wrong one", len(k.agreements()))
			}
			if diff := gocmp.Diff(k.rebuilt(), k.agreements()); diff != "" {
				t.Error(diff)
			}
			k.remove("ru-kg")
			one(t, k.agreements(), "branch", "KG")
		}
	}
	// An article's page shows what became of its records.
	k := keep(t, by(omsk[1], "status", "agreed"), by(others[2], "wrong", ""))
	k.put(slices.Concat(omsk, others)...)
	for _, a := range omsk {
		stored, err := k.engine.Stored(t.Context(), index.Lookup{Articles: []string{a.ID}})
		if err != nil {
			t.Fatal(err)
		}
		r := read(a)
		index.Settle(r, stored)
		g := r.Agreements[0]
		if g.ID != one(t, k.agreements(), "branch", "RU").ID || g.Status != "agreed" || g.Evidence[0].ID != id(a) || g.Evidence[0].Corrected == "" {
			t.Errorf("%s shows %+v", a.ID, g)
		}
	}
	r := read(others[2])
	stored, err := k.engine.Stored(t.Context(), index.Lookup{Articles: []string{r.Article.ID}})
	if index.Settle(r, stored); err != nil || len(r.Agreements) != 0 {
		t.Errorf("the wrong one is shown: %+v, %v", r.Agreements, err)
	}
}

// memory is an engine that keeps agreements in a map, for many small histories.
type memory struct {
	seq      uint64
	docs     map[string]index.Agreement
	articles map[string]*index.Record
}

func emptyMemory() *memory {
	return &memory{docs: map[string]index.Agreement{}, articles: map[string]*index.Record{}}
}

func (m *memory) Seq() uint64 { return m.seq }

func (m *memory) Stored(_ context.Context, l index.Lookup) (out []index.Agreement, err error) {
	for _, a := range m.docs {
		told := slices.ContainsFunc(a.Evidence, func(e index.Evidence) bool { return slices.Contains(l.Articles, e.Article) })
		if told || slices.Contains(l.Own, a.ID) || slices.ContainsFunc(a.Groups(), func(g string) bool { return slices.Contains(l.Groups, g) }) {
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) Tellers(_ context.Context, ids []string, but map[string]bool) (out []string, err error) {
	for id, r := range m.articles {
		if !but[id] && slices.ContainsFunc(r.Agreements, func(a index.Agreement) bool { return slices.Contains(ids, a.ID) }) {
			out = append(out, id)
		}
	}
	reported := func(id string) string { return cmp.Or(m.articles[id].Article.Published.String(), "~") }
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(strings.Compare(reported(a), reported(b)), strings.Compare(a, b))
	})
	return out, nil
}

func (m *memory) Stories(context.Context, index.StoryLookup) ([]index.Story, error) { return nil, nil }

func (m *memory) Put(_ context.Context, b index.Batch) error {
	m.seq = b.Seq
	for _, r := range b.Articles {
		m.articles[r.Article.ID] = r
	}
	for _, id := range b.Removed {
		delete(m.articles, id)
	}
	for _, d := range b.Agreements {
		m.docs[d.Agreement.ID] = d.Agreement
	}
	for _, id := range b.Gone {
		delete(m.docs, id)
	}
	return nil
}

// changes is an archive that has only what is new.
type changes []index.Change

func (c changes) Seq(context.Context) (uint64, error) { return c[len(c)-1].Seq, nil }

func (c changes) Changes(_ context.Context, after uint64, _ int) (out []index.Change, err error) {
	for _, x := range c {
		if x.Seq > after {
			out = append(out, x)
		}
	}
	return out, nil
}

// Whatever comes, changes and goes in whatever batches: the index holds what merging all at once gives. So it does where more articles tell the
// same than it keeps evidence of.
func TestKeptAsMerged(t *testing.T) {
	t.Run("of few articles", func(t *testing.T) { keptAsMerged(t, 10, 4, false) })
	t.Run("of many", func(t *testing.T) { keptAsMerged(t, 6*deeds.MostAlike, 4*deeds.MostAlike, false) })
	t.Run("of many days", func(t *testing.T) { keptAsMerged(t, 3*deeds.MostWays, 2*deeds.MostWays, true) })
}

func keptAsMerged(t *testing.T, articles, most int, anyDay bool) {
	crowds := 0
	sides := []string{"A@KZ, B@RU", "A@KZ, B@RU", "A@KZ, C@RU", "A@KZ, country:RU", "B@RU, partners:KZ", "C@RU, country:KZ", "D@KZ, B@RU",
		"D@KZ, universities:RU", "A, B@RU", "A@KZ, B", "A@KZ, B@RU, C@RU", "A@KZ"}
	rapid.Check(t, func(t *rapid.T) {
		pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "of") }
		m := emptyMemory()
		live := map[string]index.Article{}
		seq := uint64(0)
		dates, days := []string{"", "2023-12-30", "2024-05-13", "2024-05-18", "2026-01-01"}, []string{"-", "-", "2021", "2024", "2024-05", "2024-05-12", "2025-02"}
		kinds, statuses, sides, langs := []string{"branch", "branch", "branch", "memorandum", "agreement", "other", "joint-lab", "double-degree"}, []string{"signed", "planned", "in-force"}, sides, []string{"kk"}
		if articles > 10 {
			dates, days, kinds, statuses, sides, langs = dates[:3], days[4:6], kinds[:4], statuses[:2], sides[:3], []string{"kk", "kk", "ru"}
		}
		if anyDay {
			dates, days, statuses = nil, []string{"-", "-", "-", "2024-05"}, statuses[:1]
			for i := range deeds.MostWays + 4 {
				dates = append(dates, fmt.Sprintf("2024-05-%02d", i+1))
			}
		}
		for range rapid.IntRange(1, 8).Draw(t, "batches") {
			var cs changes
			for _, id := range rapid.SliceOfNDistinct(rapid.IntRange(0, articles-1), most/4, most, rapid.ID).Draw(t, "articles") {
				seq++
				c := index.Change{Seq: seq, ID: fmt.Sprintf("%s%d", langs[id%len(langs)], id)}
				delete(live, c.ID)
				if rapid.IntRange(0, 3).Draw(t, "stays") > 0 {
					var body []string
					if articles > 10 && rapid.IntRange(0, 3).Draw(t, "as all") > 0 {
						body = append(body, fmt.Sprintf("branch signed %s | A@KZ, B@RU", days[0]))
					}
					for range rapid.IntRange(0, 3).Draw(t, "told") {
						body = append(body, fmt.Sprintf("%s %s %s | %s", pick(kinds...), pick(statuses...), pick(days...), pick(sides...)))
					}
					a := article(c.ID, pick(dates...), strings.Join(body, "\n"))
					live[c.ID], c.Article = a, &a
				}
				cs = append(cs, c)
			}
			k := index.Keeper{Archive: cs, Engine: m, Read: read, Articles: func(_ context.Context, ids []string) (map[string]index.Article, error) {
				out := map[string]index.Article{}
				for _, id := range ids {
					if a, ok := live[id]; ok {
						out[id] = a
					}
				}
				return out, nil
			}}
			if _, err := k.CatchUp(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			var told []index.Evidence
			for _, id := range slices.Sorted(maps.Keys(live)) {
				for _, a := range read(live[id]).Agreements {
					told = append(told, deeds.Told(a)...)
				}
			}
			want := map[string]index.Agreement{}
			for _, a := range deeds.Merge(told) {
				want[a.ID] = a
			}
			for _, a := range want {
				if a.Crowd {
					crowds++
				}
				if a.Crowd && !m.docs[a.ID].Crowd {
					t.Fatalf("%s is told by more than is known", a.ID)
				}
			}
			if diff := gocmp.Diff(want, m.docs, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(index.Agreement{}, "Crowd")); diff != "" {
				t.Fatal(diff)
			}
		}
	})
	if articles > 10 && crowds == 0 {
		t.Error("no agreement was told by more articles than it keeps evidence of")
	}
}

// changing is an engine that another program changes: an agreement loses evidence between two looks at it.
type changing struct{ *memory }

func (m changing) Stored(ctx context.Context, l index.Lookup) ([]index.Agreement, error) {
	out, err := m.memory.Stored(ctx, l)
	for i := range out {
		if len(l.Own) > 0 {
			out[i].Evidence = out[i].Evidence[1:]
		}
	}
	return out, err
}

// What was read in brief is never written in the place of the whole.
func TestBriefIsNotWritten(t *testing.T) {
	m := emptyMemory()
	tell := func(seq uint64, id string) index.Change {
		a := article(id, "2024-05-12", "memorandum signed 2024-05-12 | A@KZ, B@RU")
		return index.Change{Seq: seq, ID: id, Article: &a}
	}
	k := index.Keeper{Archive: changes{tell(1, "kk1")}, Engine: m, Read: read}
	if _, err := k.CatchUp(t.Context(), nil); err != nil || len(m.docs) != 1 {
		t.Fatal(len(m.docs), err)
	}
	k.Archive, k.Engine = changes{tell(2, "kk2")}, changing{m}
	if _, err := k.CatchUp(t.Context(), nil); err == nil || m.seq != 1 {
		t.Errorf("after %v the engine is at %d", err, m.seq)
	}
	for _, a := range m.docs {
		if len(a.Evidence) != 1 || a.Evidence[0].Quote == "" {
			t.Errorf("there is %+v", a)
		}
	}
}

// One article that cannot be read is named, and found by its words; the others are read as always.
func TestPanicIsNamed(t *testing.T) {
	k := keep(t)
	var failed []string
	k.keeper.Failed = func(article string, err error) { failed = append(failed, article) }
	k.keeper.Read = func(a index.Article) *index.Record {
		if strings.Contains(a.Body, "бомба") {
			panic("a fault of ours")
		}
		return read(a)
	}
	k.put(article("kk1", "2025-01-01", "бірінші"), article("kk2", "2025-01-01", "бомба сөз"), article("kk3", "2025-01-01", "үшінші"))
	if !slices.Equal(failed, []string{"kk2"}) {
		t.Errorf("named are %v", failed)
	}
	for _, word := range []string{"бірінші", "бомба", "үшінші"} {
		res, err := k.engine.Search(t.Context(), index.Request{Tree: index.AnyTerm{Terms: []string{word}}, Tab: index.Articles, Sort: index.Newest, Size: 1})
		if err != nil || res.Total != 1 {
			t.Errorf("%s: %d, %v", word, res.Total, err)
		}
	}
}
