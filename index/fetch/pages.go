package fetch

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"kelisim/index"
)

// seen is an address that was looked at.
type seen struct {
	visit index.Visit
	found *index.Found
	spare *index.Article
}

// pages looks at the addresses of a source that are due, and stores what it finds in pieces. The error is of the store only.
func (r *round) pages(ctx context.Context) error {
	left := cmp.Or(r.Pages, defaultPages)
	done := map[string]bool{}
	for range 3 { // a page may name another that is the story itself
		due, err := r.Store.Due(ctx, r.Name, r.now, left+len(done)+1)
		if err != nil {
			return err
		}
		due = slices.DeleteFunc(due, func(v index.Visit) bool { return v.Sitemap || done[v.URL] })
		if len(due) > left {
			r.report.Left = 1
			due = due[:left]
		}
		if len(due) == 0 {
			return nil
		}
		for _, v := range due {
			done[v.URL] = true
		}
		left -= len(due)
		if err := r.look(ctx, due); err != nil || ctx.Err() != nil {
			return err
		}
		if n := r.left.Load(); n > 0 {
			r.report.Left = int(n)
			return nil
		}
	}
	return nil
}

// look asks for addresses, several at once where the options say so, and stores what was found in pieces.
func (r *round) look(ctx context.Context, due []index.Visit) error {
	work, results := make(chan index.Visit), make(chan seen)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wait sync.WaitGroup
	hosts := &failing{count: map[string]int{}, why: map[string]error{}}
	for range max(1, r.Client.Streams) {
		wait.Go(func() {
			for v := range work {
				s := r.visit(ctx, v, hosts)
				if ctx.Err() != nil {
					return
				}
				results <- s
			}
		})
	}
	go func() {
		defer close(work)
		for i, v := range due {
			if r.turn > 0 && r.Client.Clock.Now().Sub(r.now) > r.turn {
				r.left.Store(int64(len(due) - i)) // they stay due
				return
			}
			select {
			case work <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() { wait.Wait(); close(results) }()
	var batch []seen
	var failed error
	for s := range results {
		if failed != nil {
			continue // the workers end by themselves
		}
		if batch = append(batch, s); len(batch) >= batchPages {
			if failed = r.keep(ctx, batch); failed != nil {
				cancel()
			}
			batch = batch[:0]
		}
	}
	if failed != nil {
		return failed
	}
	// After a signal, too: what was read is stored.
	return r.keep(context.WithoutCancel(ctx), batch)
}

// failing are hosts whose pages fail one behind another, so that no more of them are asked for in this round.
type failing struct {
	mu    sync.Mutex
	count map[string]int
	why   map[string]error
}

func (f *failing) told(host string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, held := errors.AsType[Hold](err)
	s, status := errors.AsType[Status](err)
	switch {
	case held, errors.Is(err, ErrDown):
		f.why[host] = err
	case err == nil || status && s < 500 || errors.Is(err, ErrRobots):
		f.count[host] = 0
	default:
		if f.count[host]++; f.count[host] >= stopAfter {
			f.why[host] = err
		}
	}
}

func (f *failing) of(host string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.why[host]
}

// visit looks at one address.
func (r *round) visit(ctx context.Context, v index.Visit, hosts *failing) (s seen) {
	now := r.Client.Clock.Now()
	s.visit = v
	host := ""
	if u, err := url.Parse(v.URL); err == nil {
		host = u.Host
	}
	err := hosts.of(host)
	var a Answer
	if err == nil {
		a, err = r.Client.Get(ctx, Request{URL: v.URL, What: aPage, Own: r.Kind == Page, ETag: v.ETag, Modified: v.Modified})
		if ctx.Err() != nil {
			return s
		}
		hosts.told(host, err)
		s.visit.Tries++
	}
	var found index.Found
	if err == nil && !a.Same {
		found, err = r.Reader.Page(index.Body{Data: a.Data, Charset: a.Charset, URL: a.URL, Cut: a.Cut})
	}
	r.judge(&s, a, found, err, now)
	return s
}

// judge says what an answer, or its lack, means for an address.
func (r *round) judge(s *seen, a Answer, found index.Found, err error, now time.Time) {
	v := &s.visit
	status, isStatus := errors.AsType[Status](err)
	hold, held := errors.AsType[Hold](err)
	switch {
	case err == nil:
		v.Fetched, v.Tries, v.Error, v.Gone = now, 0, "", time.Time{}
		v.ETag, v.Modified = a.ETag, a.Modified
		v.Due = r.again(v, now)
		if !a.Same {
			found.Article = r.stated(found.Article, v.Item)
			s.found = &found
			v.Item.Body = "" // the page has it
		}
		return
	case isStatus && status.Gone():
		v.Fetched, v.Tries, v.Error, v.ETag, v.Modified = now, 0, "", "", ""
		if v.Gone.IsZero() {
			v.Gone = now
		}
		v.Due = r.again(v, now)
	case held:
		v.Due, v.Error, v.Tries = hold.Until, err.Error(), max(0, v.Tries-1) // it is no fault of the page
	case errors.Is(err, ErrRobots):
		v.Due, v.Error = now.Add(7*24*time.Hour), err.Error()
	case r.NoText != nil && errors.Is(err, r.NoText):
		v.Fetched, v.Error, v.ETag, v.Modified = now, err.Error(), "", ""
		v.Due = r.again(v, now)
	default:
		v.Error, v.Due = err.Error(), now.Add(backOff(v.Tries))
		if now.Sub(v.Found) > r.watch() {
			v.Due = time.Time{}
		}
	}
	if r.Kind == Page && !v.Due.IsZero() && !held {
		v.Due = now.Add(r.health.Every)
	}
	if v.Article == "" && strings.TrimSpace(v.Item.Title+v.Item.Body) != "" {
		// The news is there already, if only as the feed tells it.
		if article, err := r.Reader.Item(v.Item, r.Address); err == nil {
			article = r.stated(article, v.Item)
			s.spare = &article
		}
	}
}

// backOff is how long an address that failed is left alone.
func backOff(tries int) time.Duration {
	d := 10 * time.Minute
	for range min(tries-1, 6) {
		d *= 3
	}
	return min(d, 24*time.Hour)
}

func (r *round) watch() time.Duration { return cmp.Or(time.Duration(r.Watch), defaultWatch) }

// again is when an address is looked at next: after as long as it is known now, an hour at least, a week at most; what is new changes
// the most. Behind the time that it is watched it is left alone.
func (r *round) again(v *index.Visit, now time.Time) time.Time {
	if r.Kind == Page {
		return now.Add(r.health.Every)
	}
	since := v.Found
	for _, t := range []time.Time{v.Changed, v.Gone} {
		if t.After(since) {
			since = t
		}
	}
	age := now.Sub(since)
	if age > r.watch() {
		return time.Time{}
	}
	return now.Add(min(max(age, time.Hour), 7*24*time.Hour))
}

// stated fills in what a page leaves open with what the feed and the config file say.
func (r *round) stated(a index.Article, i index.Item) index.Article {
	a.Outlet = cmp.Or(a.Outlet, r.Outlet, i.Outlet)
	a.Lang = cmp.Or(a.Lang, i.Lang, r.Lang)
	a.Title = cmp.Or(a.Title, i.Title)
	if a.Published.IsZero() && a.Dated == "" && i.Dated != "" && i.URL != "" {
		if other, err := r.Reader.Item(i, r.Address); err == nil {
			a.Published, a.Dated = other.Published, other.Dated
		}
	}
	return a
}

func (r *round) spare(visit int, a index.Article) index.Reading {
	return index.Reading{Visit: visit, Article: a, Main: a.URL, Spare: true}
}

// keep stores what was seen at some addresses.
func (r *round) keep(ctx context.Context, batch []seen) error {
	if len(batch) == 0 {
		return nil
	}
	var step index.Step
	var mains []string
	for _, s := range batch {
		at := len(step.Visits)
		step.Visits = append(step.Visits, s.visit)
		switch {
		case s.found != nil:
			f := s.found
			step.Reads = append(step.Reads, index.Reading{Visit: at, Article: f.Article, Main: f.Main, Others: f.Others})
			if index.AddressKey(f.Main) != index.AddressKey(f.Article.Path) && r.mayTake(f.Main) == nil {
				mains = append(mains, f.Main)
			}
		case s.spare != nil:
			step.Reads = append(step.Reads, r.spare(at, *s.spare))
		}
		r.count(s)
	}
	known, err := r.Store.Visited(ctx, mains)
	if err != nil {
		return err
	}
	for _, u := range mains {
		key := index.AddressKey(u)
		inBatch := slices.ContainsFunc(step.Visits, func(v index.Visit) bool { return index.AddressKey(v.URL) == key })
		if _, ok := known[key]; !ok && !inBatch {
			step.Visits = append(step.Visits, index.Visit{URL: u, Source: r.Name, Found: r.now, Due: r.now})
		}
	}
	step.Held = r.Client.Held()
	counts, err := r.Store.Follow(ctx, step)
	if err == nil {
		r.report.Counts = r.report.Counts.Plus(counts)
	}
	return err
}

func (r *round) count(s seen) {
	r.report.Looked++
	v := s.visit
	switch {
	case !v.Gone.IsZero() && v.Gone.Equal(v.Fetched):
		r.report.Gone++
		r.warn("%s is gone", v.URL)
	case v.Error != "":
		r.report.Failed++
		if r.report.Failed <= 5 {
			r.warn("%s: %s", v.URL, v.Error)
		}
		if r.Kind == Page {
			r.report.Err = errors.Join(r.report.Err, errors.New(v.URL+": "+v.Error))
		}
	}
}
