// What all pages share. Every page works without it.
//   form[data-confirm="question"]   asks before it sends
//   form                            is sent once, however often it is clicked
//   input[data-filter="#table"]     hides rows of a table that lack the words
//   select[data-filter-by="name"][data-table="#table"]  hides rows whose data-name differs
"use strict";
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { e.preventDefault(); return; }
  if (form.method !== "post" || form.dataset.script !== undefined) return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  if (form.dataset.again === undefined) form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

function sift(table) {
  const words = [...document.querySelectorAll(`input[data-filter="#${table.id}"]`)].flatMap((i) => i.value.toLowerCase().split(/\s+/).filter(Boolean));
  const picks = [...document.querySelectorAll(`select[data-table="#${table.id}"]`)].filter((s) => s.value !== "");
  let shown = 0;
  for (const row of table.tBodies[0].rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !(words.every((w) => text.includes(w)) && picks.every((s) => (row.dataset[s.dataset.filterBy] || "") === s.value));
    if (!row.hidden) shown++;
  }
  document.querySelectorAll(`[data-count="#${table.id}"]`).forEach((c) => { c.textContent = shown; });
}
document.querySelectorAll("[data-filter], select[data-table]").forEach((input) => {
  const table = document.querySelector(input.dataset.filter || input.dataset.table);
  if (table) input.addEventListener("input", () => sift(table));
});
