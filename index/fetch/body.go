package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

const (
	// What grows more than two hundredfold was packed to do harm; text grows five to twenty times. Below bombSize it does none.
	bombRatio = 200
	bombSize  = 2 << 20 // bytes
)

// unpacked reads an answer's body up to a limit; cut says that there was more. files says that it may be a packed file (.xml.gz).
func unpacked(body io.Reader, encoding string, limit int64, files bool) (data []byte, cut bool, err error) {
	wire := &counter{r: body}
	var in io.Reader = wire
	// A server may pack once. More often is an attack, or a fault that nobody else could read either.
	switch e := strings.ToLower(strings.TrimSpace(encoding)); e {
	case "", "identity":
	case "gzip", "x-gzip":
		if in, err = gzip.NewReader(wire); err != nil {
			return nil, false, fmt.Errorf("unpack gzip: %w", err)
		}
	case "br":
		in = brotli.NewReader(wire)
	default:
		return nil, false, fmt.Errorf("packed with %.40q, which was not asked for", encoding)
	}
	data, cut, err = read(in, wire, limit)
	if err == nil && files && bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		inner := &counter{r: bytes.NewReader(data)}
		if in, err = gzip.NewReader(inner); err != nil {
			return nil, false, fmt.Errorf("unpack gzip: %w", err)
		}
		return read(in, inner, limit)
	}
	return data, cut, err
}

// read reads in up to a limit. Where what comes out is far more than what goes in, it gives up early.
func read(in io.Reader, packed *counter, limit int64) (data []byte, cut bool, err error) {
	var out bytes.Buffer
	for {
		n, err := io.CopyN(&out, in, min(256<<10, limit+1-int64(out.Len())))
		switch {
		case int64(out.Len()) > limit:
			return out.Bytes()[:limit], true, nil
		case int64(out.Len()) > bombSize && int64(out.Len()) > bombRatio*packed.n:
			return nil, false, fmt.Errorf("%w: unpacked it is over %d times larger, which no text is", ErrLimit, bombRatio)
		case errors.Is(err, io.EOF):
			return out.Bytes(), false, nil
		case err != nil:
			return nil, false, err
		case n == 0:
			return out.Bytes(), false, nil
		}
	}
}

// counter counts what was read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
