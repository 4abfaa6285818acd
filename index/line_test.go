package index_test

import (
	"fmt"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/index"
)

// A line is all that stands around a match in its paragraph, cut at words; matches side by side are one.
func TestLines(t *testing.T) {
	text := "Меморандум туралы\nЕкі жақ меморандумға қол қойды.\n\nБасқа сөз.\nҚос диплом бағдарламасы: қос дипломды студенттер меморандум"
	both := index.Or{word("меморандум"), index.And{word("қос"), word("диплом")}}
	var got []string
	for _, l := range index.Lines(both, text, analysis.KK, nil, 14, func() (*analysis.Text, []index.Mention) { return analysis.Read(text, analysis.KK), nil }) {
		got = append(got, fmt.Sprintf("%d %s[%s]%s", l.Nth, l.Left, l.Match, l.Right))
		if text[l.Start:l.Start+len(l.Match)] != l.Match {
			t.Errorf("%s does not stand at %d", l.Match, l.Start)
		}
	}
	want := []string{
		"0 [Меморандум]туралы",
		"1 Екі жақ[меморандумға]қол қойды.",
		"2 [Қос диплом]бағдарламасы…",
		"2 …[қос дипломды]студенттер…",
		"2 …студенттер[меморандум]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
