package archive

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzPack(f *testing.F) {
	for _, s := range []string{"", "Келісім", strings.Repeat("Университет меморандумға қол қойды. ", 20), strings.Repeat("x", 100_000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		plain, packed := pack(body)
		if got := unpack(plain, packed); got != body {
			t.Errorf("%q comes back as %q", body, got)
		}
		if len(plain)+len(packed) > len(body) {
			t.Errorf("%d bytes take %d", len(body), len(plain)+len(packed))
		}
		if !utf8.ValidString(unpack("", []byte(body))) && utf8.ValidString(body) { // whatever stands there, nothing panics
			t.Log("a frame of no text")
		}
	})
}
