package main

import (
	"context"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/sources/rsmp"
)

// oursName is how the program's own source stands in the tables.
const oursName = "`sources/rsmp` Pull"

// pulling is the program's own source as the night uses it.
func pulling(path string, wanted []company.OKVED) reader {
	return timed(oursName, func(ctx context.Context) (reading, error) {
		inputs, err := files.Expander{}.Expand([]string{path})
		if err != nil {
			return reading{}, fmt.Errorf("open the release: %w", err)
		}
		source := rsmp.New("rsmp", inputs, rsmp.Options{Whole: "yes"})
		var n pipeline.Counts
		for batch, err := range source.Pull(ctx, pipeline.Request{Wanted: pipeline.Wanted{Codes: wanted}}) {
			if err != nil {
				return reading{}, fmt.Errorf("pull: %w", err)
			}
			if len(batch.Gaps) > 0 {
				return reading{}, fmt.Errorf("pull: %s could not be read: %s", batch.Unit, batch.Gaps[0].Detail)
			}
			n = n.Add(batch.Counts)
		}
		return reading{docs: n.Read, wanted: n.Taken}, n.Check()
	})
}
