package web_test

import (
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

func (b tab) here() *url.URL {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		b.t.Fatal(err)
	}
	u, err := url.Parse(s)
	if err != nil {
		b.t.Fatal(err)
	}
	return u
}

// With a mouse a range of dates is drawn over the bars; a click on a bar still chooses that one.
func TestBrowserRange(t *testing.T) {
	b := browser(t, 1280)
	s := seedSite(t)
	b.visit(s.url + "/?hl=en")
	type box struct{ X, Y, Width, Height float64 }
	bars := run[[]box](b, `[...document.querySelectorAll(".histogram a[data-from] rect:first-of-type")].map(r => { const b = r.getBoundingClientRect(); return {X: b.x, Y: b.y, Width: b.width, Height: b.height} })`)
	if len(bars) < 3 {
		t.Fatalf("%d bars", len(bars))
	}
	mouse := func(kind input.DispatchMouseEventType, at box, pressed int64) {
		p := input.DispatchMouseEventParams{Type: kind, X: at.X + at.Width/2, Y: at.Y + at.Height/2, Button: input.MouseButtonLeft, Buttons: pressed, ClickCount: 1}
		if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, p); err != nil {
			t.Fatal(err)
		}
	}
	mouse(input.DispatchMouseEventTypeMousePressed, bars[0], 1)
	mouse(input.DispatchMouseEventTypeMouseMoved, bars[1], 1)
	mouse(input.DispatchMouseEventTypeMouseReleased, bars[1], 0)
	b.do(chromedp.WaitVisible(chromedp.CSS(".chip")))
	if q := b.here().Query(); q.Get("from") != "2025-09" || q.Get("to") != "2025-11" {
		t.Errorf("drawn from September to November, chosen %v", q)
	}
	b.visit(s.url + "/?hl=en")
	mouse(input.DispatchMouseEventTypeMousePressed, bars[1], 1)
	mouse(input.DispatchMouseEventTypeMouseReleased, bars[1], 0)
	b.do(chromedp.WaitVisible(chromedp.CSS(".chip")))
	if q := b.here().Query(); q.Get("from") != "2025-11" || q.Get("to") != "2025-11" {
		t.Errorf("clicked on November, chosen %v", q)
	}
}
