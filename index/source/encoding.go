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
	cyrillic = []charset{ // in the order of how often they are met: of equals the first is believed
		{name: "windows-1251", decode: of(charmap.Windows1251)},
		{name: "KZ-1048", decode: kz1048},
		{name: "KOI8-R", decode: of(charmap.KOI8R)},
		{name: "IBM866", decode: of(charmap.CodePage866)},
		{name: "ISO-8859-5", decode: of(charmap.ISO8859_5)},
	}
)

func of(e encoding.Encoding) func() transform.Transformer {
	return func() transform.Transformer { return e.NewDecoder() }
}

//go:embed data/kz1048.txt
var kz1048Text string

// kazakhLetters are the letters of KZ-1048 by those that the same bytes have in windows-1251.
var kazakhLetters = func() map[rune]rune {
	out := map[rune]rune{}
	for line := range strings.Lines(kz1048Text) {
		if f := strings.Fields(line); len(f) == 3 && f[0] != "#" {
			from, _ := utf8.DecodeRuneInString(f[1])
			out[from], _ = utf8.DecodeRuneInString(f[2])
		}
	}
	return out
}()

func kz1048() transform.Transformer {
	return transform.Chain(charmap.Windows1251.NewDecoder(), &letters{kazakhLetters})
}

// letters replaces letters of UTF-8 text.
type letters struct{ by map[rune]rune }

func (*letters) Reset() {}

func (l *letters) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && !atEOF && !utf8.FullRune(src[nSrc:]) {
			return nDst, nSrc, transform.ErrShortSrc
		}
		if to, ok := l.by[r]; ok {
			r = to
		}
		if nDst+utf8.UTFMax > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
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
		return charset{}, fmt.Errorf("the encoding %s is not known; known are UTF-8, UTF-16, windows-1251, KZ-1048, KOI8-R, IBM866 and those of HTML", quoted(name))
	}
	if known, err := htmlindex.Name(e); err == nil {
		name = known
	}
	return charset{name: name, decode: of(e)}, nil
}

// encodingOf tells how a file is encoded by its beginning: what a mark at its start says, then whether it is UTF-8, then which
// of the encodings of Cyrillic letters gives words. ok is false for what is no text.
func encodingOf(head []byte) (c charset, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16le, true
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16be, true
	case bytes.HasPrefix(head, bom):
		return utf8Set, true
	}
	if bytes.IndexByte(head, 0) >= 0 {
		if c, ok := unmarked16(head); ok {
			return c, true
		}
	}
	valid, invalid := 0, 0
	control := 0
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		switch {
		case r == utf8.RuneError && size == 1 && !utf8.FullRune(head[i:]):
		case r == utf8.RuneError && size == 1:
			invalid++
		case size > 1:
			valid++
		case r < ' ' && !strings.ContainsRune("\t\n\r\f\v\x1a\x1b", r):
			control++
		}
		i += size
	}
	if control > len(head)/50+2 {
		return utf8Set, false
	}
	// A text of UTF-8 with a few damaged bytes is still that: in another encoding hardly two bytes side by side look like it.
	if invalid == 0 || valid > 2*invalid {
		return utf8Set, true
	}
	best, least := cyrillic[0], -1
	for _, c := range cyrillic {
		if n := oddities(c, head); least < 0 || n < least {
			best, least = c, n
		}
	}
	best.guessed = true
	return best, true
}

// unmarked16 knows UTF-16 without a mark: the upper bytes of Cyrillic and Latin text are 04 and 00, on one side always.
func unmarked16(head []byte) (charset, bool) {
	var upper [2]int
	n := len(head) / 2
	for i := range 2 * n {
		if b := head[i]; b == 0 || b == 4 || b == 0x20 && head[i^1] > 0x20 {
			upper[i%2]++
		}
	}
	le, be := utf16le, utf16be
	le.guessed, be.guessed = true, true
	switch {
	case n >= 4 && upper[1] > n*9/10 && upper[0] < n/2:
		return le, true
	case n >= 4 && upper[0] > n*9/10 && upper[1] < n/2:
		return be, true
	}
	return charset{}, false
}

// native are the letters of Kazakh and Russian; others in a Cyrillic text are rare.
const native = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәіңғүұқөһ"

// oddities counts what no Kazakh or Russian text has, read in an encoding: a capital behind a small letter, letters of other
// alphabets, signs inside words, and runs of capitals cost a little.
func oddities(c charset, head []byte) (n int) {
	text, _, _ := transform.Bytes(c.decode(), head)
	var before rune
	for _, r := range string(text) {
		small, letter := unicode.ToLower(r), unicode.IsLetter(r)
		switch {
		case r < utf8.RuneSelf:
		case r == utf8.RuneError || unicode.IsControl(r) || r >= 0x2500 && r < 0x25ff:
			n += 5
		case letter && !strings.ContainsRune(native, small):
			n += 4
		case letter && unicode.IsUpper(r) && unicode.IsLower(before):
			n += 3
		case letter && unicode.IsUpper(r) && unicode.IsUpper(before):
			n++
		case !letter && unicode.IsLetter(before) && !strings.ContainsRune("»”“’–—…\u00a0\u00ad\u0301№", r):
			n += 2
		}
		before = r
	}
	return n
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
