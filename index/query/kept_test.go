package query

import (
	"fmt"
	"sync"
	"testing"
)

// What was used last is remembered, up to the sum of sizes; what is too large is made each time.
func TestKept(t *testing.T) {
	var k kept[string, string]
	made := map[string]int{}
	ask := func(key string, size int) {
		if v := k.of(key, size, 100, func() string { made[key]++; return "v" + key }); v != "v"+key {
			t.Errorf("%s gives %s", key, v)
		}
	}
	for i := range 25 {
		ask(fmt.Sprint(i), 5)
		ask("0", 5)
		ask("large", 50)
	}
	ask("24", 5)
	ask("1", 5)
	if made["0"] != 1 || made["24"] != 1 || made["1"] != 2 || made["large"] != 25 {
		t.Errorf("made %v", made)
	}
	if k.size != 100 || len(k.at) != 20 || k.order.Len() != 20 {
		t.Errorf("%d bytes of %d keys", k.size, len(k.at))
	}
}

func TestKeptBeside(t *testing.T) {
	var k kept[int, int]
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 500 {
				key := (i*7 + g) % 40
				if v := k.of(key, 1, 20, func() int { return key * key }); v != key*key {
					t.Errorf("%d gives %d", key, v)
				}
			}
		})
	}
	all.Wait()
	if k.size != len(k.at) || k.size > 20 {
		t.Errorf("%d bytes of %d keys", k.size, len(k.at))
	}
}
