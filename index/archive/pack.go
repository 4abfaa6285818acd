package archive

import (
	_ "embed"
	"sync"
	"unsafe"

	"github.com/klauspost/compress/zstd"
)

// Bodies are two thirds of an archive. Packed they take a third of that, at 40 µs an article to write and some 10 µs to read,
// which SQLite saves by reading fewer pages. Each is a frame of its own, with a dictionary that is no reader's text: see data/README.md.

//go:embed data/1.dict
var dictionary1 []byte

// leastPacked is the least size of a body that is packed: shorter ones stay readable for everybody.
const leastPacked = 256 // bytes

// mostUnpacked bounds what a harmed frame may claim.
const (
	mostUnpacked = 1 << 30 // bytes
	mostTrusted  = 1 << 20 // bytes: what is made room for before it is read
)

var packing = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary1), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<20))
	if err != nil {
		panic(err) // a wrong option in this file
	}
	return e
})

var unpacking = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderDicts(dictionary1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(mostUnpacked),
		zstd.WithDecoderConcurrency(0))
	if err != nil {
		panic(err) // a wrong option in this file
	}
	return d
})

// pack gives a body for the columns body and packed.
func pack(body string) (plain string, packed []byte) {
	if len(body) < leastPacked {
		return body, nil
	}
	packed = packing().EncodeAll([]byte(body), make([]byte, 0, len(body)/2))
	if len(packed) >= len(body) {
		return body, nil
	}
	return "", packed
}

// unpack gives the body of what pack gave. What cannot be unpacked is no body: its hash tells.
func unpack(plain string, packed []byte) string {
	if len(packed) == 0 {
		return plain
	}
	var h zstd.Header
	if err := h.Decode(packed); err != nil {
		return ""
	}
	body, err := unpacking().DecodeAll(packed, make([]byte, 0, min(h.FrameContentSize, mostTrusted)))
	if err != nil {
		return ""
	}
	return unsafe.String(unsafe.SliceData(body), len(body)) // nobody else has the bytes
}
