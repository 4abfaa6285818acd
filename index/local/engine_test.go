package local_test

import (
	"testing"

	"kelisim/index/enginetest"
	"kelisim/index/local"
)

const schema = 1

func TestEngine(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) enginetest.Engine { return open(t, t.TempDir()) })
}

func open(t *testing.T, dir string) *local.Engine {
	t.Helper()
	e, err := local.Open(dir, schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}
