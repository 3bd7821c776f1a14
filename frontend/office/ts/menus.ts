// Menus are <details class="menu">: one open at a time, closed by Escape or a click beside them.
function closeMenus(except?: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

function setDrawer(open: boolean): void {
  document.documentElement.classList.toggle("nav-open", open);
  const button = document.querySelector("[data-nav-toggle]");
  button?.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector<HTMLElement>(".nav a")?.focus();
}

async function openBranch(button: HTMLElement): Promise<void> {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  const branch = button.closest("li")?.querySelector<HTMLElement>(":scope > .tree");
  if (branch) branch.hidden = !open;
  else if (open && button.dataset.url) {
    const answer = await fetch(button.dataset.url, { headers: { "HX-Request": "true" } });
    if (answer.ok) button.closest("li")?.insertAdjacentHTML("beforeend", await answer.text());
  }
}

function clicked(event: MouseEvent): void {
  const target = event.target as Element;
  closeMenus(target.closest("details.menu"));
  const branch = target.closest<HTMLElement>("[data-branch]");
  if (branch) void openBranch(branch);
  if (target.closest("[data-nav-toggle]")) setDrawer(!document.documentElement.classList.contains("nav-open"));
  else if (target.closest("[data-nav-veil]")) setDrawer(false);
  if (target.closest("[data-print]")) window.print();
  const opener = target.closest<HTMLElement>("[data-dialog]");
  if (opener) document.querySelector<HTMLDialogElement>(`#${opener.dataset.dialog}`)?.showModal();
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
}

export function watchMenus(): void {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = (event.target as Element).closest<HTMLDetailsElement>("details.menu[open]");
    closeMenus();
    menu?.querySelector<HTMLElement>("summary")?.focus();
    setDrawer(false);
  });
}
