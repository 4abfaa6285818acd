package index

import (
	"strconv"
	"strings"
)

// Origin is the file or address of a recorded Path, without the line number that JSONL adds: an article that moves
// inside its file is still from the same place.
func Origin(path string) string {
	if i := strings.LastIndexByte(path, '#'); i >= 0 {
		if _, err := strconv.ParseUint(path[i+1:], 10, 64); err == nil {
			return path[:i]
		}
	}
	return path
}
