// Vant's overlays answer a tap and its dialogs have a title, but neither says its name to a screen reader.

function named(element: Element): void {
  if (element.matches(".van-overlay[role=button]:not([aria-label])")) element.setAttribute("aria-label", "关闭");
  const labelled = element.getAttribute("aria-labelledby");  // Vant puts the title there, which is no id
  if (element.matches("[role=dialog]:not([aria-label])") && !(labelled && document.getElementById(labelled))) {
    element.removeAttribute("aria-labelledby");
    const title = element.querySelector(".van-dialog__header, h2")?.textContent?.trim();
    if (title) element.setAttribute("aria-label", title);
  }
}

/** Give every overlay and dialog its name as it comes. */
export function nameDialogs(): void {
  const look = () => document.querySelectorAll(".van-overlay, [role=dialog]").forEach(named);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["role"] });
}
