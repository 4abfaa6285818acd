package russian

import (
	"archive/zip"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"math"
)

var errMsgpack = errors.New("word frequencies: not the msgpack that is expected")

// readFrequencies gives occurrences of folded words in a billion, from the wheel wordfreq: a msgpack list whose item n is the
// list of words of frequency 10^(-n/100).
func readFrequencies(wheel *zip.Reader) (map[string]float64, error) {
	f, err := wheel.Open("wordfreq/data/large_ru.msgpack.gz")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	m := &msgpack{b: b}
	buckets := m.array()
	m.skipMap() // {"format": "cB", "version": 1}
	for i := range max(buckets-1, 0) {
		freq := math.Pow(10, 9-float64(i)/100)
		for range m.array() {
			if w := fold(m.str()); spellable(w) {
				out[w] += freq
			}
		}
		if m.bad {
			return nil, errMsgpack
		}
	}
	return out, nil
}

// msgpack reads the few kinds of values that the list is made of.
type msgpack struct {
	b   []byte
	bad bool
}

func (m *msgpack) bytes(n int) []byte {
	if m.bad || n > len(m.b) {
		m.bad = true
		return make([]byte, min(n, 8))
	}
	out := m.b[:n]
	m.b = m.b[n:]
	return out
}

func (m *msgpack) array() int {
	switch c := m.bytes(1)[0]; {
	case c>>4 == 9:
		return int(c & 15)
	case c == 0xdc:
		return int(binary.BigEndian.Uint16(m.bytes(2)))
	case c == 0xdd:
		return int(binary.BigEndian.Uint32(m.bytes(4)))
	}
	m.bad = true
	return 0
}

func (m *msgpack) str() string {
	switch c := m.bytes(1)[0]; {
	case c>>5 == 5:
		return string(m.bytes(int(c & 31)))
	case c == 0xd9:
		return string(m.bytes(int(m.bytes(1)[0])))
	}
	m.bad = true
	return ""
}

// skipMap passes over a small map of strings to strings or small numbers.
func (m *msgpack) skipMap() {
	c := m.bytes(1)[0]
	if c>>4 != 8 {
		m.bad = true
		return
	}
	for range int(c & 15) {
		m.str()
		if len(m.b) > 0 && m.b[0] < 128 {
			m.bytes(1)
			continue
		}
		m.str()
	}
}
