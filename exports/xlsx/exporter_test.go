package xlsx_test

import (
	"testing"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/exporttest"
)

func TestConformance(t *testing.T) {
	exporttest.Run(t, func(dir string) pipeline.Exporter { return xlsx.New("xlsx", dir) })
}
