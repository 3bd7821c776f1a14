// A scale to fill in: digits choose an option and lead on, arrows move between questions, one at a time if wanted.
import { t } from "./words";

const ITEM = "[data-scale-item]";

export function watchScales(): void {
  const form = document.querySelector<HTMLFormElement>("[data-scale]");
  if (!form) return;
  const items = [...form.querySelectorAll<HTMLElement>(ITEM)];
  const mode = form.querySelector<HTMLButtonElement>("[data-scale-mode]");
  const count = form.querySelector<HTMLElement>("[data-scale-count]");
  let here = 0;
  let single = false;

  const radios = (item?: HTMLElement): HTMLInputElement[] => [...(item?.querySelectorAll<HTMLInputElement>("input[type=radio]") ?? [])];
  const answered = (item: HTMLElement): boolean => radios(item).some((radio) => radio.checked);

  function show(): void {
    items.forEach((item, at) => (item.hidden = single && at !== here));
    if (count) count.textContent = t("answered", items.filter(answered).length, items.length);
  }

  function go(to: number): void {
    here = Math.max(0, Math.min(items.length - 1, to));
    show();
    const all = radios(items[here]);
    (all.find((radio) => radio.checked) ?? all[0])?.focus();
  }

  form.addEventListener("focusin", (event) => {
    const at = items.indexOf((event.target as HTMLElement).closest<HTMLElement>(ITEM) as HTMLElement);
    if (at >= 0) here = at;
  });
  form.addEventListener("change", show);
  form.addEventListener("keydown", (event) => {
    if (!(event.target as HTMLElement).closest(ITEM) || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = /^[1-9]$/.test(event.key) ? radios(items[here])[Number(event.key) - 1] : undefined;
    if (chosen) {
      chosen.checked = true;
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
      go(here + 1);
    } else if (event.key === "ArrowDown") go(here + 1);
    else if (event.key === "ArrowUp") go(here - 1);
    else return;
    event.preventDefault();
  });
  mode?.addEventListener("click", () => {
    single = !single;
    mode.setAttribute("aria-pressed", String(single));
    go(items.findIndex((item) => !answered(item)));
  });
  if (mode) mode.hidden = false;
  show();
}
