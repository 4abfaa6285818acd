package query

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"kelisim/index"
)

// encode makes an opaque text of a cursor; JSON keeps the score exact.
func encode(c *index.Cursor) string {
	if c == nil {
		return ""
	}
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ErrCursor says that a cursor is not one of ours.
var ErrCursor = fmt.Errorf("cursor is damaged: begin at the first page")

func decode(s string) (*index.Cursor, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, ErrCursor
	}
	var c index.Cursor
	if err := json.Unmarshal(b, &c); err != nil || c.ID == "" {
		return nil, ErrCursor
	}
	return &c, nil
}
