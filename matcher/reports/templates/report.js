// Opens a cell's evidence over the grid and moves through the grid with the arrow keys.
// The report is complete without it: each cell links to its evidence further down.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const dialog = byId("evidence");
  const rows = [...document.querySelectorAll(".grid tbody tr:not(.kind)")].map((row) => [...row.querySelectorAll("td")]);
  const cellAt = (row, column) => rows[row]?.[column]?.querySelector("a");
  let at = [0, 0];

  const show = (row, column) => {
    const cell = cellAt(row, column);
    if (!cell) return;
    focusCell(row, column, false);
    const match = byId(cell.hash.slice(1));
    const candidate = match.closest(".candidate");
    const copy = match.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("details").forEach((part) => (part.open = true));
    const [rank, name] = byId("evidence-h").children;
    rank.textContent = candidate.querySelector(".rank").textContent;
    name.textContent = candidate.querySelector("h3").textContent;
    byId("evidence-body").replaceChildren(copy);
    byId("previous").disabled = !cellAt(row, column - 1);
    byId("next").disabled = !cellAt(row, column + 1);
    if (!dialog.open) dialog.showModal();
  };

  const focusCell = (row, column, move) => {
    const cell = cellAt(row, column);
    if (!cell) return;
    cellAt(...at).tabIndex = -1;
    cell.tabIndex = 0;
    at = [row, column];
    if (move) cell.focus();
  };

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  rows.forEach((cells, row) =>
    cells.forEach((cell, column) => {
      const link = cell.querySelector("a");
      if (!link) return;
      link.tabIndex = row || column ? -1 : 0;
      link.setAttribute("aria-haspopup", "dialog");
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        show(row, column);
      });
      link.addEventListener("keydown", (event) => {
        const step = steps[event.key];
        if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        focusCell(row + step[0], column + step[1], true);
      });
    })
  );

  byId("previous").addEventListener("click", () => show(at[0], at[1] - 1));
  byId("next").addEventListener("click", () => show(at[0], at[1] + 1));
  byId("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => cellAt(...at)?.focus());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at[0], at[1] - 1);
    if (event.key === "ArrowRight") show(at[0], at[1] + 1);
  });

  const setAll = (open) => document.querySelectorAll(".candidate").forEach((part) => (part.open = open));
  byId("open-all").addEventListener("click", () => setAll(true));
  byId("close-all").addEventListener("click", () => setAll(false));
  document.querySelectorAll(".script-only").forEach((part) => (part.hidden = false));

  // A link to a folded candidate, or to evidence inside one, unfolds it.
  const unfold = () => {
    const target = location.hash.length > 1 && byId(location.hash.slice(1));
    const candidate = target && target.closest(".candidate");
    if (!candidate) return;
    candidate.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
