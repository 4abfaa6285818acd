package query

import (
	"encoding/base64"
	"encoding/json"

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

func decode(s string) (*index.Cursor, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, index.ErrCursor
	}
	var c index.Cursor
	if err := json.Unmarshal(b, &c); err != nil || c.ID == "" {
		return nil, index.ErrCursor
	}
	return &c, nil
}
