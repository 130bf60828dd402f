package night

import (
	"context"

	"obzvon/pipeline/company"
)

// Retain is retain, for tests.
func (n *Night) Retain(ctx context.Context, day company.Date) (int, error) { return n.retain(ctx, day) }
