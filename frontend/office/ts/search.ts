// The search box: results come by htmx; arrows walk through them, Enter opens, Escape leaves.
export function watchSearch(): void {
  const box = document.querySelector<HTMLElement>(".search");
  const input = box?.querySelector<HTMLInputElement>("input");
  if (!box || !input) return;
  box.addEventListener("keydown", (event) => {
    const links = [...box.querySelectorAll<HTMLElement>(".popover a")];
    const here = links.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape") {
      const results = box.querySelector(".popover");
      if (results) results.innerHTML = "";
      input.focus();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(here + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && here >= 0) {
      event.preventDefault();
      (links[here - 1] ?? input).focus();
    }
  });
}
