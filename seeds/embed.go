// Package seeds holds the five articles that the project began with, so that the program can show itself.
package seeds

import "embed"

// Files are the seed articles, NAME.txt each.
//
//go:embed *.txt
var Files embed.FS
