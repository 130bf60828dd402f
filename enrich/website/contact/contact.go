package contact

import (
	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
)

func Read(p *page.Page, f *finding.Page) {
}
