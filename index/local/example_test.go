package local_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

func Example() {
	dir, err := os.MkdirTemp("", "index")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	e, err := local.Open(dir, 1)
	if err != nil {
		log.Fatal(err)
	}
	defer e.Close()
	if e.Stale() {
		log.Fatal("rebuild it from the archive")
	}
	article := enginetest.NewRecord("002", "Форум ашылды", "Таллинде форум өтті")
	ctx := context.Background()
	if err := e.Put(ctx, index.Batch{Seq: 1, Articles: []*index.Record{article}}); err != nil {
		log.Fatal(err)
	}
	res, err := e.Search(ctx, index.Request{
		Tree: index.AnyTerm{Word: "форум", Terms: []string{"форум", "kk:форум"}},
		Tab:  index.Articles, Sort: index.Relevance, Size: index.DefaultSize, Counts: true,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Total, res.Hits[0].ID, res.Counts["lang"][0].Key)
	// Output: 1 002 kk
}
