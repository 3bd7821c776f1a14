// Where one is: the part of the address behind #, so that back works and no server is asked.
import { computed, readonly, shallowRef, type Component } from "vue";

export type Tab = "today" | "people" | "records" | "me";
export interface Route {
  path: string;             // "/residents/:id"
  title: string;
  screen: Component;        // gets the parameters of the path and of the query as props
  tab?: Tab;                // one of the four, with the bar at the thumb; without it the screen has a way back
}
export interface Place { path: string; route: Route; given: { [name: string]: string } }

let routes: Route[] = [];
const place = shallowRef<Place | null>(null);
let depth = 0;

/** The names in a path, or null when it is not this route's. */
export function matched(pattern: string, path: string): { [name: string]: string } | null {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  if (wanted.length !== parts.length) return null;
  const given: { [name: string]: string } = {};
  for (const [index, part] of wanted.entries()) {
    const said = parts[index]!;
    if (part.startsWith(":")) given[part.slice(1)] = decodeURIComponent(said);
    else if (part !== said) return null;
  }
  return given;
}

function read(): void {
  const [path = "", query = ""] = (location.hash.slice(1) || "/today").split("?");
  for (const route of routes) {
    const given = matched(route.path, path);
    if (given) {
      place.value = { path, route, given: { ...Object.fromEntries(new URLSearchParams(query)), ...given } };
      window.scrollTo(0, 0);
      return;
    }
  }
  go("/today", { replace: true });
}

export function startRouter(all: Route[]): void {
  routes = all;
  window.addEventListener("hashchange", read);
  read();
}

/** To another screen: `go("/visit/…", { query: { mode: "电话" } })`. */
export function go(path: string, { replace = false, query = {} }: { replace?: boolean; query?: { [name: string]: string } } = {}): void {
  const asked = new URLSearchParams(query).toString();
  const hash = `#${path}${asked ? `?${asked}` : ""}`;
  if (replace) location.replace(hash);
  else { depth++; location.hash = hash; }
}

/** To where one came from; to `otherwise` when the app was opened here. */
export function back(otherwise = "/today"): void {
  if (depth > 0) { depth--; history.back(); } else go(otherwise, { replace: true });
}

export const router = { place: readonly(place), tab: computed(() => place.value?.route.tab), go, back };
