// Keys: / search, n new, g and a letter to go, j k through a list, ? help; any element may claim a key with data-key.
const WAIT_FOR_LETTER = 1500;

let goingUntil = 0;

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && !/^(checkbox|radio)$/.test((target as HTMLInputElement).type));
}

function use(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.offsetParent !== null || element.getClientRects().length > 0);
  if (!found) return false;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(found.tagName)) {
    found.focus();
    if (found instanceof HTMLInputElement) found.select();
  } else found.click();
  return true;
}

function step(by: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>(".row-link, .queue-list a")];
  if (!rows.length) return false;
  const here = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + by))];
  next?.focus();
  return Boolean(next);
}

function pressed(key: string): boolean {
  if (Date.now() < goingUntil) {
    goingUntil = 0;
    return /^[a-z]$/.test(key) && use(`[data-go="${key}"]`);
  }
  switch (key) {
    case "/": return use("#search-input");
    case "?": return use("[data-dialog=help-dialog]");
    case "n": return use("[data-new]");
    case "j": return step(1);
    case "k": return step(-1);
    case "g": goingUntil = Date.now() + WAIT_FOR_LETTER; return true;
    default: return /^[a-z]$/.test(key) && use(`[data-key="${key}"]`);
  }
}

export function watchKeyboard(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (pressed(event.key)) event.preventDefault();
  });
}
