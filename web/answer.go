package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"kelisim/index"
)

// answerTime bounds one answer where Config does not; a query that takes longer holds up others. The worst need under a second of
// a core by themselves; the rest is for the others of a busy machine.
const answerTime = 5 * time.Second

// policy lets a page load our own style, script and pictures, ask our own API, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// ask is one request on its way through a handler.
type ask struct {
	ctx context.Context
	r   *http.Request
	request
	w     *words
	notes []index.Note // on how its query was read

	beside []placedNote // on how those beside it were
}

// view is a page ready to be drawn: the name of its template, and what that shows.
type view struct {
	page   string
	data   any
	status int // 0 means 200
}

type (
	pageHandler func(a *ask) (view, error)
	apiHandler  func(a *ask) (any, error)
)

// ask reads and checks a request. The ask is whole enough to draw an error for.
func (s *server) ask(r *http.Request) (*ask, error) {
	req, err := parse(r)
	a := &ask{ctx: r.Context(), r: r, request: req, w: allWords[languageOf(r, req.HL)]}
	if err == nil {
		err = s.check(a)
	}
	if err == nil {
		err = s.building(a.w)
	}
	return a, err
}

// within does one piece of work for an ask: it waits for room, and gives the work the server's AnswerTime. What is made is sent
// behind it, so that a slow reader keeps nobody out.
func (s *server) within(a *ask, do func() error) error {
	leave, err := s.gate.enter(a.ctx, heavy(a.Text))
	if err != nil {
		return err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(a.ctx, s.AnswerTime)
	defer cancel()
	defer func(outer context.Context) { a.ctx = outer }(a.ctx)
	a.ctx = ctx
	return do()
}

// work answers a request.
func (s *server) work(r *http.Request, answer func(a *ask) error) (*ask, error) {
	a, err := s.ask(r)
	if err == nil {
		err = s.within(a, func() error { return answer(a) })
	}
	return a, err
}

// page adapts a handler of pages: it draws what the handler gives or its error.
func (s *server) page(h pageHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var v view
		body := bodies.Get().(*bytes.Buffer)
		defer func() {
			if body.Reset(); body.Cap() <= mostBody {
				bodies.Put(body)
			}
		}()
		a, err := s.work(r, func(a *ask) (err error) {
			if v, err = h(a); err != nil {
				return err
			}
			return s.pages[a.w.lang].draw(body, v)
		})
		if err != nil {
			s.failPage(w, a, err)
			return
		}
		s.send(w, r, v.status, "text/html; charset=utf-8", body.Bytes())
	})
}

// bodies are what pages are drawn into; one that held an enormous page is not kept.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const mostBody = 1 << 20 // bytes

// failPage answers with the error page. Should even that fail, the one drawn at start-up is sent.
func (s *server) failPage(w http.ResponseWriter, a *ask, err error) {
	f := faultOf(err)
	s.note(a.r, f, err)
	var body bytes.Buffer
	if f.Status == http.StatusInternalServerError || s.pages[a.w.lang].draw(&body, s.failure(a, f)) != nil {
		body.Reset()
		held := ""
		if h := s.held.Load(); h != nil {
			held = "<p>" + string(heldIn(a.w, *h)) + "</p>"
		}
		// A replacer fails as little as the page.
		body.WriteString(strings.NewReplacer(noVisit, visitOf(a.r).ID, noHeld, held).Replace(string(s.broken[a.w.lang])))
	}
	s.sendFault(w, a.r, f, "text/html; charset=utf-8", body.Bytes())
}

// api adapts a handler of the API. Errors are problem details (RFC 9457).
func (s *server) api(h apiHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body []byte
		w.Header().Set("Link", `</openapi.json>; rel="service-desc"; type="application/json"`) // RFC 8631
		a, err := s.work(r, func(a *ask) error {
			v, err := h(a)
			if err != nil {
				return err
			}
			body, err = encode(v)
			return err
		})
		if err != nil {
			s.failAPI(w, a, err)
			return
		}
		s.send(w, r, 0, "application/json; charset=utf-8", body)
	})
}

func (s *server) failAPI(w http.ResponseWriter, a *ask, err error) {
	f := faultOf(err)
	s.note(a.r, f, err)
	body, _ := encode(problem{"about:blank", f.title(a.w), f.Status, f.detail(a.w), visitOf(a.r).ID})
	s.sendFault(w, a.r, f, "application/problem+json; charset=utf-8", body)
}

type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	ID     string `json:"request_id"` // an extension member: what the log has it under
}

// encode writes JSON that reads as it is meant («&» stays «&»): it is never sent as HTML.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return b.Bytes(), nil
}

// note logs what went wrong inside. A reader who went away is no news, and a flood must not fill the log.
func (s *server) note(r *http.Request, f *fault, err error) {
	if slices.Contains([]string{"busy", "rate", "slow"}, f.Key) {
		visitOf(r).Refused = f.Key
	}
	if f.Status >= 500 && f.Key != "busy" && f.Key != "stuck" && !strings.HasPrefix(f.Key, "building") && !errors.Is(err, context.Canceled) {
		s.Log.Error("answer failed", "request", visitOf(r).ID, "path", r.URL.Path, "err", err)
	}
}

func (s *server) sendFault(w http.ResponseWriter, r *http.Request, f *fault, kind string, body []byte) {
	switch f.Status {
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5") // seconds
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "1")
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	}
	s.send(w, r, f.Status, kind, body)
}

// gzipFrom is the size from which packing pays: below it all fits into one packet.
const gzipFrom = 1400 // bytes

// packers pack answers, one after another: what each needs to begin, a megabyte, was a fifth of all that a page allocated. The standard
// library's take .8 ms for a page of 56 kB where these take .3.
var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // a level that there is
	return z
}}

// pack packs a body. A packer is free again before a slow reader takes what it made.
func pack(body []byte) ([]byte, error) {
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	out := bytes.NewBuffer(make([]byte, 0, len(body)/4))
	z.Reset(out)
	if _, err := z.Write(body); err != nil {
		return nil, err
	}
	err := z.Close()
	return out.Bytes(), err
}

// tagOf tells one body from another. It is weak: packed and plain are two forms of one thing.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:8]) + `"`
}

// send writes an answer at once, or, to a reader who has it already, that it is the same.
func (s *server) send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	h.Add("Vary", "Accept-Language")
	h.Add("Vary", "Accept-Encoding")
	if status == 0 {
		tag := cmp.Or(h.Get("ETag"), tagOf(body))
		h.Set("ETag", tag)
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if len(body) >= gzipFrom && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if packed, err := pack(body); err == nil {
			h.Set("Content-Encoding", "gzip")
			body = packed
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if status != 0 {
		w.WriteHeader(status)
	}
	if r.Method != http.MethodHead {
		// The reader may have gone; there is nobody to tell.
		_, _ = w.Write(body)
	}
}

// guard sets the headers of every answer, and turns a panic into an error page.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		v, r := s.visit(r)
		defer s.seen(v, began) // the last of all
		w = meter{w, v}
		h := w.Header()
		h.Set("X-Request-Id", v.ID)
		if v.Secure && s.HSTS > 0 {
			h.Set("Strict-Transport-Security", fmt.Sprintf("max-age=%d", int(s.HSTS.Seconds())))
		}
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.Log.Error("panic", "request", v.ID, "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
			if v.Status != 0 {
				panic(http.ErrAbortHandler) // a page behind the half of a file would be taken for its end
			}
			s.answerFault(w, r, &fault{Status: http.StatusInternalServerError, Key: "broken"})
		}()
		next.ServeHTTP(w, r)
	})
}

// refuse answers every request with a fault.
func (s *server) refuse(f *fault) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.answerFault(w, r, f) })
}

// answerFault answers in the form that the address asks for.
func (s *server) answerFault(w http.ResponseWriter, r *http.Request, f *fault) {
	hl := r.URL.Query().Get("hl")
	a := &ask{ctx: r.Context(), r: r, request: request{Path: "/"}, w: allWords[languageOf(r, hl)]}
	if a.w.lang == hl {
		a.HL = hl
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.failAPI(w, a, f)
		return
	}
	s.failPage(w, a, f)
}
