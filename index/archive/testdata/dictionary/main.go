// Dictionary makes what bodies are packed with: go run ./index/archive/testdata/dictionary FOLDER > index/archive/data/1.dict
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/dict"
	"github.com/klauspost/compress/zstd"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		return err
	}
	var texts [][]byte
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if len(text) > 400 { // bytes; shorter ones are lists of facts
			texts = append(texts, text)
		}
	}
	out, err := dict.BuildZstdDict(texts, dict.Options{MaxDictSize: 64 << 10, HashBytes: 6, ZstdDictID: 1, ZstdLevel: zstd.SpeedDefault})
	if err == nil {
		_, err = os.Stdout.Write(out)
	}
	return err
}
