package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"kelisim/index"
)

// mapEntry is a <url> or a <sitemap>. The namespaces of extensions are told by their last part: half of all sites misspell them.
type mapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Title       string `xml:"title"`
		Date        string `xml:"publication_date"`
		Publication struct {
			Name string `xml:"name"`
			Lang string `xml:"language"`
		} `xml:"publication"`
	} `xml:"news"`
}

// Sitemap reads a site map, of news or not, or an index of such; of its addresses at most most, the newest.
func (w Web) Sitemap(b index.Body, most int) (l index.Listing, err error) {
	defer unharmed(&err)
	if what := foreign(b.Data); what != "" {
		return l, fmt.Errorf("%w: %s", errNoMap, what)
	}
	text, err := bodyText(b)
	if err != nil {
		return l, err
	}
	if len(text) == 0 || text[0] != '<' {
		return plainMap(text, most)
	}
	if pageMark.Match(text[:min(len(text), 1024)]) || !feedMark.Match(text[:min(len(text), 4096)]) {
		return l, fmt.Errorf("%w: a web page or something else stands there", errNoMap)
	}
	// The protocol allows 50,000 addresses.
	end, _, _, err := outline(text, func(name string) bool { return name == "url" || name == "sitemap" }, 50_001, b.Cut)
	if err != nil {
		return l, err
	}
	d := xml.NewDecoder(bytes.NewReader(text[:end]))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	type dated struct {
		index.Item
		when time.Time
	}
	var all []dated
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if end < len(text) { // it was ended on purpose
				break
			}
			return l, fmt.Errorf("not XML that can be read: %w", err)
		}
		start, ok := t.(xml.StartElement)
		name := strings.ToLower(start.Name.Local)
		if !ok || name != "url" && name != "sitemap" {
			continue
		}
		var e mapEntry
		if err := d.DecodeElement(&e, &start); err != nil {
			if end < len(text) {
				break
			}
			return l, fmt.Errorf("not XML that can be read: %w", err)
		}
		u := absolute(b.URL, e.Loc)
		if checkURL(u) != nil {
			l.Unread++
			continue
		}
		i := index.Item{URL: index.CleanAddress(u), Title: line(e.News.Title), Lang: langOf(e.News.Publication.Lang), Outlet: line(e.News.Publication.Name),
			Dated: line(e.News.Date), Stamp: cut(line(e.LastMod), 40), Sitemap: name == "sitemap"}
		all = append(all, dated{i, mapTime(first(e.LastMod, e.News.Date))})
	}
	// The newest first; of those that state no time, as they stand.
	slices.SortStableFunc(all, func(a, b dated) int { return b.when.Compare(a.when) })
	for i, x := range all {
		if i == most {
			l.Left = len(all) - most
			break
		}
		l.Items = append(l.Items, x.Item)
	}
	return l, nil
}

// mapTime is a time as site maps state it, of which the protocol allows the beginning only.
func mapTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.Parse(form, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// plainMap reads a site map in its other form: an address a line.
func plainMap(text []byte, most int) (l index.Listing, err error) {
	for s := range strings.Lines(string(text)) {
		u := strings.TrimSpace(s)
		switch {
		case u == "":
		case checkURL(u) != nil:
			if len(l.Items) == 0 {
				return l, errNoMap
			}
			l.Unread++
		case len(l.Items) == most:
			l.Left++
		default:
			l.Items = append(l.Items, index.Item{URL: index.CleanAddress(u)})
		}
	}
	if len(l.Items) == 0 {
		return l, errNoMap
	}
	return l, nil
}
