// Command bleve links bleve and ends: the least that any search with bleve
// takes to start.
package main

import (
	"fmt"
	"os"

	"github.com/blevesearch/bleve/v2"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Println(bleve.Open(os.Args[1]))
	}
}
