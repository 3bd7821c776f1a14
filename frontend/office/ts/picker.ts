// A typeahead over an endpoint: GET url?q=… answers <li role="option" data-value="…" data-label="…">…</li> lines.
import { forEveryPart } from "./server";
import { t } from "./words";

const PAUSE = 180;

class Picker {
  private readonly input: HTMLInputElement;
  private readonly value: HTMLInputElement | null;
  private readonly picked: HTMLElement | null;
  private readonly list: HTMLElement;
  private readonly clear: HTMLButtonElement | null;
  private timer = 0;
  private asked = 0;
  private label: string;

  constructor(private readonly root: HTMLElement) {
    this.input = root.querySelector<HTMLInputElement>("input[role=combobox]")!;
    this.picked = root.querySelector("[data-picked]");
    this.value = this.picked ? null : root.querySelector<HTMLInputElement>("input[type=hidden]");
    this.list = root.querySelector<HTMLElement>("[role=listbox]")!;
    this.clear = root.querySelector("[data-picker-clear]");
    this.label = this.input.value;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => void this.ask());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => window.setTimeout(() => this.leave(), 120));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(option);
    });
    this.clear?.addEventListener("click", () => this.set("", ""));
    this.picked?.addEventListener("click", (event) => {
      const taken = (event.target as Element).closest("[data-unpick]");
      if (!taken) return;
      taken.closest("li")?.remove();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
      this.input.focus();
    });
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const turn = ++this.asked;
    const url = new URL(this.root.dataset.picker!, window.location.href);
    url.searchParams.set("q", this.input.value === this.label ? "" : this.input.value.trim());
    const along = this.root.dataset.pickerAlong;
    const other = along ? this.root.closest("form")?.querySelector<HTMLInputElement>(`[name="${along}"]`) : null;
    if (along) url.searchParams.set(along, other?.value ?? "");
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    if (turn !== this.asked || !answer.ok || document.activeElement !== this.input) return;
    this.list.innerHTML = await answer.text();
    this.options().forEach((option, place) => (option.id = `${this.list.id}-${place}`));
    if (!this.options().length && !this.list.textContent?.trim()) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = t("noMatch");
      this.list.append(none);
    }
    this.open(true);
    this.mark(0);
  }

  private open(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  private marked(): number {
    return this.options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  }

  private mark(place: number): void {
    this.options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.options()[place];
    if (!option) return;
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    const last = this.options().length - 1;
    if (event.key === "ArrowDown") {
      if (open) this.mark(Math.min(this.marked() + 1, last));
      else void this.ask();
    } else if (event.key === "ArrowUp" && open) this.mark(Math.max(this.marked() - 1, 0));
    else if (event.key === "Enter" && open) {
      const option = this.options()[this.marked()];
      if (option) this.choose(option);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      this.open(false);
    } else return;
    event.preventDefault();
  }

  private choose(option: HTMLElement): void {
    const value = option.dataset.value ?? "";
    const label = option.dataset.label ?? option.textContent?.trim() ?? "";
    if (!this.picked) return this.set(value, label);
    this.add(value, label);
    this.set("", "");
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // One more of several: a line with its own hidden value, once each.
  private add(value: string, label: string): void {
    const known = [...this.picked!.querySelectorAll<HTMLInputElement>("input")].some((input) => input.value === value);
    if (known || !value) return;
    const line = document.createElement("li");
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = this.root.dataset.pickerSeveral ?? "";
    hidden.value = value;
    const off = document.createElement("button");
    off.type = "button";
    off.dataset.unpick = "";
    off.setAttribute("aria-label", t("unpick", label));
    off.textContent = "×";
    line.append(hidden, label, off);
    this.picked!.append(line);
  }

  private set(value: string, label: string): void {
    this.asked++;
    this.label = label;
    this.input.value = label;
    this.input.setCustomValidity("");
    this.open(false);
    if (this.clear) this.clear.hidden = !value;
    if (!this.value || this.value.value === value) return;
    this.value.value = value;
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private leave(): void {
    if (document.activeElement === this.input) return;
    this.open(false);
    if (!this.input.value.trim()) this.set("", "");
    else this.input.setCustomValidity(this.input.value === this.label ? "" : t("choose"));
    this.input.dispatchEvent(new CustomEvent("linzhan:check", { bubbles: true }));
  }
}

export function watchPickers(): void {
  const known = new WeakSet<Element>();
  forEveryPart((root) => {
    for (const picker of root.querySelectorAll<HTMLElement>("[data-picker]")) {
      if (known.has(picker)) continue;
      known.add(picker);
      new Picker(picker);
    }
  });
}
