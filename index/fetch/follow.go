package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kelisim/index"
)

// Store is what following needs of an archive.
type Store interface {
	Sources(ctx context.Context) ([]index.Health, error)
	// Due gives the addresses of a source that are to be looked at by now, at most limit.
	Due(ctx context.Context, source string, now time.Time, limit int) ([]index.Visit, error)
	// Listed gives the addresses that a source named when its list was read at that time.
	Listed(ctx context.Context, source string, at time.Time) ([]index.Visit, error)
	// Visited gives what is known of addresses, by index.AddressKey.
	Visited(ctx context.Context, addresses []string) (map[string]index.Visit, error)
	// Follow stores a step whole or not at all.
	Follow(ctx context.Context, s index.Step) (index.Counts, error)
}

// Reader is what following needs to understand what it fetched. Page's error is NoText where there is no article.
type Reader interface {
	Feed(b index.Body, most int) (index.Listing, error)
	Sitemap(b index.Body, most int) (index.Listing, error)
	Links(b index.Body) (index.Listing, error)
	Page(b index.Body) (index.Found, error)
	// Item makes an article of what a feed says.
	Item(i index.Item, from string) (index.Article, error)
}

// Follower follows sources. All fields but Folder and NoText must be set.
type Follower struct {
	Client *Client
	Reader Reader
	Store  Store
	Log    *slog.Logger
	// Folder reads what is new in a folder; nil: folders are not followed.
	Folder func(ctx context.Context, s Source) (index.Counts, error)
	NoText error // of Reader.Page: a page that is no article
	// Names are all sources that are followed, those of other runs too: what others named, as one that has another name now, is taken
	// over by whoever names it. nil: nothing is.
	Names []string

	turn time.Duration // that a source may take before the others have theirs; 0: as long as it needs
}

// Report is what came of following a source once.
type Report struct {
	Source string
	Counts index.Counts
	Items  int  // in its list
	Same   bool // its list has not changed
	Looked int  // pages asked for
	Gone   int  // pages found gone now
	Failed int  // pages that failed; they are tried again
	Left   int  // pages that are due and were left for the next time
	Warned []string
	Err    error // why the source itself failed, nil where it did not
}

// Once follows sources once each, those of different hosts at the same time, whether they are due or not. Reports come in the order
// of sources; the error is only of the store or of ctx.
func (f *Follower) Once(ctx context.Context, sources []Source) ([]Report, error) {
	known, err := f.Store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	reports := make([]Report, len(sources))
	errs := make([]error, len(sources))
	slots := make(chan struct{}, cmp.Or(f.Client.Hosts, defaultHosts))
	var wait sync.WaitGroup
	for i, s := range sources {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wait.Go(func() {
			defer func() { <-slots }()
			h := index.Health{Source: s.Name}
			if at := slices.IndexFunc(known, func(k index.Health) bool { return k.Source == s.Name }); at >= 0 {
				h = known[at]
			}
			reports[i], errs[i] = f.source(ctx, s, h)
		})
	}
	wait.Wait()
	return reports, errors.Join(append(errs, ctx.Err())...)
}

// Run follows sources whenever they are due until ctx is done. told, which may be nil, hears of each round.
func (f *Follower) Run(ctx context.Context, sources []Source, told func([]Report)) error {
	f.turn = longestTurn
	for {
		known, err := f.Store.Sources(ctx)
		if err == nil {
			now, next := f.Client.Clock.Now(), f.Client.Clock.Now().Add(time.Minute)
			var due []Source
			for _, s := range sources {
				at := slices.IndexFunc(known, func(k index.Health) bool { return k.Source == s.Name })
				switch {
				case at < 0 || !known[at].Next.After(now) || known[at].Address != s.address():
					due = append(due, s)
				case known[at].Next.Before(next):
					next = known[at].Next
				}
			}
			if len(due) == 0 {
				if err := f.Client.Clock.Sleep(ctx, next.Sub(now)); err != nil {
					return nil
				}
				continue
			}
			var reports []Report
			if reports, err = f.Once(ctx, due); told != nil && err == nil {
				told(reports)
			}
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			f.Log.Error("what is followed cannot be stored; it goes on trying", "err", err)
			if f.Client.Clock.Sleep(ctx, 30*time.Second) != nil {
				return nil
			}
		}
	}
}

// address is how health keeps where a source stands.
func (s Source) address() string { return strings.Join(s.all(), " ") }

// round is one following of a source.
type round struct {
	*Follower
	Source
	health      index.Health
	now         time.Time
	report      Report
	match, skip *regexp.Regexp
	left        atomic.Int64 // pages that its turn was too short for
}

func (f *Follower) source(ctx context.Context, s Source, h index.Health) (Report, error) {
	r := &round{Follower: f, Source: s, health: h, now: f.Client.Clock.Now(), report: Report{Source: s.Name}}
	r.match, r.skip = regexp.MustCompile(s.Match), regexp.MustCompile(s.Skip) // checked when the config file was read
	if s.Match == "" {
		r.match = nil
	}
	if s.Skip == "" {
		r.skip = nil
	}
	if r.health.Address != s.address() {
		r.health = index.Health{Source: s.Name, Fresh: h.Fresh, Success: h.Success}
	}
	r.health.Kind, r.health.Address, r.health.Tried = string(s.Kind), s.address(), r.now
	r.health.Every = time.Duration(cmp.Or(s.Every, f.Client.Every, Duration(defaultEvery)))
	for _, a := range s.all() {
		if u, err := url.Parse(a); err == nil && s.Delay > 0 {
			f.Client.pace(u.Host, time.Duration(s.Delay), 0)
		}
	}
	var err error
	switch s.Kind {
	case Folder:
		if f.Folder == nil {
			return r.report, nil
		}
		r.report.Counts, r.report.Err = f.Folder(ctx, s)
	case Page:
		err = r.fixed(ctx)
	default:
		err = r.list(ctx)
	}
	if err == nil && s.Kind != Folder && ctx.Err() == nil {
		err = r.pages(ctx)
	}
	if ctx.Err() != nil {
		return r.report, ctx.Err() // what was read is stored; the source stays due
	}
	if err != nil {
		r.report.Err = err
		return r.report, err
	}
	return r.report, r.close(ctx)
}

// close keeps how the source did.
func (r *round) close(ctx context.Context) error {
	h := &r.health
	c := r.report.Counts
	if c.Added+c.Changed > 0 {
		h.Fresh = r.now
	}
	if r.report.Err != nil {
		h.Failed, h.Error = h.Failed+1, r.report.Err.Error()
	} else {
		h.Failed, h.Error, h.Success = 0, "", r.now
	}
	h.Next = r.now.Add(h.Every)
	held := r.Client.Held()
	if until := held[r.host()]; until.After(h.Next) {
		h.Next = until
	}
	r.alarm()
	_, err := r.Store.Follow(ctx, index.Step{Health: h, Held: held})
	return err
}

func (r *round) host() string {
	u, err := url.Parse(r.all()[0])
	if err != nil {
		return ""
	}
	return u.Host
}

const (
	defaultEvery  = 15 * time.Minute
	defaultHosts  = 8
	defaultItems  = 1000
	defaultPages  = 500
	defaultWatch  = 30 * 24 * time.Hour
	defaultSilent = 7 * 24 * time.Hour
	maxMaps       = 50 // site maps of an index, the newest
	batchPages    = 50 // that are stored together
	longestTurn   = 10 * time.Minute
	stopAfter     = 3 // pages of a host that fail one behind another
)

// alarm tells once that a source went silent, and once that it is back.
func (r *round) alarm() {
	h := &r.health
	first := cmp.Or(h.Success, h.Tried)
	if h.Success.IsZero() && !h.Fresh.IsZero() {
		first = h.Fresh
	}
	why := ""
	switch silent := cmp.Or(time.Duration(r.Silent), max(defaultSilent, 3*h.Every)); {
	case h.Failed > 0 && r.now.Sub(first) >= max(3*h.Every, time.Hour), h.Failed >= 3 && h.Success.IsZero():
		why = "it cannot be read"
	case h.Fresh.IsZero() || r.Silent == 0 && (r.Kind == Page || r.Kind == Folder):
	case r.now.Sub(h.Fresh) >= silent:
		why = "nothing new"
	}
	switch {
	case why != "" && h.Silent.IsZero():
		h.Silent = r.now
		r.Log.Error("a source went silent", "source", h.Source, "why", why, "last success", h.Success, "last news", h.Fresh, "err", h.Error)
	case why == "" && !h.Silent.IsZero():
		h.Silent = time.Time{}
		r.Log.Info("a source is back", "source", h.Source)
	}
}

func (r *round) warn(format string, args ...any) {
	r.report.Warned = append(r.report.Warned, fmt.Sprintf(format, args...))
}

// fixed names the addresses of a page source.
func (r *round) fixed(ctx context.Context) error {
	known, err := r.Store.Visited(ctx, r.all())
	if err != nil {
		return err
	}
	var visits []index.Visit
	for _, a := range r.all() {
		a = index.CleanAddress(a)
		v, ok := known[index.AddressKey(a)]
		if !ok {
			v = index.Visit{URL: a, Source: r.Name, Found: r.now}
		}
		// Its turn has come, whenever it would be looked at for itself.
		v.Source, v.Listed, v.Due = r.Name, r.now, r.now
		visits = append(visits, v)
	}
	r.health.Items, r.health.Listed, r.report.Items = len(visits), r.now, len(visits)
	_, err = r.Store.Follow(ctx, index.Step{Visits: visits})
	return err
}

// list reads a source's list, and stores what it names together with the word that it was read: a crash between would lose the items,
// since the server says next time that nothing has changed. The error is of the store only.
func (r *round) list(ctx context.Context) error {
	a, listing, err := r.ask(ctx, r.Address, index.Visit{ETag: r.health.ETag, Modified: r.health.Modified}, true)
	if err != nil {
		r.report.Err = err
		return nil
	}
	var maps []index.Visit // site maps of an index
	if a.Same {
		r.report.Same, r.report.Items = true, r.health.Items
		if r.Kind != Sitemap {
			return nil
		}
		// The index is as it was; what it leads to need not be.
		was, err := r.Store.Listed(ctx, r.Name, r.health.Listed)
		if err != nil {
			return err
		}
		maps = slices.DeleteFunc(was, func(v index.Visit) bool { return !v.Sitemap })
		if len(maps) == 0 {
			return nil
		}
	} else {
		if maps, err = r.mapsOf(ctx, &listing); err != nil {
			return err
		}
	}
	same, err := r.inside(ctx, maps, &listing)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return nil
	}
	return r.named(ctx, a, listing, maps, same)
}

// mapsOf takes the site maps out of an index's listing.
func (r *round) mapsOf(ctx context.Context, l *index.Listing) (maps []index.Visit, err error) {
	var urls []string
	var items []index.Item
	for _, i := range l.Items {
		if !i.Sitemap {
			items = append(items, i)
		} else if len(urls) < maxMaps {
			urls = append(urls, i.URL)
			maps = append(maps, index.Visit{URL: i.URL, Item: i, Sitemap: true, Source: r.Name, Found: r.now})
		}
	}
	if len(maps) == 0 {
		return nil, nil
	}
	known, err := r.Store.Visited(ctx, urls)
	if err != nil {
		return nil, err
	}
	for i, m := range maps {
		if v, ok := known[index.AddressKey(m.URL)]; ok {
			v.Item, v.Sitemap = m.Item, true
			maps[i] = v
		}
	}
	l.Items = items
	return maps, nil
}

// inside reads the site maps of an index. What a map named that says that it is the same stays named.
func (r *round) inside(ctx context.Context, maps []index.Visit, l *index.Listing) (same bool, err error) {
	for i := range maps {
		v := &maps[i]
		v.Listed = r.now
		if err := r.mayTake(v.URL); err != nil {
			r.warn("site map %s is left out: %v", v.URL, err)
			continue
		}
		a, inner, err := r.ask(ctx, v.URL, *v, false)
		if ctx.Err() != nil {
			return false, nil
		}
		if err != nil {
			v.Tries, v.Error = v.Tries+1, err.Error()
			r.warn("site map %s: %v", v.URL, err)
			same = true // what it named before is not gone
			continue
		}
		v.Tries, v.Error, v.Fetched = 0, "", r.now
		if a.Same {
			same = true
			continue
		}
		v.ETag, v.Modified = a.ETag, a.Modified
		for _, item := range inner.Items {
			if !item.Sitemap { // an index in an index is against the protocol
				l.Items = append(l.Items, item)
			}
		}
		l.Left, l.Unread = l.Left+inner.Left, l.Unread+inner.Unread
	}
	return same, nil
}

// ask gets a list and reads it.
func (r *round) ask(ctx context.Context, address string, was index.Visit, own bool) (a Answer, l index.Listing, err error) {
	what := aList
	if r.Kind == Sitemap {
		what = aSitemap
	}
	a, err = r.Client.Get(ctx, Request{URL: address, What: what, Own: own, ETag: was.ETag, Modified: was.Modified})
	if err != nil || a.Same {
		return a, l, err
	}
	b := index.Body{Data: a.Data, Charset: a.Charset, URL: a.URL, Cut: a.Cut}
	switch r.Kind {
	case Feed:
		l, err = r.Reader.Feed(b, r.items())
	case Sitemap:
		l, err = r.Reader.Sitemap(b, max(r.items(), maxMaps))
	default:
		l, err = r.Reader.Links(b)
	}
	a.Data = nil
	return a, l, err
}

func (r *round) items() int { return cmp.Or(r.Items, defaultItems) }

// mayTake reports whether an address that was found may be followed: a link to the source's own host, where that is not public, is
// followed only if the config file allows links there.
func (r *round) mayTake(address string) error { return r.Client.MayLink(address) }

// named stores what a list names. same says that a part of it was not read, since it has not changed.
func (r *round) named(ctx context.Context, a Answer, l index.Listing, maps []index.Visit, same bool) error {
	items, urls := r.chosen(l)
	known, err := r.Store.Visited(ctx, urls)
	if err != nil {
		return err
	}
	listed := map[string]bool{}
	var visits []index.Visit
	var reads []index.Reading
	for _, i := range items {
		key := index.AddressKey(i.URL)
		v, ok := known[key]
		if ok && v.Source != r.Name {
			if v.Source != "" && (r.Names == nil || slices.Contains(r.Names, v.Source)) {
				continue // another source follows it already
			}
			v.Source = r.Name
		}
		if ok && v.Sitemap {
			continue
		}
		listed[key] = true
		switch {
		case !ok:
			v = index.Visit{URL: i.URL, Source: r.Name, Found: r.now, Item: i, Due: r.now}
		case v.Item.Stamp != i.Stamp || !v.Gone.IsZero():
			v.Item, v.Due = i, r.now
			if again := v.Fetched.Add(time.Hour); r.Text != "feed" && v.Gone.IsZero() && v.Fetched.After(v.Changed) && again.After(r.now) {
				v.Due = again // the list said so the last time, and it was not so: some say it of all their pages, always
			}
		}
		v.Listed = r.now
		if r.Text == "feed" {
			if v.Due.Equal(r.now) {
				if article, err := r.Reader.Item(i, r.Address); err == nil {
					reads = append(reads, r.spare(len(visits), r.stated(article, i)))
				}
				v.Fetched = r.now
			}
			v.Due = time.Time{}
		}
		visits = append(visits, v)
	}
	was, err := r.Store.Listed(ctx, r.Name, r.health.Listed)
	if err != nil {
		return err
	}
	for _, v := range was {
		if listed[index.AddressKey(v.URL)] || v.Sitemap {
			continue
		}
		if same { // it may stand in a map that was not read
			v.Listed = r.now
		} else if v.Gone.IsZero() && r.Text != "feed" {
			v.Due = r.now // it is named no more: is it gone?
		}
		visits = append(visits, v)
	}
	visits = append(visits, maps...)
	h := r.health
	h.ETag, h.Modified, h.Listed, h.Items = a.ETag, a.Modified, r.now, len(items)
	if same {
		h.Items = max(h.Items, r.health.Items)
	}
	r.report.Items = h.Items
	counts, err := r.Store.Follow(ctx, index.Step{Health: &h, Visits: visits, Reads: reads})
	if err == nil {
		r.health = h
		r.report.Counts = r.report.Counts.Plus(counts)
	}
	return err
}

// chosen are the items of a list that may be articles, each once, at most as many as the source takes.
func (r *round) chosen(l index.Listing) (items []index.Item, urls []string) {
	seen, bad, left := map[string]bool{}, 0, l.Left
	why := error(nil)
	for _, i := range l.Items {
		key := index.AddressKey(i.URL)
		if seen[key] || r.match != nil && !r.match.MatchString(i.URL) || r.skip != nil && r.skip.MatchString(i.URL) {
			continue
		}
		seen[key] = true
		if err := r.mayTake(i.URL); err != nil {
			bad, why = bad+1, err
			continue
		}
		if len(items) == r.items() {
			left++
			continue
		}
		i.Lang = cmp.Or(i.Lang, r.Lang)
		items, urls = append(items, i), append(urls, i.URL)
	}
	if left > 0 {
		r.warn("%d items are taken, %d more are left out; items = … in the config file sets another limit", len(items), left)
	}
	if bad > 0 {
		r.warn("%d items have no usable address and are left out, as %v", bad, why)
	}
	if l.Unread > 0 {
		r.warn("%d items have no address that can be read and are left out", l.Unread)
	}
	if l.Warning != "" {
		r.warn("%s", l.Warning)
	}
	if len(items) == 0 && r.Kind == List {
		r.warn("none of the %d links of the page fits match", len(l.Items))
	}
	return items, urls
}
