// Tables that do not fit are stacked, so that no column is off the screen without a hint. Without this they scroll.
"use strict";

function headed(table) {
  const heads = [...table.querySelectorAll("thead th")].map((one) => one.textContent.trim());
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.children].forEach((cell, place) => {
      if (place > 0 && heads[place]) cell.dataset.head = heads[place];
      cell.classList.toggle("nothing", cell.textContent.trim() === "" && !cell.querySelector("img"));
    });
  }
}

function fit() {
  for (const table of document.querySelectorAll("table.docutils")) {
    table.classList.remove("stacked");
    const around = table.closest(".table-wrapper") ?? table.parentElement;
    table.classList.toggle("stacked", around.scrollWidth > around.clientWidth);
  }
}

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("table.docutils").forEach(headed);
  fit();
});
addEventListener("load", fit);
addEventListener("resize", fit);
