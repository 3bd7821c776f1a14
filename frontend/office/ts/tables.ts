// Selection with a bar of bulk acts, and rows that answer when their tile or area is pointed at.
import { t } from "./words";

function refreshSelection(block: Element): void {
  const boxes = [...block.querySelectorAll<HTMLInputElement>("[data-pick]")];
  const picked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.classList.toggle("picked", box.checked);
  const all = block.querySelector<HTMLInputElement>("[data-pick-all]");
  if (all) {
    all.checked = picked.length > 0 && picked.length === boxes.length;
    all.indeterminate = picked.length > 0 && picked.length < boxes.length;
  }
  const bar = block.querySelector<HTMLElement>("[data-bulk]");
  if (bar) bar.hidden = picked.length === 0;
  const count = block.querySelector("[data-bulk-count]");
  if (count) count.textContent = String(picked.length);
}

function changed(event: Event): void {
  const box = event.target as HTMLInputElement;
  const block = box.closest(".table-block");
  if (!block) return;
  if (box.matches("[data-pick-all]")) {
    for (const other of block.querySelectorAll<HTMLInputElement>("[data-pick]")) other.checked = box.checked;
  }
  if (box.matches("[data-pick], [data-pick-all]")) refreshSelection(block);
}

/** Lights everything on the page that stands for the place `code`; an empty code puts all lights out. */
export function light(code: string): void {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!code) return;
  for (const element of document.querySelectorAll(`[data-area="${CSS.escape(code)}"]`)) element.classList.add("lit");
}

function pointed(event: Event): void {
  const area = (event.target as Element).closest<HTMLElement>("[data-area]")?.dataset.area ?? "";
  light(area);
  document.dispatchEvent(new CustomEvent("linzhan:area", { detail: area }));
}

function cleared(event: Event): void {
  const block = (event.target as Element).closest("[data-clear-selection]")?.closest(".table-block");
  if (!block) return;
  for (const box of block.querySelectorAll<HTMLInputElement>("[data-pick]")) box.checked = false;
  refreshSelection(block);
}

/** A destructive act names what it will do, and how many rows it touches, before it happens. */
function asked(event: Event): void {
  const button = (event as SubmitEvent).submitter as HTMLElement | null;
  const question = button?.dataset.confirm;
  const picked = button?.closest(".table-block")?.querySelectorAll("[data-pick]:checked").length ?? 0;
  if (question && !window.confirm(picked ? `${question}\n${t("chosen", picked)}` : question)) event.preventDefault();
}

export function watchTables(): void {
  document.addEventListener("change", changed);
  document.addEventListener("click", cleared);
  document.addEventListener("submit", asked);
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, pointed);
}
