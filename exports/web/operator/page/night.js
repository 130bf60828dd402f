// Keeps the part of the page that tells what goes on up to date. Without it the page
// shows what was when it was opened.
"use strict";
(() => {
  const now = document.getElementById("now");
  if (!now || !window.EventSource) return;
  const note = document.getElementById("live-note");
  const source = new EventSource(now.dataset.events);
  source.addEventListener("now", (e) => {
    const open = [...now.querySelectorAll("details")].map((d) => d.open);
    now.innerHTML = e.data; // of this very server, which has escaped every text
    now.querySelectorAll("details").forEach((d, i) => { if (i < open.length) d.open = open[i]; });
    if (note) note.hidden = true;
  });
  source.addEventListener("error", () => { if (note) note.hidden = false; });
  const words = (s) => s < 60 ? `${s}\u00a0с` : s < 3600 ? `${Math.floor(s / 60)}\u00a0мин` : `${Math.floor(s / 3600)}\u00a0ч ${Math.floor(s / 60) % 60}\u00a0мин`;
  setInterval(() => now.querySelectorAll("[data-since]").forEach((t) => {
    t.textContent = words(Math.max(0, Math.floor(Date.now() / 1000) - Number(t.dataset.since)));
  }), 1000);
})();
