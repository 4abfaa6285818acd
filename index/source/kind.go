package source

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Kind is a form of file.
type Kind string

// The kinds. As gives one by its name.
const (
	SeedFile  Kind = "seed"  // « date YYYY-MM-DD Title», then a paragraph a line
	TextFile  Kind = "text"  // a text without such a line
	JSONLines Kind = "jsonl" // an object a line
	JSONFile  Kind = "json"  // an array of objects, or objects over several lines
	CSVFile   Kind = "csv"
	TSVFile   Kind = "tsv"
	PageFile  Kind = "html"
	MHTMLFile Kind = "mhtml"
	WARCFile  Kind = "warc"
	zipFile   Kind = "zip"
)

// Kinds are those that may be given.
var Kinds = []Kind{SeedFile, TextFile, JSONLines, JSONFile, CSVFile, TSVFile, PageFile, MHTMLFile, WARCFile}

// KindOf is a kind by its name.
func KindOf(name string) (Kind, error) {
	if k := Kind(strings.ToLower(name)); slices.Contains(Kinds, k) {
		return k, nil
	}
	return "", fmt.Errorf("the kind %s is not known; known are %s", quoted(name), join(Kinds))
}

func join(kinds []Kind) string {
	var s []string
	for _, k := range kinds {
		s = append(s, string(k))
	}
	return strings.Join(s, ", ")
}

func (k Kind) words() string {
	switch k {
	case SeedFile:
		return "a text with a date line"
	case TextFile:
		return "a text"
	case JSONLines:
		return "JSON lines"
	case JSONFile:
		return "JSON"
	case CSVFile, TSVFile:
		return strings.ToUpper(string(k))
	case PageFile:
		return "a web page"
	case MHTMLFile:
		return "a web page in one file"
	case WARCFile:
		return "a WARC"
	}
	return string(k)
}

//go:embed data/endings.txt
var endingsText string

var endings = func() map[string]Kind {
	out := map[string]Kind{}
	for line := range strings.Lines(endingsText) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			out["."+f[0]] = Kind(f[1])
		}
	}
	return out
}()

// hint is what a file's name speaks for, "" where nothing; packing («.gz», «.zst») is looked past.
func hint(name string) Kind { return endings[strings.ToLower(filepath.Ext(unpacked(name)))] }

// unpacked is a file's name without the ending of its packing.
func unpacked(name string) string {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".gz", ".zst", ".zstd", ".gzip":
		return name[:len(name)-len(ext)]
	}
	return name
}

var (
	pageMark = regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|article|div|p|h1|meta|title)[\s>]`)
	feedMark = regexp.MustCompile(`(?i)<(?:rss|feed|urlset|sitemapindex|rdf:rdf)[\s>]`)
	mimeMark = regexp.MustCompile(`(?i)(?m)^content-type:\s*multipart/related`)
	mailLine = regexp.MustCompile(`^[!-9;-~]+:`) // the head of a mail begins so, and few texts do
	itemMark = regexp.MustCompile(`(?i)<(?:item|entry)[\s>/]`)
	pretty   = regexp.MustCompile(`^\s*\{\s*$|[\[{,]\s*$`)
)

// recognise tells a kind by the beginning of a file's text; the name counts only where the content leaves a doubt.
func (r *Reader) recognise(head []byte, name string) (Kind, error) {
	text, said := bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \t\r\n\f\v\u00a0"), hint(name)
	first, rest, whole := bytes.Cut(text, []byte("\n"))
	switch {
	case bytes.HasPrefix(text, []byte("WARC/1.")), bytes.HasPrefix(text, []byte("WARC/0.")):
		return WARCFile, nil
	case len(text) > 0 && text[0] == '{':
		rest = bytes.TrimSpace(rest)
		switch {
		case said == JSONLines:
			return JSONLines, nil
		case !whole && len(head) == headSize: // the end of its first line is not in sight
			if said == JSONFile {
				return JSONFile, nil
			}
			return JSONLines, nil
		case json.Valid(first) && len(rest) == 0, !json.Valid(first) && (said == JSONFile || pretty.Match(first)):
			return JSONFile, nil
		}
		return JSONLines, nil
	case len(text) > 0 && text[0] == '[' && (said == JSONFile || arrayOf.Match(text)):
		return JSONFile, nil
	case bytes.HasPrefix(text, []byte("<")) && feedMark.Match(text) && !pageMark.Match(text[:min(len(text), 1024)]):
		return "", fmt.Errorf("a feed or a list of pages, not an article")
	case len(text) > 0 && text[0] == '<' && pageMark.Match(text):
		return PageFile, nil
	case mailLine.Match(first) && mimeMark.Match(text[:min(len(text), 8192)]) && bytes.Contains(bytes.ToLower(text[:min(len(text), 8192)]), []byte("mime-version")):
		return MHTMLFile, nil
	case header.Match(first):
		return SeedFile, nil
	case said == CSVFile || said == TSVFile || said == JSONLines || said == JSONFile:
		return said, nil
	case r.isTable(text):
		return CSVFile, nil
	case said == PageFile:
		return said, nil
	}
	return TextFile, nil
}

var arrayOf = regexp.MustCompile(`^\[\s*(?:\{|\]|$)`)
