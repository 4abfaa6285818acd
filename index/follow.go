package index

import (
	_ "embed"
	"net/url"
	"strings"
	"time"
)

//go:embed tracking.txt
var trackingText string

// tracking are the parameters of tracking.txt.
var tracking = func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(trackingText) {
		if !strings.HasPrefix(line, "#") {
			for _, name := range strings.Fields(line) {
				out[name] = true
			}
		}
	}
	return out
}()

// Item is what a feed, a site map or a list says of an article.
type Item struct {
	URL     string `json:"url,omitempty"`
	Title   string `json:"title,omitempty"`
	Body    string `json:"body,omitempty"` // plain text, often a summary
	Lang    string `json:"lang,omitempty"`
	Outlet  string `json:"outlet,omitempty"`
	Dated   string `json:"dated,omitempty"` // as stated
	Stamp   string `json:"stamp,omitempty"` // another where the list says that the article is another now
	Sitemap bool   `json:"list,omitempty"`  // no article, but a further site map
}

// Listing is what stands at a source's address.
type Listing struct {
	Items   []Item
	Left    int    // items beyond the most that are taken
	Unread  int    // items without a usable address
	Warning string // what was odd about it, "" nothing
}

// FromFeed is how an article was read (Article.How) that is only what a feed says of it.
const FromFeed = "a feed"

// Found is an article read from its page.
type Found struct {
	Article Article
	// Main is the address of the story itself where the page is another form of it: for phones (AMP), in Latin or Arabic letters; else
	// the page's own, canonical one.
	Main string
	// Others are the same story's other addresses and its translations, as the page states them.
	Others []Alternate
}

// Alternate is another address of a story.
type Alternate struct {
	URL  string
	Lang string // BCP 47
	Same bool   // the same text in another form or script, no translation
}

// Health is how a source does.
type Health struct {
	Source        string // its name in the config file
	Kind, Address string
	Tried         time.Time // when it was last asked
	Success       time.Time // when that last went well
	Fresh         time.Time // when it last had something new
	Next          time.Time // when it is due
	Every         time.Duration
	Items         int       // in its last listing
	Failed        int       // failures since the last success
	Error         string    // the last failure, "" where the last time went well
	Silent        time.Time // since when it is silent though it should not be; zero: it is not
	Listed        time.Time // when its list was last read: what Visit.Listed of its items is
	ETag          string
	Modified      string // Last-Modified, as stated

	Articles, Waiting, Gone, Faulty int // of its addresses: with an article, still to be read, gone, failed; counted by the archive
}

// Visit is what is known of an address that a source named.
type Visit struct {
	URL      string
	Source   string
	Article  string // the id of the article there, "" none yet
	Item     Item   // what its source says of it
	Sitemap  bool
	Found    time.Time // when it was first named
	Listed   time.Time // when its source last named it
	Fetched  time.Time // when it last answered
	Changed  time.Time // when its text was last another
	Due      time.Time // when it is to be looked at again; zero: never
	ETag     string
	Modified string
	Tries    int    // failures in a row
	Error    string // the last failure
	Gone     time.Time
}

// Step is a piece of following, stored whole or not at all.
type Step struct {
	Health *Health              // nil: as it was
	Visits []Visit              // new, or as they are now
	Reads  []Reading            // of some of the visits
	Held   map[string]time.Time // hosts that asked to be left alone until then
}

// Reading is an article read at an address.
type Reading struct {
	Visit   int // in Step.Visits
	Article Article
	Main    string      // the address of the story itself: see Found
	Others  []Alternate // see Found
	Spare   bool        // what the feed says: it stands in only until the page itself was read
}

// AddressKey tells addresses apart as sites do: without scheme, «www.», fragment, a slash at the end, and without what only tells
// where a reader came from («utm_source»).
func AddressKey(address string) string {
	if strings.HasPrefix(address, "/") { // a file of a folder that is followed
		return address
	}
	u, err := url.Parse(CleanAddress(address))
	if err != nil {
		return address
	}
	key := strings.TrimPrefix(u.Host, "www.") + strings.TrimSuffix(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		key += "?" + u.RawQuery
	}
	return key
}

// CleanAddress is an address without its fragment and without what only tells where a reader came from; its host is in small letters.
func CleanAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return address
	}
	u.Fragment, u.RawFragment = "", ""
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if p := u.Port(); p == "80" && u.Scheme == "http" || p == "443" && u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":"+p)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	if u.RawQuery != "" {
		var kept []string
		for p := range strings.SplitSeq(u.RawQuery, "&") {
			if name, _, _ := strings.Cut(strings.ToLower(p), "="); p != "" && !tracking[name] && !strings.HasPrefix(name, "utm_") {
				kept = append(kept, p)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	u.ForceQuery = false
	return u.String()
}

// Body is what a server answered with.
type Body struct {
	Data    []byte // unpacked
	Charset string // that the server states, "" none
	URL     string // where it stands in the end
	Cut     bool   // there was more than is read
}

// Counts are what became of readings.
type Counts struct{ Added, Changed, Unchanged, Refused int }

// Plus adds others.
func (c Counts) Plus(o Counts) Counts {
	return Counts{c.Added + o.Added, c.Changed + o.Changed, c.Unchanged + o.Unchanged, c.Refused + o.Refused}
}
