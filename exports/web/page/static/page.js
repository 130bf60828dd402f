// What all pages share. Every page works without it.
//   form[data-confirm="question"]   asks before it sends
//   form                            is sent once, however often it is clicked
//   input[data-filter="#table"]     hides rows of a table that lack the words
//   select[data-filter-by="name"][data-table="#table"]  hides rows whose data-name differs
//   [data-count="#table"]           how many rows are left
//   [data-none="#table"]            is shown when none is
"use strict";
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { e.preventDefault(); return; }
  if (form.method !== "post" || form.dataset.script !== undefined) return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  if (form.dataset.again === undefined) form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

// A narrow screen shows a part of a long menu: the one with the page that is open.
document.querySelectorAll(".menu, .submenu").forEach((menu) => {
  const here = menu.querySelector("[aria-current]");
  if (here) menu.scrollLeft = here.offsetLeft - menu.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
});

// Words as people type them: ё as е, a phone with 8 as it is kept, with 7.
const plain = (text) => text.toLowerCase().replaceAll("ё", "е");
const typed = (text) => plain(text).split(/\s+/).filter(Boolean).map((w) => w.replace(/^8(?=\d{10}$)/, "7"));
const said = new WeakMap();

// saidBy is what a row tells, without its buttons: each row has the same ones.
function saidBy(row) {
  if (!said.has(row)) {
    const copy = row.cloneNode(true);
    copy.querySelectorAll("form, .btn, button").forEach((b) => b.remove());
    said.set(row, plain(copy.textContent));
  }
  return said.get(row);
}

function sift(table) {
  const words = [...document.querySelectorAll(`input[data-filter="#${table.id}"]`)].flatMap((i) => typed(i.value));
  const picks = [...document.querySelectorAll(`select[data-table="#${table.id}"]`)].filter((s) => s.value !== "");
  let shown = 0;
  for (const row of table.tBodies[0].rows) {
    row.hidden = !(words.every((w) => saidBy(row).includes(w)) && picks.every((s) => (row.dataset[s.dataset.filterBy] || "") === s.value));
    if (!row.hidden) shown++;
  }
  document.querySelectorAll(`[data-count="#${table.id}"]`).forEach((c) => { c.textContent = shown; });
  document.querySelectorAll(`[data-none="#${table.id}"]`).forEach((n) => { n.hidden = shown > 0; });
}
document.querySelectorAll("[data-filter], select[data-table]").forEach((input) => {
  const table = document.querySelector(input.dataset.filter || input.dataset.table);
  if (table) input.addEventListener("input", () => sift(table));
});
