package night

import (
	"fmt"
	"time"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// callingHours answers when a manager and a company are both at work on the
// list's day.
type callingHours struct {
	day      company.Date
	seller   *time.Location
	firm     calllist.Hours
	shortest time.Duration
	managers []config.Manager // those who work on the day
	moscow   int              // minutes by which Moscow is ahead of the seller's zone
}

func (n *Night) callingHours(day company.Date) (*callingHours, error) {
	seller, err := n.zone()
	if err != nil {
		return nil, err
	}
	c := n.Config.CallList
	return &callingHours{
		day: day, seller: seller, shortest: c.MinWindow, managers: n.working(day), moscow: calllist.Moscow(day, seller),
		firm: calllist.Hours{From: c.LocalFrom.Minutes(), Until: c.LocalUntil.Minutes()},
	}, nil
}

// working are the managers who are there on a day.
func (n *Night) working(day company.Date) []config.Manager {
	var out []config.Manager
	for _, m := range n.Config.Managers {
		if m.Works(day) {
			out = append(out, m)
		}
	}
	return out
}

// windows is, for each manager who has one, his common stretch with a zone.
func (h *callingHours) windows(local *time.Location) map[string]calllist.Window {
	out := map[string]calllist.Window{}
	for _, m := range h.managers {
		caller := calllist.Hours{From: m.From.Minutes(), Until: m.Until.Minutes()}
		if w, ok := calllist.CommonWindow(h.day, h.seller, local, caller, h.firm, h.shortest); ok {
			out[m.ID] = w
		}
	}
	return out
}

// own is each manager's working day, whoever he calls.
func (h *callingHours) own() map[string]calllist.Window {
	out := map[string]calllist.Window{}
	for _, m := range h.managers {
		out[m.ID] = calllist.Window{From: m.From.Minutes(), Until: m.Until.Minutes()}
	}
	return out
}

// regionWindows tells of each region whether some manager can call there.
type regionWindows struct {
	byRegion [100]bool
}

func (w *regionWindows) any(region uint8) bool {
	return int(region) < len(w.byRegion) && w.byRegion[region]
}

func (h *callingHours) regions() *regionWindows {
	out := &regionWindows{}
	for i := 1; i < len(out.byRegion); i++ {
		if local, ok := company.ZoneOf(fmt.Sprintf("%02d", i), ""); ok {
			out.byRegion[i] = len(h.windows(local)) > 0
		}
	}
	return out
}
