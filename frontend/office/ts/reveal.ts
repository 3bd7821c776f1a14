// Masked personal data: a reveal asks why, says that it is recorded, and puts the answer where the mask stood.
import { htmx } from "./server";

export function watchReveals(): void {
  let asking: HTMLElement | null = null;
  const dialog = (): HTMLDialogElement | null => document.querySelector("#reveal-dialog");
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-reveal]");
    const box = dialog();
    if (!button || !box) return;
    asking = button;
    const what = box.querySelector("[data-reveal-what]");
    if (what) what.textContent = button.dataset.revealWhat ?? "";
    box.querySelector("form")?.reset();
    box.showModal();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("#reveal-dialog form")) return;
    event.preventDefault();
    const place = asking?.closest<HTMLElement>(".masked");
    const url = asking?.dataset.reveal;
    dialog()?.close();
    if (!place || !url) return;
    const given = new FormData(form);
    const reason = [given.get("reason"), given.get("detail")].filter(Boolean).join("：");
    void htmx.ajax("post", url, { target: place, swap: "outerHTML", values: { reason } });
  });
}
