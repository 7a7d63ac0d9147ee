// Says of a mark what it stands for, beside it: the rows of a bar chart, the squares of the provinces, the points of
// a line. Nothing is said here that a table or the mark itself does not say; without script nothing is missing.
//
// By pointer, by touch, and by keyboard: a chart is one stop of the Tab key, arrows go from mark to mark, Escape
// takes the words away. They stay while the pointer is on them, and until something else is pointed at.
const LINGER = 200;
const EDGE = 8;
const GAP = 2;
const CHARTS = "table.bars, ol.tiles, svg.wide, svg.tall";
const MARKS = "tbody tr, .tile > *, .stop";
const BACK = new Set(["ArrowLeft", "ArrowUp"]);
const ON = new Set(["ArrowRight", "ArrowDown"]);

const tip = document.createElement("div");
tip.className = "tip";
tip.id = "chart-tip";
tip.setAttribute("role", "tooltip");
tip.setAttribute("aria-live", "polite");
tip.hidden = true;

let shown = null;
let leaving = 0;
// What Escape took away stays away until the pointer has been elsewhere.
let dismissed = null;
let pointer = "";

const plain = (element) => element.innerText.replace(/\s+/g, " ").trim();

/** What a row says, each number behind the head of its column: those heads are not seen in a bar chart. */
function wordsOfRow(row) {
  const heads = [...row.closest("table").tHead.rows[0].cells];
  const numbers = [...row.cells].filter((cell) => cell.matches(".n"));
  const told = numbers.map((cell) => `${heads[cell.cellIndex].textContent.trim()} ${plain(cell)}`);
  return [plain(row.cells[0]), ...told].join("\n");
}

function wordsOf(mark) {
  if (mark.matches("tr")) return wordsOfRow(mark);
  return mark.dataset.mark || mark.getAttribute("aria-label") || mark.querySelector(".vh")?.textContent || "";
}

/** Beside a strip of a line chart, above any other mark, or where there is room; never beyond the edge of the page. */
function place(mark) {
  const box = mark.getBoundingClientRect();
  const furthest = document.documentElement.clientWidth - tip.offsetWidth - EDGE;
  const isStrip = mark.matches(".stop");
  const beside = box.right + GAP <= furthest ? box.right + GAP : box.left - tip.offsetWidth - GAP;
  const left = isStrip ? beside : box.left + (box.width - tip.offsetWidth) / 2;
  const above = box.top - tip.offsetHeight - GAP;
  const top = isStrip ? box.top : above >= 0 ? above : box.bottom + GAP;
  tip.style.left = `${Math.max(Math.min(left, furthest), EDGE) + scrollX}px`;
  tip.style.top = `${top + scrollY}px`;
}

function show(mark) {
  clearTimeout(leaving);
  if (mark === shown) return;
  hide();
  const words = wordsOf(mark);
  if (!words) return;
  shown = mark;
  mark.classList.add("is-marked");
  tip.textContent = words;
  tip.hidden = false;
  place(mark);
}

function hide() {
  clearTimeout(leaving);
  shown?.classList.remove("is-marked");
  shown = null;
  tip.hidden = true;
}

function hideSoon() {
  clearTimeout(leaving);
  if (document.activeElement?.matches(CHARTS) && document.activeElement.matches(":focus-visible")) return;
  leaving = setTimeout(hide, LINGER);
}

const marksOf = (chart) => [...chart.querySelectorAll(MARKS)].filter((mark) => !mark.closest("thead"));

/** Arrows walk from mark to mark; from none they begin at the first, or at the last, which in a line is the newest. */
function walk(event, chart) {
  const step = ON.has(event.key) ? 1 : BACK.has(event.key) ? -1 : 0;
  if (!step && event.key !== "Home" && event.key !== "End") return;
  const marks = marksOf(chart);
  const here = marks.indexOf(shown);
  const last = marks.length - 1;
  const from = here < 0 ? (step > 0 ? last : 0) : here;
  const next = event.key === "Home" ? 0 : event.key === "End" ? last : from + step;
  event.preventDefault();
  show(marks[(next + marks.length) % marks.length]);
}

function prepare(chart) {
  const links = chart.matches(".tiles");
  if (!marksOf(chart).length) return;
  if (!links) {
    chart.tabIndex = 0;
    chart.setAttribute("aria-describedby", tip.id);
    chart.addEventListener("keydown", (event) => walk(event, chart));
  }
  // In a table the bar is the mark: its words and number stand beside it and need none.
  const markAt = (event) => {
    if (chart.matches("table") && !event.target.closest("td:not(.n)")) return null;
    return marksOf(chart).find((mark) => mark.contains(event.target));
  };
  chart.addEventListener("pointermove", (event) => {
    // A pointer that rests says nothing, whatever comes to lie under it.
    const here = `${event.screenX} ${event.screenY}`;
    if (event.pointerType === "touch" || here === pointer) return;
    pointer = here;
    const mark = markAt(event);
    if (mark !== dismissed) dismissed = null;
    if (!mark) hideSoon();
    else if (mark !== dismissed) show(mark);
  });
  chart.addEventListener("pointerleave", (event) => {
    dismissed = null;
    if (event.pointerType !== "touch") hideSoon();
  });
  chart.addEventListener("click", (event) => {
    const mark = markAt(event);
    if (mark && !event.target.closest("a")) show(mark);
  });
  chart.addEventListener("focusin", (event) => links && event.target.matches(":focus-visible") && show(event.target));
  chart.addEventListener("focusout", hide);
}

const charts = [...document.querySelectorAll(CHARTS)];
if (charts.length) {
  document.body.append(tip);
  charts.forEach(prepare);
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", hideSoon);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    dismissed = shown;
    hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !tip.contains(event.target) && !shown.contains(event.target)) hide();
  });
}
