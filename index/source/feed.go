package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mmcdole/gofeed"

	"kelisim/index"
)

// Bounds of XML: what a feed or a site map that somebody wrote for readers never reaches.
const (
	maxDepth      = 64  // elements one inside another
	maxAttributes = 200 // of an element
	maxItemBody   = 256 << 10
)

var (
	errNoFeed   = errors.New("not a feed")
	errNoMap    = errors.New("not a site map")
	errEntities = errors.New("it declares entities of its own, which no feed needs and attacks use")
)

// outline walks over XML without building anything of it. It fails on what is built to do harm, and on what ends too early. Where at
// least most of the elements called item end, it gives the offset behind the last of them and the elements open there.
func outline(text []byte, item func(name string) bool, most int, cut bool) (end int, open []string, items int, err error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	for {
		t, err := d.RawToken()
		if err != nil {
			at := int(d.InputOffset())
			if errors.Is(err, io.EOF) && len(open) == 0 {
				return len(text), nil, items, nil
			}
			switch {
			case cut:
				return 0, nil, items, errCut(len(text))
			case at >= len(text)-1:
				return 0, nil, items, fmt.Errorf("it was cut: it ends inside <%s>", strings.Join(open, "><"))
			}
			return 0, nil, items, fmt.Errorf("not XML that can be read: %w", err)
		}
		switch t := t.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("<!ENTITY")) {
				return 0, nil, items, errEntities
			}
		case xml.StartElement:
			if len(t.Attr) > maxAttributes {
				return 0, nil, items, fmt.Errorf("line %d: <%s> has %d attributes, which nobody writes", lineAt(text, int(d.InputOffset())), cut40(t.Name.Local), len(t.Attr))
			}
			open = append(open, full(t.Name))
			if len(open) > maxDepth {
				return 0, nil, items, fmt.Errorf("line %d: more than %d elements one inside another", lineAt(text, int(d.InputOffset())), maxDepth)
			}
		case xml.EndElement:
			name := full(t.Name)
			for i := len(open) - 1; i >= 0; i-- {
				if open[i] == name { // what was left open inside ends with it
					open = open[:i]
					break
				}
			}
			if item(strings.ToLower(t.Name.Local)) {
				if items++; items == most {
					return int(d.InputOffset()), open, items, nil
				}
			}
		}
	}
}

func full(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

func cut40(s string) string { return cut(s, 40) }

// Feed reads an RSS, Atom or JSON feed; at most most of its items, as they stand in it.
func (w Web) Feed(b index.Body, most int) (l index.Listing, err error) {
	defer unharmed(&err)
	if what := foreign(b.Data); what != "" {
		return l, fmt.Errorf("%w: %s", errNoFeed, what)
	}
	text, err := bodyText(b)
	if err != nil {
		return l, err
	}
	head := text[:min(len(text), 4096)]
	switch {
	case len(text) > 0 && text[0] == '{':
		if b.Cut {
			return l, errCut(len(text))
		}
		if err := shallow(text); err != nil {
			return l, err
		}
	case gofeed.DetectFeedType(bytes.NewReader(head)) == gofeed.FeedTypeUnknown:
		what := "text"
		switch {
		case pageMark.Match(head):
			what = "a web page"
		case feedMark.Match(head):
			what = "a site map"
		case len(text) == 0:
			what = "nothing"
		}
		return l, fmt.Errorf("%w: %s stands there", errNoFeed, what)
	default:
		end, open, _, err := outline(text, func(name string) bool { return name == "item" || name == "entry" }, most, b.Cut)
		if err != nil {
			return l, err
		}
		if end < len(text) && len(open) > 0 {
			if len(bytes.TrimSpace(text[end:])) > 0 && itemMark.Match(text[end:]) {
				l.Left = max(1, len(itemMark.FindAll(text[end:], -1)))
			}
			text = text[:end:end]
			for i := len(open) - 1; i >= 0; i-- {
				text = fmt.Appendf(text, "</%s>", open[i])
			}
		}
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		return l, fmt.Errorf("not a feed that can be read: %w", err)
	}
	for i, it := range feed.Items {
		if i == most {
			l.Left += len(feed.Items) - most
			break
		}
		if item, ok := itemOf(it, feed, b.URL); ok {
			l.Items = append(l.Items, item)
		} else {
			l.Unread++
		}
	}
	if len(l.Items) == 0 && b.Cut {
		return l, errCut(len(b.Data))
	}
	return l, nil
}

// shallow fails on JSON with more brackets one inside another than a feed has.
func shallow(text []byte) error {
	depth, inside := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case !inside && (c == '{' || c == '['):
			if depth++; depth > maxDepth {
				return fmt.Errorf("more than %d brackets one inside another", maxDepth)
			}
		case !inside && (c == '}' || c == ']'):
			depth--
		}
	}
	return nil
}

// itemOf is what a feed says of an article; ok is false where it gives no address.
func itemOf(it *gofeed.Item, feed *gofeed.Feed, from string) (i index.Item, ok bool) {
	for _, u := range append([]string{it.Link}, append(it.Links, it.GUID)...) {
		if u = absolute(from, u); checkURL(u) == nil && strings.TrimSpace(u) != "" {
			i.URL = index.CleanAddress(u)
			break
		}
	}
	if i.URL == "" {
		return i, false
	}
	i.Title = line(unmarked(it.Title))
	body := it.Content
	if len(body) < len(it.Description) {
		body = it.Description
	}
	i.Body = cut(strings.Trim(plain(unmarked(body)), "\n"), maxItemBody)
	i.Outlet, i.Lang = line(unmarked(feed.Title)), langOf(feed.Language)
	if dc := it.DublinCoreExt; dc != nil && len(dc.Language) > 0 {
		i.Lang = langOf(dc.Language[0])
	}
	i.Dated = line(first(it.Published, it.Updated))
	sum := sha256.Sum256([]byte(i.Title + "\x00" + i.Body + "\x00" + it.Updated))
	i.Stamp = hex.EncodeToString(sum[:8])
	return i, true
}

// langOf is the language of a tag: «kk» of «kk-KZ», «» of what is no tag.
func langOf(tag string) string {
	l, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(line(tag)), "_", "-"), "-")
	if l == "kz" { // the country's code in the place of the language's is the commonest fault of Kazakh sites
		l = "kk"
	}
	if len(l) != 2 && len(l) != 3 {
		return ""
	}
	return l
}
