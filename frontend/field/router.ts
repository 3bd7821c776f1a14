// Where one is: the part of the address behind #, so that back works and no server is asked.
import { computed, readonly, shallowRef, type Component } from "vue";

export type Tab = "today" | "people" | "scoring" | "records" | "me";
export interface Route {
  path: string;             // "/residents/:id"
  title: string;
  screen: Component;        // gets the parameters of the path and of the query as props
  tab?: Tab;                // one of those at the thumb, with their bar; without it the screen has a way back
  wide?: boolean;           // uses the room of a tablet
}
export interface Place { path: string; route: Route; given: { [name: string]: string } }

let routes: Route[] = [];
const place = shallowRef<Place | null>(null);
let steps = 0;              // entries of this app behind the one shown; each entry keeps its own, so a reload or the phone's own back key cannot miscount
let arriving: number | null = 0;

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

function counted(): void {
  const kept = (history.state as { steps?: number } | null)?.steps;
  steps = kept ?? arriving ?? steps + 1;
  arriving = null;
  if (kept === undefined) history.replaceState({ steps }, "");
}

function read(): void {
  counted();
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
  if (!replace) { location.hash = hash; return; }
  arriving = steps;
  location.replace(hash);
}

/** The address of where one is, said anew (`draft`, once there is one) without going anywhere; `read` finds it there. */
function restate(path: string, query: { [name: string]: string }): void {
  history.replaceState(history.state, "", `#${path}?${new URLSearchParams(query)}`);
}

/** To where one came from; to `otherwise` when the app was opened here. */
export function back(otherwise = "/today"): void {
  if (steps > 0) history.back(); else go(otherwise, { replace: true });
}

/** For work that takes a moment: the way back from the screen shown now, which does nothing once the person has gone elsewhere. */
export function backFrom(otherwise?: string): () => void {
  const here = place.value;
  return () => { if (place.value === here) back(otherwise); };
}

export const router = { place: readonly(place), tab: computed(() => place.value?.route.tab), go, back, backFrom, restate, read };
