package source

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"

	"github.com/nlnwa/gowarc/v3"
)

// warc reads the pages of a WARC file that came with status 200; of a page fetched twice the later is a new version. Other
// records are looked past: pictures, requests, redirects.
func (r *Reader) warc(ctx context.Context, in *input, b *bufio.Reader) error {
	w, err := gowarc.NewWarcFileReaderFromStream(onlyReader{b}, 0, gowarc.WithSyntaxErrorPolicy(gowarc.ErrIgnore),
		gowarc.WithSpecViolationPolicy(gowarc.ErrIgnore), gowarc.WithUnknownRecordTypePolicy(gowarc.ErrIgnore), gowarc.WithBufferMaxMemBytes(maxPage))
	if err != nil {
		r.fail(in, 0, err)
		return nil
	}
	defer w.Close()
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := w.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			r.fail(in, 0, fmt.Errorf("record %d: %w", n, err))
			return nil
		}
		err = r.record(in, rec.WarcRecord, n)
		rec.Close()
		if _, ok := errors.AsType[stop](err); ok {
			return err
		}
		if err != nil {
			r.fail(in, 0, fmt.Errorf("record %d: %w", n, err))
		}
	}
}

// onlyReader hides what else a reader can do: the library would go back to its start.
type onlyReader struct{ io.Reader }

func (r *Reader) record(in *input, rec gowarc.WarcRecord, n int) error {
	block, ok := rec.Block().(gowarc.HttpResponseBlock)
	if rec.Type() != gowarc.Response || !ok || block.HttpStatusCode() != 200 {
		return nil
	}
	head := block.HttpHeader()
	if head == nil {
		return nil
	}
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil || kind != "text/html" && kind != "application/xhtml+xml" {
		return nil
	}
	payload, err := block.PayloadBytes()
	if err != nil {
		return err
	}
	wire, err := readPage(payload)
	if err != nil {
		return err
	}
	if n, err := rec.ContentLength(); err == nil && int64(len(block.ProtocolHeaderBytes())+len(wire)) < n {
		return errors.New("the file ends inside this record; it was cut")
	}
	raw, err := httpBody(wire, chunked.Match(block.ProtocolHeaderBytes()), head.Get("Content-Encoding"))
	if err != nil {
		return err
	}
	in.url = strings.Trim(rec.WarcHeader().Get(gowarc.WarcTargetURI), "<>")
	a, err := r.pageOf(in, raw, params["charset"], place{in.path, n})
	if errors.Is(err, errNoText) {
		r.warn(place{in.path, n}, NoText, in.url+": "+err.Error())
		return nil // most pages of a crawl are lists
	}
	if err != nil {
		return fmt.Errorf("%s: %w", in.url, err)
	}
	if when, err := rec.Date(); err == nil {
		a.Fetched = when.UTC()
	}
	a.Path = fmt.Sprintf("%s#%d", in.path, n)
	return r.yield(in, a)
}

// chunked is what the head of an answer in chunks says; Go's own reader of heads drops that line.
var chunked = regexp.MustCompile(`(?im)^transfer-encoding:.*chunked`)

// httpBody undoes what HTTP did to a page: crawlers keep answers as they came over the wire, or unpacked.
func httpBody(wire []byte, chunked bool, content string) ([]byte, error) {
	if chunked {
		wire = unchunked(wire)
	}
	if !strings.Contains(strings.ToLower(content), "gzip") {
		return wire, nil
	}
	_, text, err := unpack(bufio.NewReader(bytes.NewReader(wire)))
	if err != nil {
		return nil, err
	}
	return readPage(text)
}

// unchunked joins HTTP's chunks; data that has none, since many crawlers join them before, comes back as it is.
func unchunked(data []byte) []byte {
	var out []byte
	rest := data
	for {
		head, after, ok := bytes.Cut(rest, []byte("\r\n"))
		var size int
		if !ok || len(head) > 16 {
			return data
		}
		if _, err := fmt.Sscanf(string(head), "%x", &size); err != nil || size < 0 || size > len(after) {
			return data
		}
		if size == 0 {
			return out
		}
		out = append(out, after[:size]...)
		rest = bytes.TrimPrefix(after[size:], []byte("\r\n"))
	}
}

// mhtml reads a page that a browser saved in one file: its first part that is a page.
func (r *Reader) mhtml(in *input, b *bufio.Reader) error {
	raw, charset, err := mhtmlPage(io.LimitReader(b, 4*maxPage), &in.url)
	if err == nil {
		a, pageErr := r.pageOf(in, raw, charset, place{in.path, 0})
		if err = pageErr; err == nil {
			a.Path = in.path
			return r.yield(in, a)
		}
	}
	r.fail(in, 0, err)
	return nil
}

func mhtmlPage(b io.Reader, address *string) (raw []byte, charset string, err error) {
	m, err := mail.ReadMessage(b)
	if err != nil {
		return nil, "", fmt.Errorf("not MHTML that can be read: %w", err)
	}
	*address = m.Header.Get("Snapshot-Content-Location")
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, "", errors.New("not MHTML that can be read: it names no parts")
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return nil, "", errNoText
		}
		if err != nil {
			return nil, "", fmt.Errorf("not MHTML that can be read: %w", err)
		}
		kind, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil || kind != "text/html" {
			continue
		}
		if *address == "" {
			*address = p.Header.Get("Content-Location")
		}
		var text io.Reader = p
		switch strings.ToLower(p.Header.Get("Content-Transfer-Encoding")) {
		case "quoted-printable":
			text = quotedprintable.NewReader(p)
		case "base64":
			text = base64.NewDecoder(base64.StdEncoding, p)
		}
		raw, err := readPage(text)
		return raw, params["charset"], err
	}
}
