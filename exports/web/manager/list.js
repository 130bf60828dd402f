// The list of the day works without this. With it the form of a result opens over
// the list, what was sifted stays sifted, and what is hard to undo is asked once.
"use strict";
(() => {
  const table = document.querySelector("table.calls");
  if (table) {
    const key = "sift " + table.dataset.list;
    const inputs = [...document.querySelectorAll('[data-filter="#calls"], [data-table="#calls"]')];
    let kept = [];
    try { kept = JSON.parse(sessionStorage.getItem(key)) || []; } catch { /* nothing is kept */ }
    inputs.forEach((input, i) => { if (kept[i]) input.value = kept[i]; });
    if (kept.some(Boolean)) inputs[0].dispatchEvent(new Event("input"));
    inputs.forEach((input) => input.addEventListener("input", () => {
      try { sessionStorage.setItem(key, JSON.stringify(inputs.map((i) => i.value))); } catch { /* as above */ }
    }));
    // The row that was just saved may be sifted out: then the page stays where it was.
    const row = location.hash && document.getElementById(location.hash.slice(1));
    if (row && !row.hidden) {
      row.scrollIntoView({ block: "center" });
      const button = row.querySelector(".pick summary");
      if (button) button.focus({ preventScroll: true });
    }
  }

  // The results of a row close as any menu does.
  const shut = (but) => document.querySelectorAll("table.calls details.pick[open]").forEach((d) => { if (!but || !d.contains(but)) d.open = false; });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const of = document.activeElement && document.activeElement.closest("table.calls details.pick[open]");
    shut();
    if (of) of.querySelector("summary").focus();
  });

  const said = document.querySelector("main > .note[role=status]");
  if (said) {
    said.addEventListener("click", () => said.remove());
    setTimeout(() => said.classList.add("read"), 12000);
  }

  document.addEventListener("click", (e) => {
    if (!e.target.closest("dialog") && window.matchMedia("(min-width: 721px)").matches) shut(e.target);
    const ask = e.target.closest("[data-ask]");
    if (ask && !window.confirm(ask.dataset.ask)) { e.preventDefault(); return; }
    const close = e.target.closest("[data-close]");
    const open = close && close.closest("dialog");
    if (open) { e.preventDefault(); open.close(); return; }
    const link = e.target.closest("details.pick a");
    if (link && !e.ctrlKey && !e.metaKey && !e.shiftKey && e.button === 0 && window.HTMLDialogElement) { e.preventDefault(); show(link); }
  });

  async function show(link) {
    const address = new URL(link.href);
    address.searchParams.set("part", "1");
    let text;
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error("no form");
      text = await answer.text();
    } catch { location.href = link.href; return; }
    const dialog = document.createElement("dialog");
    dialog.append(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.setAttribute("aria-label", "Результат: " + (dialog.querySelector("h1") || dialog).textContent);
    dialog.showModal();
    // What belongs to the result comes first, before what lies folded.
    (dialog.querySelector("form > .row input, form > label > :is(input, textarea)") || dialog).focus();
  }

  document.addEventListener("change", (e) => {
    if (!e.target.matches("select[data-leads]")) return;
    const lead = e.target.form.querySelector("[data-lead]");
    if (lead) lead.textContent = e.target.selectedOptions[0].dataset.leads || "";
  });
})();
