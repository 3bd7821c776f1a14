// How the page talks to the server: htmx under a strict content policy, with the CSRF token and plain words on failure.
import htmx from "htmx.org";
import { t } from "./words";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
// A page may show personal data: nothing of it stays in the browser's storage.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.scrollIntoViewOnBoost = false;

export const csrfToken = (): string => document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";

interface Request {
  elt: HTMLElement;
  headers: Record<string, string>;
  verb: string;
  path: string;
  formData: FormData;
}

/** The address of a filtered list holds what is filtered and nothing else: no empty fields, none twice. */
function tidyFilter(request: Request): void {
  request.path = request.elt.getAttribute("action") || window.location.pathname;
  const given = [...request.formData.entries()];
  for (const [name, value] of given) if (value === "") request.formData.delete(name);
}

document.addEventListener("htmx:configRequest", (event) => {
  const request = (event as CustomEvent<Request>).detail;
  if (request.verb !== "get") request.headers["X-CSRFToken"] = csrfToken();
  if (request.elt.matches("form.filters")) tidyFilter(request);
});

interface Failure {
  xhr?: XMLHttpRequest;
}

document.addEventListener("htmx:responseError", (event) => {
  const status = (event as CustomEvent<Failure>).detail.xhr?.status ?? 0;
  if (status === 401) window.location.reload();
  else say("error", status === 403 ? t("refused") : status === 404 ? t("gone") : t("failed"));
});
document.addEventListener("htmx:sendError", () => say("error", t("offline")));

/** Shows a message at the edge of the page; errors stay until closed. */
export function say(tone: "success" | "error" | "info", text: string): void {
  const place = document.querySelector<HTMLElement>("#toasts");
  if (!place) return;
  const box = document.createElement("div");
  box.className = `notice ${tone}`;
  const words = document.createElement("span");
  words.className = "grow";
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "link-button";
  close.textContent = t("close");
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  place.append(box);
  if (tone !== "error") window.setTimeout(() => box.remove(), 5000);
}

/** Runs now and again for every part that htmx brings. */
export function forEveryPart(act: (root: ParentNode) => void): void {
  act(document);
  document.addEventListener("htmx:load", (event) => {
    const part = (event as CustomEvent<{ elt: HTMLElement }>).detail.elt;
    if (part !== document.body && part.parentElement) act(part.parentElement);
  });
}

export { htmx };
