package index_test

import (
	"testing"

	"kelisim/index"
)

func TestWeights(t *testing.T) {
	w := index.DefaultWeights()
	if w.Share <= 0 || w.Share >= 1 || w.NameWeight < 1 || w.Saturation <= 0 {
		t.Errorf("weights are %+v", w)
	}
	if err := w.Set("share", ".5"); err != nil || w.Share != .5 {
		t.Errorf("share is %v, %v", w.Share, err)
	}
	for name, value := range map[string]string{"nosuch": "1", "share": "much"} {
		if err := w.Set(name, value); err == nil {
			t.Errorf("%s=%s is taken", name, value)
		}
	}
	if index.DefaultWeights().Share == .5 {
		t.Error("a changed copy changes the default")
	}
}
