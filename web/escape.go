package web

import (
	"bytes"
	"html/template"
	"strings"
)

// The escapers of html/template that our pages have, by the names that it puts behind a value. They write what its own give, byte for byte,
// which a fuzz test compares; they write it into the page, where those make a string each.
const (
	escHTML   = "_html_template_htmlescaper"
	escScript = "_html_template_jsvalescaper"
	escAttr   = "_html_template_attrescaper"
)

var escapers = map[string]func(out *bytes.Buffer, s string){
	escHTML:                               escapeText,
	escAttr:                               escapeText,
	"_html_template_rcdataescaper":        escapeText,
	"_html_template_urlescaper" + escAttr: escapePart,
	"_html_template_urlfilter" + "_html_template_urlnormalizer" + escAttr: escapeAddress,
}

// inText is what stands for a byte in text and in quoted attributes; "" where it stands for itself. inAddress is the same of the address of a
// link, inPart of a part of one.
var inText, inAddress, inPart = escapes()

// inRun is inText as template.HTMLEscapeString has it.
var inRun = func() [256]string { t := inText; t['+'] = ""; return t }()

func escapes() (text, address, part [256]string) {
	for c, s := range map[byte]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"} {
		text[c] = s
	}
	const hex = "0123456789abcdef"
	for i := range 256 {
		c := byte(i)
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0:
			continue
		}
		part[c] = "%" + string([]byte{hex[c>>4], hex[c&15]})
		if address[c] = part[c]; strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0 {
			address[c] = text[c]
		}
	}
	return text, address, part
}

func escapeWith(of *[256]string, out *bytes.Buffer, s string) {
	done := 0
	for i := range len(s) {
		if e := of[s[i]]; e != "" {
			out.WriteString(s[done:i])
			out.WriteString(e)
			done = i + 1
		}
	}
	out.WriteString(s[done:])
}

func escapeText(out *bytes.Buffer, s string) { escapeWith(&inText, out, s) }
func escapePart(out *bytes.Buffer, s string) { escapeWith(&inPart, out, s) }

// escapeAddress writes the address of a link: one that a browser might run stands for nothing, and what is escaped already stays so.
func escapeAddress(out *bytes.Buffer, s string) {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") &&
		!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
		s = "#ZgotmplZ"
	}
	done := 0
	for i := range len(s) {
		e := inAddress[s[i]]
		if e == "" || s[i] == '%' && i+2 < len(s) && hexed(s[i+1]) && hexed(s[i+2]) {
			continue
		}
		out.WriteString(s[done:i])
		out.WriteString(e)
		done = i + 1
	}
	out.WriteString(s[done:])
}

func hexed(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// script is a page of data for programs: so rarely asked for that html/template writes it.
var script = template.Must(template.New("").Parse(opened + "{{.}}" + closed))

const opened, closed = "<script>", "</script>"

// writeData writes data into a script.
func writeData(out *bytes.Buffer, data any) {
	begin := out.Len()
	if script.Execute(out, data) != nil {
		out.Truncate(begin)
		return
	}
	out.Truncate(out.Len() - len(closed))
	b := out.Bytes()[begin:]
	out.Truncate(begin + copy(b, b[len(opened):]))
}
