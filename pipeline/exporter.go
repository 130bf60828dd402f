package pipeline

import "context"

// Exporter writes a finished Book somewhere.
type Exporter interface {
	// Describe is constant for the life of the value.
	Describe() Descriptor

	// Export writes the book and returns what it made, main file first. The
	// same book gives the same content. On an error nothing half-written is
	// left under a final name.
	Export(ctx context.Context, book *Book) ([]Artefact, error)
}

// Artefact is something an exporter made.
type Artefact struct {
	Path    string `json:"path"`
	Title   string `json:"title"`             // Russian: for whom
	Manager string `json:"manager,omitempty"` // id, when the artefact is one manager's
	Rows    int    `json:"rows"`
}
