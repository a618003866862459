"use strict";
(() => {
  const table = document.getElementById("theme-table");
  if (table) liven(table);
  unfoldForPrint();

  function liven(table) {
    const find = document.getElementById("find");
    const kind = document.getElementById("kind");
    const recurring = document.getElementById("recurring");
    const unfold = document.getElementById("unfold");
    const status = document.getElementById("status");
    const themes = [...table.tBodies].map((body, place) => ({
      body,
      place,
      more: body.querySelector("tr.more"),
      words: body.textContent.toLowerCase().replace(/\s+/g, " "),
      kinds: body.dataset.kinds.split(","),
    }));

    themes.forEach(makeFoldable);
    const heads = [...table.tHead.querySelectorAll("th[data-sort]")];
    heads.forEach(makeSortable);
    find.addEventListener("input", filter);
    kind.addEventListener("change", filter);
    recurring.addEventListener("change", filter);
    unfold.addEventListener("click", () => foldAll(unfold.getAttribute("aria-pressed") === "true"));
    const controls = document.getElementById("controls");
    controls.addEventListener("submit", (event) => event.preventDefault());
    controls.reset();
    controls.hidden = false;

    function makeFoldable(theme) {
      const cell = theme.body.querySelector("th.label");
      theme.button = wrapInButton(cell);
      theme.button.setAttribute("aria-controls", theme.more.id);
      theme.button.addEventListener("click", () => fold(theme, !theme.more.hidden));
      fold(theme, true);
    }

    function fold(theme, folded) {
      theme.more.hidden = folded;
      theme.button.setAttribute("aria-expanded", String(!folded));
    }

    function foldAll(folded) {
      themes.forEach((theme) => fold(theme, folded));
      unfold.setAttribute("aria-pressed", String(!folded));
      unfold.textContent = folded ? "Unfold all" : "Fold all";
    }

    function makeSortable(head) {
      wrapInButton(head).addEventListener("click", () => sortBy(head));
    }

    function sortBy(head) {
      const before = head.getAttribute("aria-sort");
      const first = "down" in head.dataset ? "descending" : "ascending";
      const second = first === "ascending" ? "descending" : "ascending";
      const order = before === first ? second : first;
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      themes.sort((a, b) => compare(a, b, head.dataset.sort, order === "ascending" ? 1 : -1));
      table.append(...themes.map((theme) => theme.body));
      const name = (head.querySelector(".long") || head).textContent.trim().toLowerCase();
      tell(`Sorted by ${name}, ${order}. `);
    }

    function compare(a, b, field, sign) {
      const [x, y] = [a.body.dataset[field], b.body.dataset[field]];
      const place = a.place - b.place;
      if (x === y) return place;
      if (x === "" || y === "") return x === "" ? 1 : -1; // what is not known or withheld comes last
      return sign * (field === "label" ? x.localeCompare(y, "en") : x - y) || place;
    }

    function filter() {
      const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const theme of themes) {
        const fits =
          wanted.every((word) => theme.words.includes(word)) &&
          (!kind.value || theme.kinds.includes(kind.value)) &&
          (!recurring.checked || "recurs" in theme.body.dataset);
        theme.body.hidden = !fits;
      }
      tell("");
    }

    function tell(what) {
      const shown = themes.filter((theme) => !theme.body.hidden).length;
      status.textContent = `${what}${shown} of ${themes.length} themes shown.`;
    }
  }

  function wrapInButton(cell) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    return button;
  }

  function unfoldForPrint() {
    let opened = [];
    window.addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open])")];
      opened.forEach((one) => (one.open = true));
    });
    window.addEventListener("afterprint", () => opened.forEach((one) => (one.open = false)));
  }
})();
