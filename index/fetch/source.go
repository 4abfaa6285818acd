package fetch

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Kind is what stands at a source's address.
type Kind string

// The kinds of sources.
const (
	Feed    Kind = "feed"    // RSS, Atom or JSON Feed
	Sitemap Kind = "sitemap" // a sitemap, of news or not, or an index of such
	List    Kind = "list"    // a page with links to articles, told by a pattern
	Page    Kind = "page"    // one article, or several under fixed addresses
	Folder  Kind = "folder"  // files on this machine
)

var kinds = []Kind{Feed, Sitemap, List, Page, Folder}

// Duration is a length of time as the config file spells it: "15m", "36h", "7d".
type Duration time.Duration

// UnmarshalText reads what [time.ParseDuration] reads, and days.
func (d *Duration) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	if days, ok := strings.CutSuffix(s, "d"); ok {
		s = days + "h"
		t, err := time.ParseDuration(s)
		if err != nil {
			return errDuration(string(text))
		}
		*d = Duration(24 * t)
		return nil
	}
	t, err := time.ParseDuration(s)
	if err != nil {
		return errDuration(string(text))
	}
	*d = Duration(t)
	return nil
}

// MarshalText spells it as the config file does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d Duration) String() string {
	t := time.Duration(d)
	if t >= 24*time.Hour && t%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", t/(24*time.Hour))
	}
	return t.String()
}

func errDuration(s string) error {
	return fmt.Errorf("%q is no length of time; write it as 90s, 15m, 6h or 7d", s)
}

// Source is a [[source]] of the config file.
type Source struct {
	Name      string   `toml:"name"`      // its own, in letters, digits, dots and hyphens; health is kept under it
	Kind      Kind     `toml:"kind"`      // feed, sitemap, list, page or folder
	Address   string   `toml:"address"`   // http(s), or a folder's path
	Addresses []string `toml:"addresses"` // of a page source with several
	Off       bool     `toml:"off"`       // is not fetched, its articles stay
	Every     Duration `toml:"every"`     // how often; 0: as often as the program is told
	Outlet    string   `toml:"outlet"`    // stated for articles whose page names none
	Lang      string   `toml:"lang"`      // kk, ru, en: likewise
	Match     string   `toml:"match"`     // regular expression: only addresses that it matches are articles; a list needs it
	Skip      string   `toml:"skip"`      // regular expression: addresses that are none
	Text      string   `toml:"text"`      // "page" (default): the page behind an item; "feed": what the feed itself says
	Items     int      `toml:"items"`     // at most so many of a feed or list are taken; 0: 1000
	Pages     int      `toml:"pages"`     // at most so many pages are fetched in one go; 0: 500
	Delay     Duration `toml:"delay"`     // between two requests to its host, if robots.txt asks for no more; 0: that of [fetch]
	Watch     Duration `toml:"watch"`     // how long a page is looked at again for changes; 0: 30 days
	Silent    Duration `toml:"silent"`    // an alarm after so long without anything new; 0: 7 days, or thrice as often as it is fetched
	Relevance float64  `toml:"relevance"` // 0–1: what is less likely about education or agreements is archived, not indexed; 0: everything is
}

// Options is the part [fetch] of the config file: what holds for all sources.
type Options struct {
	Every   Duration `toml:"every"`   // how often a source is fetched that says nothing; 0: 15 minutes
	Contact string   `toml:"contact"` // an address or e-mail that requests name, for whoever minds
	Delay   Duration `toml:"delay"`   // between two requests to one host; 0: 1 s
	Hosts   int      `toml:"hosts"`   // how many hosts are asked at once; 0: 8
	Streams int      `toml:"streams"` // how many requests at once to one host; 0: 1
	Robots  *bool    `toml:"robots"`  // false: robots.txt is not asked for; only for one's own sites
	// Allow are hosts with port, as addresses spell them (127.0.0.1:8080), that may be fetched though they are not public. Links to
	// them are followed only from AllowLinks: a public feed must not lead into a private network.
	Allow      []string `toml:"allow"`
	AllowLinks []string `toml:"allow_links"` // hosts with port that links of feeds and pages may lead to as well
}

// Check names every mistake of a source; nil where there is none. It opens nothing.
func (s Source) Check() (mistakes []error) {
	wrong := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf(format, args...)) }
	switch {
	case s.Name == "":
		wrong("name is missing")
	case strings.ContainsFunc(s.Name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	}):
		wrong("name %q has other characters than letters, digits, dots and hyphens", s.Name)
	}
	switch {
	case s.Kind == "":
		wrong("kind is missing: %s", choice(kinds))
	case !slices.Contains(kinds, s.Kind):
		wrong("kind %q is not known: %s", s.Kind, choice(kinds))
	}
	all := s.all()
	if len(all) == 0 {
		wrong("address is missing")
	}
	if len(all) > 1 && s.Kind != Page {
		wrong("several addresses are for kind page only; write a [[source]] each")
	}
	for _, a := range all {
		if s.Kind == Folder {
			if !filepath.IsAbs(a) {
				wrong("address %q: a folder needs its whole path, beginning with /", a)
			}
			continue
		}
		if _, err := parseAddress(a); err != nil {
			wrong("address %q: %w", a, err)
		}
	}
	for name, pattern := range map[string]string{"match": s.Match, "skip": s.Skip} {
		if _, err := regexp.Compile(pattern); err != nil {
			wrong("%s %q is no regular expression: %w", name, pattern, err)
		}
	}
	if s.Kind == List && s.Match == "" {
		wrong("match is missing: a list needs a regular expression that tells addresses of articles from others")
	}
	if s.Lang != "" && !slices.Contains([]string{"kk", "ru", "en"}, s.Lang) {
		wrong("lang %q is not kk, ru or en", s.Lang)
	}
	if s.Text != "" && s.Text != "page" && s.Text != "feed" {
		wrong("text %q is not page or feed", s.Text)
	}
	if s.Text == "feed" && s.Kind != Feed {
		wrong("text = \"feed\" is for kind feed only")
	}
	for name, d := range map[string]Duration{"every": s.Every, "delay": s.Delay, "watch": s.Watch, "silent": s.Silent} {
		if d < 0 {
			wrong("%s is negative", name)
		}
	}
	if s.Every > 0 && time.Duration(s.Every) < time.Minute && s.Kind != Folder {
		wrong("every %s is less than a minute, which no site should bear", s.Every)
	}
	if s.Items < 0 || s.Items > 100_000 {
		wrong("items %d is not between 1 and 100000", s.Items)
	}
	if s.Pages < 0 || s.Pages > 100_000 {
		wrong("pages %d is not between 1 and 100000", s.Pages)
	}
	if s.Relevance < 0 || s.Relevance > 1 {
		wrong("relevance %v is not between 0 and 1", s.Relevance)
	}
	slices.SortStableFunc(mistakes, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) }) // maps have no order
	return mistakes
}

// Check names every mistake of [fetch].
func (o Options) Check() (mistakes []error) {
	wrong := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf(format, args...)) }
	if o.Every < 0 || o.Every > 0 && time.Duration(o.Every) < time.Minute {
		wrong("every %s is less than a minute", o.Every)
	}
	if o.Delay < 0 {
		wrong("delay is negative")
	}
	if o.Hosts < 0 || o.Hosts > 64 {
		wrong("hosts %d is not between 1 and 64", o.Hosts)
	}
	if o.Streams < 0 || o.Streams > 16 {
		wrong("streams %d is not between 1 and 16", o.Streams)
	}
	if strings.ContainsFunc(o.Contact, unicode.IsControl) {
		wrong("contact has characters that no header may have")
	}
	for _, h := range slices.Concat(o.Allow, o.AllowLinks) {
		if strings.ContainsAny(h, "/@ ") || h == "" {
			wrong("allow %q is not HOST or HOST:PORT as addresses spell it", h)
		}
	}
	return mistakes
}

// CheckAll names every mistake of [fetch] and of sources, each with the source that it is in.
func CheckAll(o Options, sources []Source) error {
	var errs []error
	for _, err := range o.Check() {
		errs = append(errs, fmt.Errorf("[fetch]: %w", err))
	}
	seen := map[string]int{}
	for i, s := range sources {
		name := fmt.Sprintf("[[source]] %d", i+1)
		if s.Name != "" {
			name = fmt.Sprintf("[[source]] %q", s.Name)
			if first, again := seen[s.Name]; again {
				errs = append(errs, fmt.Errorf("%s: the name is that of [[source]] %d already", name, first))
			} else {
				seen[s.Name] = i + 1
			}
		}
		for _, err := range s.Check() {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

func choice(kinds []Kind) string {
	var s []string
	for _, k := range kinds {
		s = append(s, string(k))
	}
	return strings.Join(s[:len(s)-1], ", ") + " or " + s[len(s)-1]
}

// all are the addresses of a source.
func (s Source) all() []string {
	if s.Address == "" {
		return s.Addresses
	}
	return append([]string{s.Address}, s.Addresses...)
}
