// The what-if without leaving the page: the answer is put below the form. Without
// this the form is sent as any other.
"use strict";
(() => {
  const form = document.getElementById("whatif");
  const result = document.getElementById("result");
  if (!form || !result) return;

  const caps = [...form.querySelectorAll("input[name^='c.']")];
  const sum = document.getElementById("caps-sum");
  const value = (input) => Number(input.value.trim().replace(",", "."));
  const add = () => {
    const all = caps.reduce((n, c) => n + (value(c) || 0), 0);
    sum.textContent = String(Math.round(all * 1000) / 1000).replace(".", ",");
    sum.closest(".sum").classList.toggle("off", Math.abs(all - 100) > 1e-6);
  };
  caps.forEach((c) => c.addEventListener("input", add));

  const mark = () => {
    form.querySelectorAll(".wrong.live").forEach((w) => w.remove());
    form.querySelectorAll("[aria-invalid]").forEach((i) => i.removeAttribute("aria-invalid"));
    result.querySelectorAll("[data-field]").forEach((c) => {
      const input = form.elements[c.dataset.field];
      if (!c.dataset.field || !(input instanceof HTMLInputElement)) return;
      input.setAttribute("aria-invalid", "true");
      const said = document.createElement("span");
      said.className = "wrong live";
      said.textContent = c.dataset.text;
      input.after(said);
    });
  };

  let running = null;
  const ask = async (address, body) => {
    if (running) running.abort();
    running = new AbortController();
    const mine = running;
    result.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { "X-Part": "1" }, signal: mine.signal });
      if (answer.redirected) { location.reload(); return; }
      const text = await answer.text();
      if (answer.headers.get("Content-Type").startsWith("text/html") && answer.ok) {
        result.innerHTML = text;
      } else {
        const page = new DOMParser().parseFromString(text, "text/html").querySelector("main p");
        result.textContent = page ? page.textContent : "Не получилось. Попробуйте ещё раз.";
      }
      mark();
      result.scrollIntoView({ behavior: "smooth", block: "start" });
    } catch (e) {
      if (e.name !== "AbortError") result.textContent = "Сервер не ответил. Проверьте связь и попробуйте ещё раз.";
    } finally {
      if (running === mine) { running = null; result.removeAttribute("aria-busy"); }
    }
  };
  form.addEventListener("submit", (e) => {
    if (!e.submitter || e.submitter.dataset.preview === undefined) return;
    e.preventDefault();
    ask(form.getAttribute("action"), new URLSearchParams(new FormData(form)));
  });
  const upload = document.getElementById("upload");
  if (upload) {
    upload.addEventListener("submit", (e) => {
      e.preventDefault();
      ask(upload.getAttribute("action"), new FormData(upload));
    });
  }
})();
