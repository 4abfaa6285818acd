package source

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf16enc "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is how bytes become letters.
type charset struct {
	name    string
	decode  func() transform.Transformer // nil: the bytes are UTF-8
	guessed bool                         // nothing in the file says so
}

var (
	utf8Set  = charset{name: "UTF-8"}
	utf16le  = charset{name: "UTF-16", decode: of(utf16enc.UTF16(utf16enc.LittleEndian, utf16enc.UseBOM))}
	utf16be  = charset{name: "UTF-16", decode: of(utf16enc.UTF16(utf16enc.BigEndian, utf16enc.UseBOM))}
	cyrillic = []charset{ // the commonest first
		{name: "windows-1251", decode: of(charmap.Windows1251)},
		{name: "KZ-1048", decode: varied(1)},
		{name: "KOI8-R", decode: of(charmap.KOI8R)},
		{name: "PTCP154", decode: varied(2)},
		{name: "IBM866", decode: of(charmap.CodePage866)},
		{name: "x-mac-cyrillic", decode: of(charmap.MacintoshCyrillic)},
		{name: "KOI8-U", decode: of(charmap.KOI8U)},
		{name: "ISO-8859-5", decode: of(charmap.ISO8859_5)},
	}
)

// asWindows reports whether Kazakh pages that say windows-1251 mean this encoding: they were written with a font's letters.
func (c charset) asWindows() bool { return c.name == "KZ-1048" || c.name == "PTCP154" }

func of(e encoding.Encoding) func() transform.Transformer {
	return func() transform.Transformer { return e.NewDecoder() }
}

//go:embed data/windows1251.txt
var variantsText string

// varied is an encoding that has other letters than windows-1251 in some places, those of a column of data/windows1251.txt.
func varied(column int) func() transform.Transformer {
	var table letters
	for i := range table {
		table[i] = charmap.Windows1251.DecodeByte(byte(i))
	}
	for line := range strings.Lines(variantsText) {
		if f := strings.Fields(line); len(f) > column && f[0] != "#" && f[column] != "=" {
			at, _ := strconv.ParseUint(f[0], 16, 8)
			table[at], _ = utf8.DecodeRuneInString(f[column])
		}
	}
	return func() transform.Transformer { return &table }
}

// letters are what each byte of an encoding means.
type letters [256]rune

func (*letters) Reset() {}

func (l *letters) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for ; nSrc < len(src); nSrc++ {
		if nDst+utf8.UTFMax > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], l[src[nSrc]])
	}
	return nDst, nSrc, nil
}

// Encodings are the names of those that are met most; those of HTML are known too.
func Encodings() []string {
	out := []string{utf8Set.name, utf16le.name}
	for _, c := range cyrillic {
		out = append(out, c.name)
	}
	return out
}

// KnownEncoding says whether an encoding has this name.
func KnownEncoding(name string) error {
	_, err := charsetOf(name)
	return err
}

// charsetOf is an encoding by its name, as --encoding gives it.
func charsetOf(name string) (charset, error) {
	if strings.EqualFold(name, "utf-8") || strings.EqualFold(name, "utf8") {
		return utf8Set, nil
	}
	for _, c := range append(cyrillic, utf16le) {
		if strings.EqualFold(name, c.name) {
			return c, nil
		}
	}
	e, err := htmlindex.Get(name)
	if err != nil || e == encoding.Replacement {
		return charset{}, fmt.Errorf("the encoding %s is not known; known are %s and those of HTML", quoted(name), strings.Join(Encodings(), ", "))
	}
	if known, err := htmlindex.Name(e); err == nil {
		name = known
	}
	return charset{name: name, decode: of(e)}, nil
}

// encodingOf tells how a file is encoded by its beginning: what a mark at its start says, then whether it is UTF-8, then in which
// encoding it is likeliest to be Kazakh or Russian. ok is false for what is no text.
func encodingOf(head []byte) (c charset, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16le, true
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16be, true
	case bytes.HasPrefix(head, bom):
		return utf8Set, true
	}
	valid, invalid, controls := 0, 0, 0
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		switch {
		case r == utf8.RuneError && size == 1 && !utf8.FullRune(head[i:]):
		case r == utf8.RuneError && size == 1:
			invalid++
		case size > 1:
			valid++
		case control(r):
			controls++
		}
		i += size
	}
	if controls > 0 {
		// Every other byte of UTF-16 is a control; of no other text as many as a few are.
		wide := guess([]charset{utf16le, utf16be}, head)
		if text := string(wide.bytes(head[:len(head)&^1])); len(head) >= 6 && readable(text) {
			return wide, true
		}
		if controls > len(head)/50+2 {
			return utf8Set, false
		}
	}
	// A text of UTF-8 with a few damaged bytes is still that: in another encoding hardly two bytes side by side look like it.
	if invalid == 0 || valid > 2*invalid {
		return utf8Set, true
	}
	return guess(cyrillic, sample(head)), true
}

func control(r rune) bool {
	return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\f\v\x1a\x1b", r)
}

// readable reports whether a text has the usual letters of Cyrillic and Latin, digits and signs, but for one in ten.
func readable(text string) bool {
	n, strange := 0, 0
	for _, r := range text {
		n++
		if control(r) || r == utf8.RuneError || r >= 0x250 && r < 0x400 || r >= 0x500 && r < 0x2000 || r >= 0x2500 {
			strange++
		}
	}
	return strange <= n/10
}

// decoded reads a file's bytes as UTF-8.
func (c charset) reader(r io.Reader) io.Reader {
	if c.decode == nil {
		return r
	}
	return transform.NewReader(r, c.decode())
}

// bytes decodes all of data.
func (c charset) bytes(data []byte) []byte {
	if c.decode == nil {
		return data
	}
	out, _, err := transform.Bytes(c.decode(), data)
	if err != nil {
		return data
	}
	return out
}

func (c charset) String() string {
	if c.guessed {
		return c.name + " (guessed)"
	}
	return c.name
}

//go:embed data/kinds.txt
var kindsText string

// foreign says what a file is that is not read, "" where its beginning is none of data/kinds.txt.
func foreign(head []byte) (what string) {
	longest := 0
	for line := range strings.Lines(kindsText) {
		code, says, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || code == "#" {
			continue
		}
		begin := make([]byte, len(code)/2)
		for i := range begin {
			b, _ := strconv.ParseUint(code[2*i:2*i+2], 16, 8)
			begin[i] = byte(b)
		}
		if len(begin) > longest && bytes.HasPrefix(head, begin) {
			what, longest = strings.TrimSpace(says), len(begin)
		}
	}
	return what
}
