package main_test

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// hostileCase is a row of testdata/http.tsv.
type hostileCase struct{ id, method, target, headers, body, status, forbid, require, note string }

func hostileCases(t *testing.T, path string) (out []hostileCase) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "id\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 9 {
			t.Fatalf("%s: %q has %d columns", path, line, len(f))
		}
		out = append(out, hostileCase{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]})
	}
	return out
}

// beside finds a file of the folder shared, which lies beside the project where there is one; "" where there is none.
func beside(name string) string {
	for up := filepath.Join("..", ".."); len(up) < len("../../../../../x"); up = filepath.Join(up, "..") {
		if path := filepath.Join(up, "shared", name); isThere(path) {
			return path
		}
	}
	return ""
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Whatever comes at the public surface gets a safe answer: the rows of testdata/http.tsv, and those of shared/hostile where it is there.
func TestHostileRequests(t *testing.T) {
	cases := hostileCases(t, "testdata/http.tsv")
	if more := beside("hostile/cases.tsv"); more != "" {
		cases = append(cases, hostileCases(t, more)...)
	}
	data := t.TempDir()
	must(t, data, "index", seedsFolder, "testdata/hostile.jsonl")
	s := serve(t, data)
	at := strings.TrimPrefix(s.base, "http://")
	at = "127.0.0.1" + at[strings.LastIndex(at, ":"):]
	t.Run("rows", func(t *testing.T) {
		for _, c := range cases {
			t.Run(c.id, func(t *testing.T) {
				if c.method == "SLOW" || c.method == "RAW" {
					t.Parallel() // they wait
				}
				for _, bad := range c.judge(c.send(t, at)) {
					t.Errorf("%s %.100s [%s]: %s", c.method, c.target, c.note, bad)
				}
			})
		}
	})
	if status, _ := s.get("/readyz"); status != http.StatusOK {
		t.Errorf("after all that it says %d\n%s", status, s.log)
	}
	if log := s.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "panic") {
		t.Error("the log has errors")
	}
}

var (
	repeated = regexp.MustCompile(`(?s)\{rep:(.*?):(\d+)\}`)
	counting = regexp.MustCompile(`\{seq:(.*?):(\d+)\}`)
	escaped  = regexp.MustCompile(`\\(x[0-9a-fA-F]{2}|[rnt0\\])`)
)

// raw makes the bytes of a column.
func raw(s string) string {
	s = repeated.ReplaceAllStringFunc(s, func(m string) string {
		f := repeated.FindStringSubmatch(m)
		n, _ := strconv.Atoi(f[2])
		return strings.Repeat(f[1], n)
	})
	s = counting.ReplaceAllStringFunc(s, func(m string) string {
		f := counting.FindStringSubmatch(m)
		n, _ := strconv.Atoi(f[2])
		var all []string
		for i := range n {
			all = append(all, f[1]+strconv.Itoa(i))
		}
		return strings.Join(all, "+")
	})
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		if m[1] == 'x' {
			b, _ := strconv.ParseUint(m[2:], 16, 8)
			return string([]byte{byte(b)})
		}
		return map[byte]string{'r': "\r", 'n': "\n", 't': "\t", '0': "\x00", '\\': "\\"}[m[1]]
	})
}

// request is what is written to the socket.
func (c hostileCase) request(host string) string {
	if c.method == "RAW" || c.method == "SLOW" {
		return raw(c.body)
	}
	var quoted strings.Builder
	for _, r := range c.target {
		if r < 128 {
			quoted.WriteRune(r)
			continue
		}
		for _, b := range []byte(string(r)) {
			fmt.Fprintf(&quoted, "%%%02X", b)
		}
	}
	body, head := "", c.method+" "+raw(quoted.String())+" HTTP/1.1\r\n"
	if c.body != "-" {
		body = raw(c.body)
	}
	has := func(name string) bool { return strings.Contains("\r\n"+strings.ToLower(head), "\r\n"+name+":") }
	if c.headers != "-" {
		for h := range strings.SplitSeq(c.headers, " || ") {
			head += raw(strings.ReplaceAll(h, "{host}", host)) + "\r\n"
		}
	}
	if !has("host") {
		head += "Host: " + host + "\r\n"
	}
	if !has("connection") {
		head += "Connection: close\r\n"
	}
	if body != "" && !has("content-length") && !has("transfer-encoding") {
		head += fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	return head + "\r\n" + body
}

// hostileAnswer is what came back.
type hostileAnswer struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
	fault  string // of the connection
}

func (c hostileCase) send(t *testing.T, at string) (a hostileAnswer) {
	t.Helper()
	limit := 20 * time.Second
	if m := regexp.MustCompile(`limit:(\d+)`).FindStringSubmatch(c.note); m != nil {
		s, _ := strconv.Atoi(m[1])
		limit = time.Duration(s) * time.Second
	}
	limit *= 3 // the machine is shared with other tests
	began := time.Now()
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatalf("%s: the server is gone: %v", c.id, err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(began.Add(limit))
	text := c.request(at)
	if c.method == "SLOW" {
		ended := make(chan struct{})
		go func() { // a byte a second until the server hangs up
			defer close(ended)
			for i := range len(text) {
				if _, err := io.WriteString(conn, text[i:i+1]); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
		defer func() { conn.Close(); <-ended }()
	} else {
		go func() { _, _ = io.WriteString(conn, text) }()
	}
	all, err := io.ReadAll(io.LimitReader(conn, 8<<20))
	a.took = time.Since(began)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		a.fault = "the connection does not end"
	}
	for bytes.HasPrefix(all, []byte("HTTP/1.1 1")) { // informational
		_, all, _ = bytes.Cut(all, []byte("\r\n\r\n"))
	}
	if len(all) == 0 {
		return a
	}
	method := c.method
	if method == "RAW" || method == "SLOW" {
		method = http.MethodGet
	}
	r := bufio.NewReader(bytes.NewReader(all))
	res, err := http.ReadResponse(r, &http.Request{Method: method})
	if err != nil {
		a.fault = fmt.Sprintf("no HTTP: %v: %.60q", err, all)
		return a
	}
	defer res.Body.Close()
	a.status, a.header = res.StatusCode, res.Header
	if a.body, err = io.ReadAll(res.Body); err != nil {
		a.fault = cmp.Or(a.fault, "the answer breaks off: "+err.Error())
	}
	if rest, _ := io.ReadAll(r); method != http.MethodConnect && len(rest) > 0 {
		a.fault = cmp.Or(a.fault, fmt.Sprintf("a second answer: %.60q", rest))
	}
	return a
}

func (a hostileAnswer) isOneOf(want string) bool {
	return slices.ContainsFunc(strings.Split(want, "|"), func(w string) bool {
		switch {
		case a.status == 0:
			return w == "close" && a.fault == ""
		case strings.HasSuffix(w, "xx"):
			return strconv.Itoa(a.status)[:1] == w[:1]
		}
		return w == strconv.Itoa(a.status)
	})
}

// leaks are what no answer may have: pieces of our insides.
var leaks = []string{"goroutine ", "runtime error", "panic:", "runtime/debug", ".go:", "root.bolt", "index_meta.json", "/home/", "/root/", "/var/lib/", "/usr/local/go", "no such file"}

// judge names what is wrong with an answer.
func (c hostileCase) judge(a hostileAnswer) (bad []string) {
	wrong := func(format string, args ...any) { bad = append(bad, fmt.Sprintf(format, args...)) }
	if a.fault != "" {
		wrong("%s", a.fault)
	}
	if !a.isOneOf(c.status) {
		wrong("status %d, expected %s", a.status, c.status)
	}
	if a.status == 0 {
		return bad
	}
	if a.status >= 500 && a.status != 501 && a.status != 505 && (a.status != 503 || a.header.Get("Retry-After") == "") {
		wrong("server error %d", a.status)
	}
	text, kind := string(a.body), a.header.Get("Content-Type")
	for _, l := range leaks {
		if strings.Contains(text, l) {
			wrong("leaks %q", l)
		}
	}
	// What net/http could not parse it answers itself: no handler of ours hears of it.
	unparsed := slices.Contains([]int{400, 413, 431, 501, 505}, a.status) && strings.HasPrefix(kind, "text/plain") && a.header.Get("X-Content-Type-Options") == ""
	if !unparsed && !strings.Contains(c.note, "!headers") {
		bad = append(bad, headersOf(a)...)
	}
	if strings.HasPrefix(kind, "text/html") {
		bad = append(bad, unsafeMarkup(text)...)
	}
	if to := a.header.Get("Location"); regexp.MustCompile(`(?i)^([a-z][a-z0-9+.-]*:|//|/\\)`).MatchString(to) {
		wrong("redirects away: %s", to)
	}
	for _, w := range columnWords(c.forbid) {
		if a.has(w) {
			wrong("has %s", w)
		}
	}
	for _, w := range columnWords(c.require) {
		if why := a.lacks(w); why != "" {
			wrong("%s", why)
		}
	}
	return bad
}

func columnWords(s string) []string {
	if s == "-" || s == "" {
		return nil
	}
	return strings.Split(s, " && ")
}

func headersOf(a hostileAnswer) (bad []string) {
	h := a.header
	kind := strings.ToLower(h.Get("Content-Type"))
	if h.Get("X-Content-Type-Options") != "nosniff" && a.status != http.StatusNotModified {
		bad = append(bad, "no nosniff")
	}
	if len(a.body) > 0 && (kind == "" || strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset=utf-8")) {
		bad = append(bad, "no charset: "+kind)
	}
	for _, name := range []string{"Set-Cookie", "X-Powered-By", "Server"} {
		if h.Get(name) != "" {
			bad = append(bad, "has "+name)
		}
	}
	if strings.HasPrefix(kind, "text/html") {
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors"} {
			if !strings.Contains(csp, want) {
				bad = append(bad, "the policy lacks "+want)
			}
		}
		if strings.Contains(csp, "unsafe") || h.Get("Referrer-Policy") == "" {
			bad = append(bad, "the policy allows unsafe things, or there is no Referrer-Policy")
		}
	}
	for name, values := range h {
		if strings.ContainsAny(name+strings.Join(values, ""), "\r\n\x00") {
			bad = append(bad, "a control character in "+name)
		}
	}
	return bad
}

// unsafeMarkup names what a page must not have: script of its own, handlers, styles, addresses that run.
func unsafeMarkup(text string) (bad []string) {
	links := []string{"href", "src", "action", "formaction", "srcset", "poster", "background", "xlink:href"}
	z := html.NewTokenizer(strings.NewReader(text))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		tag := z.Token()
		attr := map[string]string{}
		for _, x := range tag.Attr {
			attr[x.Key] = x.Val
			run := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, x.Val))
			if strings.HasPrefix(x.Key, "on") || x.Key == "style" ||
				slices.Contains(links, x.Key) && (strings.HasPrefix(run, "javascript:") || strings.HasPrefix(run, "vbscript:") || strings.HasPrefix(run, "data:")) {
				bad = append(bad, fmt.Sprintf("%s=%.40q on <%s>", x.Key, x.Val, tag.Data))
			}
		}
		switch tag.Data {
		case "object", "embed", "applet", "base", "iframe":
			bad = append(bad, "<"+tag.Data+">")
		case "script":
			if _, ok := attr["src"]; !ok && !strings.Contains(attr["type"], "json") {
				bad = append(bad, "script in the page")
			}
		case "meta":
			if strings.EqualFold(attr["http-equiv"], "refresh") {
				bad = append(bad, "meta refresh")
			}
		}
	}
	return bad
}

// has reports whether an answer has a text, or a header: «hdr:Name» or «hdr:Name=part of its value».
func (a hostileAnswer) has(word string) bool {
	name, ok := strings.CutPrefix(word, "hdr:")
	if !ok {
		return strings.Contains(string(a.body), raw(word))
	}
	name, part, _ := strings.Cut(name, "=")
	return len(a.header.Values(name)) > 0 && strings.Contains(strings.ToLower(strings.Join(a.header.Values(name), ", ")), strings.ToLower(part))
}

var formula = regexp.MustCompile(`^\s*[=+\-@\t\r\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]`)

// lacks says what an answer lacks, "" where it has it.
func (a hostileAnswer) lacks(word string) string {
	bound := func(prefix string) (float64, bool) {
		s, ok := strings.CutPrefix(word, prefix)
		n, err := strconv.ParseFloat(s, 64)
		return n, ok && err == nil
	}
	if s, ok := bound("time<"); ok {
		// Tests share the machine: what is looked for are seconds without end. cost-… rows are measured by run.py.
		if took := a.took.Seconds(); took > 30*s {
			return fmt.Sprintf("took %.1f s, %s", took, word)
		}
		return ""
	}
	if n, ok := bound("size<"); ok {
		if float64(len(a.body)) >= n {
			return fmt.Sprintf("%d bytes, %s", len(a.body), word)
		}
		return ""
	}
	var err error
	switch word {
	case "@PREV":
	case "json:ok":
		err = json.Unmarshal(a.body, new(any))
	case "jsonl:ok":
		for line := range bytes.Lines(a.body) {
			err = errors.Join(err, json.Unmarshal(line, new(any)))
		}
	case "xml:ok":
		d := xml.NewDecoder(bytes.NewReader(a.body))
		for err == nil {
			_, err = d.Token()
		}
		if err == io.EOF {
			err = nil
		}
	case "csv:formula":
		rows, e := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.body), "\ufeff"))).ReadAll()
		if e != nil && a.status == http.StatusOK {
			err = e
		}
		for _, cell := range slices.Concat(rows...) {
			if _, number := strconv.ParseFloat(cell, 64); formula.MatchString(cell) && number != nil {
				err = fmt.Errorf("a cell begins as a formula: %.40q", cell)
			}
		}
	default:
		if !a.has(word) {
			return "lacks " + word
		}
	}
	if err != nil {
		return fmt.Sprintf("%s: %v", word, err)
	}
	return ""
}
