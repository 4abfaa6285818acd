package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// writeTerms writes for each line of in one line with the stem terms of its words.
func writeTerms(out io.Writer, in io.Reader, stems func(string) []string) error {
	r, w := bufio.NewReaderSize(in, 1<<18), bufio.NewWriterSize(out, 1<<18)
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("read standard input: %w", err)
		}
		if len(line) > 0 {
			writeLine(w, strings.TrimRight(string(line), "\r\n"), stems)
			if err := w.WriteByte('\n'); err != nil {
				return fmt.Errorf("write terms: %w", err)
			}
		}
		if err == io.EOF {
			return w.Flush()
		}
		line = line[:0]
	}
}

// writeLine writes the terms of a line. Errors come with the writer's Flush.
func writeLine(w *bufio.Writer, line string, stems func(string) []string) {
	n := 0
	put := func(terms ...string) {
		for _, t := range terms {
			if n > 0 {
				_ = w.WriteByte(' ')
			}
			_, _ = w.WriteString(t)
			n++
		}
	}
	if form, ok := folded(line); ok {
		put(stems(form)...)
		return
	}
	for _, t := range analysis.Split(strings.ToValidUTF8(line, " ")) {
		if t.Kind == analysis.Number {
			put(t.Form)
		} else {
			put(stems(t.Form)...)
		}
	}
}

// folded is the form of a line that is one Cyrillic word and nothing else: what analysis.Split would make of it, at a
// tenth of its cost.
func folded(line string) (form string, ok bool) {
	const longest = 80 // bytes
	if line == "" || len(line) > longest {
		return "", false
	}
	plain := true // lower case without ё already
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if r < 'Ѐ' || r > 'ӿ' || r >= 0x482 && r <= 0x489 {
			return "", false
		}
		plain = plain && r != 'ё' && (r >= 'а' && r <= 'я' || strings.ContainsRune("әіңғүұқөһ", r))
		i += size
	}
	if plain {
		return line, true
	}
	return strings.ReplaceAll(strings.ToLower(line), "ё", "е"), true
}
