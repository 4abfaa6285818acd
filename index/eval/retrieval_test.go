package eval_test

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"kelisim/index/eval"
)

func TestRetrieval(t *testing.T) {
	c, err := eval.ReadCollection(fstest.MapFS{
		"docs.jsonl": {Data: []byte(`{"id":"a","text":"мәтін"}` + "\n" + `{"id":"b","title":"т","body":"мәтін","published":"2025-11"}` + "\n\n")},
		"queries.jsonl": {Data: []byte(`{"qid":"q1","type":"kk","query":"сөз","params":{"lang":"kk","country":["EE","CN"]}}
{"qid":"q2","type":"ru","query":"слово"}
{"qid":"unjudged","query":"слово"}`)},
		"qrels.tsv": {Data: []byte("q1\ta\t1\nq1\tb\t2\nq1\tc\t0\nq2 0 a 1\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Articles) != 2 || c.Articles[0].Body != "мәтін" || c.Articles[1].Published.String() != "2025-11" {
		t.Errorf("documents are %+v", c.Articles)
	}
	if len(c.Topics) != 2 || c.Topics[0].Params.Encode() != "country=EE&country=CN&lang=kk" {
		t.Errorf("topics are %+v", c.Topics)
	}
	run, err := eval.ReadRun(strings.NewReader("q1 Q0 c 2 9 x\nq1 Q0 a 1 1 x\nq1 Q0 b 3 1 x\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := c.Measure(run)
	// Gains 1 at the first place and 3 at the third, of 3 and 1 at best.
	ndcg := (1 + 3/math.Log2(4)) / (3 + 1/math.Log2(3))
	if f := got[0]; math.Abs(f.NDCG-ndcg) > 1e-9 || f.MRR != 1 || f.Recall != 1 || f.None != 0 {
		t.Errorf("q1 has %+v, want nDCG %f", f, ndcg)
	}
	if got[1] != (eval.Figures{None: 1}) {
		t.Errorf("q2 found nothing and has %+v", got[1])
	}
	var b strings.Builder
	if err := run.Write(&b, c); err != nil || !strings.HasPrefix(b.String(), "q1 Q0 a 1 3 kelisim\nq1 Q0 c 2 2 kelisim\n") {
		t.Errorf("written: %v %s", err, b.String())
	}
}

func TestBootstrap(t *testing.T) {
	if i, p := eval.Bootstrap([]float64{.5, .5, .5}); i != (eval.Interval{Mean: .5, Low: .5, High: .5}) || p != 0 {
		t.Errorf("equal values have %+v, p %f", i, p)
	}
	if i, p := eval.Bootstrap([]float64{-1, 1, -1, 1}); i.Mean != 0 || i.Low >= 0 || i.High <= 0 || p < .5 {
		t.Errorf("values around 0 have %+v, p %f", i, p)
	}
}
