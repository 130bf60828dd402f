package config

import "testing"

func TestDefaultsAreValid(t *testing.T) {
	cfg, seg, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Sources) != 3 || len(seg.Segments) != 8 {
		t.Fatalf("%d sources, %d segments", len(cfg.Sources), len(seg.Segments))
	}
	t.Logf("%+v %s %s %d", cfg.Sources["gis"], seg.Hash(), seg.MatchTag(), len(seg.WantedCodes()))
}
