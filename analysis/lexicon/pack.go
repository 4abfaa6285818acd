package lexicon

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"kelisim/analysis"
)

// The columns of a list of words, and of the table of terms.
const (
	wordColumns = "kk\tru\ten\tweight\tsource"
	termColumns = "id\tkk\tru\ten\tdomain\tnote"
)

// light marks rows of terms.tsv whose words only help others («қол қою»: «put»): they say nothing of what is meant.
const light = "light verb"

// A packed list is three tables, each behind the line that names its columns: words with their stems, texts as the numbers
// of their words, and the lines of the list with the numbers of their texts. Numbers are those of rows, from 0.
const (
	packedWords = "lang\tword\tstems\n"
	packedTexts = "text\n"
	packedLines = wordColumns + "\n"
)

// Pack writes a list of words (kk-ru-en.tsv or one of its kind: columns kk, ru, en, weight, source) or the table of terms
// (terms.tsv: synonyms between bars) as this package embeds it. A packed list may be packed again, when the analyzers have
// changed. The same lines give the same bytes.
func Pack(in io.Reader, out io.Writer) error {
	lines, err := unpacked(in)
	if err != nil {
		return fmt.Errorf("pack words: %w", err)
	}
	words, texts := numbering{of: map[string]int{}}, numbering{of: map[string]int{}}
	var rows strings.Builder
	for _, f := range lines {
		for i, lang := range langs {
			if f[i] == "" {
				continue
			}
			list := strings.Split(f[i], "|")
			for k, text := range list {
				ids := strings.Fields(text)
				for n, w := range ids {
					ids[n] = words.id(string(lang) + "\t" + w)
				}
				list[k] = texts.id(strings.Join(ids, " "))
			}
			f[i] = strings.Join(list, "|")
		}
		rows.WriteString(strings.Join(f, "\t") + "\n")
	}
	var b strings.Builder
	b.WriteString(packedWords)
	for _, w := range words.list {
		lang, word, _ := strings.Cut(w, "\t")
		b.WriteString(w + "\t" + stemsOf(word, analysis.Lang(lang)) + "\n")
	}
	b.WriteString(packedTexts)
	for _, t := range texts.list {
		b.WriteString(t + "\n")
	}
	b.WriteString(packedLines + rows.String())
	// Packed at once, so that the size stands in front and is made room for.
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err == nil {
		_, err = out.Write(z.EncodeAll([]byte(b.String()), nil))
	}
	if err != nil {
		return fmt.Errorf("pack words: %w", err)
	}
	return nil
}

// A numbering gives strings numbers, in the order in which they come.
type numbering struct {
	of   map[string]int
	list []string
}

func (n *numbering) id(s string) string {
	k, ok := n.of[s]
	if !ok {
		k = len(n.list)
		n.of[s] = k
		n.list = append(n.list, s)
	}
	return strconv.Itoa(k)
}

// unpacked reads the lines of a list of words, of the table of terms, or of what Pack made of one, as five cells each.
func unpacked(in io.Reader) ([][]string, error) {
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(string(data), "\x28\xb5\x2f\xfd") { // zstd's first bytes
		if data, err = unzip(data); err != nil {
			return nil, err
		}
	}
	head, body, _ := strings.Cut(string(data), "\n")
	var out [][]string
	switch head {
	case termColumns:
		err = eachRow(body, 6, func(f []string) {
			if !strings.Contains(f[5], light) {
				out = append(out, []string{f[1], f[2], bare(f[3]), "1", "terms"})
			}
		})
	case wordColumns:
		err = eachRow(body, 5, func(f []string) {
			f[2] = bare(f[2])
			out = append(out, f)
		})
	default:
		var p parts
		if p, err = partsOf(string(data)); err == nil {
			out, err = p.unpack()
		}
	}
	return out, err
}

func unzip(data []byte) ([]byte, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return z.DecodeAll(data, nil)
}

func eachRow(body string, cells int, do func([]string)) error {
	for l := range strings.Lines(body) {
		f := strings.Split(strings.TrimSuffix(l, "\n"), "\t")
		if len(f) != cells {
			return fmt.Errorf("%d cells, want %d, in %q", len(f), cells, l)
		}
		do(f)
	}
	return nil
}

// parts are the tables of a packed list.
type parts struct{ words, texts, lines string }

func partsOf(packed string) (p parts, err error) {
	rest, ok := strings.CutPrefix(packed, packedWords)
	if ok {
		p.words, rest, ok = strings.Cut(rest, "\n"+packedTexts)
	}
	if ok {
		p.texts, p.lines, ok = strings.Cut(rest, "\n"+packedLines)
	}
	if !ok {
		return p, fmt.Errorf("neither words, nor terms, nor a packed list")
	}
	return p, nil
}

// unpack writes the numbers out.
func (p parts) unpack() (out [][]string, err error) {
	words, texts := strings.Split(p.words, "\n"), strings.Split(p.texts, "\n")
	look := func(list []string, number string) string {
		n, e := strconv.Atoi(number)
		if e != nil || n < 0 || n >= len(list) {
			err = fmt.Errorf("no row %q", number)
			return ""
		}
		return list[n]
	}
	fault := eachRow(p.lines, 5, func(f []string) {
		for i := range langs {
			if f[i] == "" {
				continue
			}
			list := strings.Split(f[i], "|")
			for k, text := range list {
				ids := strings.Fields(look(texts, text))
				for n, id := range ids {
					_, word, _ := strings.Cut(look(words, id), "\t")
					ids[n], _, _ = strings.Cut(word, "\t")
				}
				list[k] = strings.Join(ids, " ")
			}
			f[i] = strings.Join(list, "|")
		}
		out = append(out, f)
	})
	return out, errors.Join(err, fault)
}

// bare takes off what stands before English words in dictionaries: «to write», «a button».
func bare(en string) string {
	texts := strings.Split(en, "|")
	for i, t := range texts {
		for _, p := range []string{"to ", "a ", "an ", "the "} {
			if rest, ok := strings.CutPrefix(t, p); ok {
				texts[i] = rest
				break
			}
		}
	}
	return strings.Join(texts, "|")
}

// stemsOf gives the stems of what stands between two spaces, as a packed list has them: those of a word are joined by «/»,
// its words («келісім-шарт») by «;».
func stemsOf(field string, lang analysis.Lang) string {
	var words []string
	for _, t := range analysis.Split(field) {
		words = append(words, strings.Join(stems(t, lang), "/"))
	}
	return strings.Join(words, ";")
}

// stems are a token's stem terms in a language, without its prefix; a number's is itself.
func stems(t analysis.Token, lang analysis.Lang) []string {
	if t.Kind == analysis.Number {
		return []string{t.Form}
	}
	t.Lang = lang
	var out []string
	for _, k := range analysis.IndexTerms(t) {
		if s, ok := strings.CutPrefix(k, string(lang)+":"); ok {
			out = append(out, s)
		}
	}
	return out
}
