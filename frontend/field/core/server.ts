// Every word with the server goes through here: with the token, with an end to waiting, with a reason when it fails.
import { Refusal } from "./types";

const PATIENCE = 60_000;  // milliseconds; a full batch on 2G takes half of it

const MOMENT = 10;  // seconds until a server that does not say when is asked again, at least

/** No answer came: no network, or nobody at the other end. */
export class Unreachable extends Error {}

/** No answer came in time: a server with too much to do, or a very weak signal. */
export class Slow extends Unreachable {}

/** The server answered, but not as hoped. `kind` is that of the platform's own problem document, "" when somebody in between spoke. */
export class Answered extends Refusal {
  /** `again`: in how many seconds it asks to be asked again, because it is busy; 0 where it says nothing of the kind. */
  constructor(readonly status: number, message: string, kind: string, readonly order = "", readonly again = 0) {
    super(message, kind);
  }

  /** Said by the platform itself, not by a proxy or a hot-spot. */
  get isOurs(): boolean { return this.kind !== ""; }
}

/** Nobody at the other end who could decide: no network, a server out of order, somebody in between. */
export const isUnheard = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Answered && (error.status >= 500 || !error.isOurs));

/** In how many seconds to ask again because the server is there and has too much to do; 0 where that is not the reason. */
export function busyFor(error: unknown): number {
  if (error instanceof Answered && error.again) return error.again;
  const busy = error instanceof Slow || (error instanceof Answered && [502, 503, 504].includes(error.status));
  return busy ? MOMENT * (1 + Math.random()) : 0;  // not all at the same moment
}

interface Asking { method?: string; token?: string; json?: unknown; bytes?: BufferSource; patience?: number }

export async function ask<T>(path: string, { method = "GET", token, json, bytes, patience = PATIENCE }: Asking = {}): Promise<T> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), patience);
  const headers: Record<string, string> = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (bytes !== undefined) headers["Content-Type"] = "application/octet-stream";
  try {
    const answer = await fetch(path, {
      method, headers, body: json === undefined ? bytes ?? null : JSON.stringify(json),
      credentials: "omit", cache: "no-store", signal: ending.signal,
    });
    return await read<T>(answer);
  } catch (error) {
    if (error instanceof Answered) throw error;
    throw ending.signal.aborted ? new Slow(String(error)) : new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  let content: unknown = null;
  try {
    content = text ? JSON.parse(text) : null;
  } catch {
    // Somebody in between answered: a hot-spot's sign-in page, a proxy.
    if (answer.ok) throw new Error("not the server");
  }
  if (answer.ok) return content as T;
  const problem = (content ?? {}) as { type?: string; title?: string; detail?: string };
  const kind = problem.type?.split(/[/:#]/).pop() ?? "";
  const order = answer.headers.get("X-Linzhan-Order") ?? "";  // given also to a phone that is no longer signed in
  const again = answer.status === 503 ? Number(answer.headers.get("Retry-After")) || 0 : 0;
  throw new Answered(answer.status, problem.detail || problem.title || `服务器答复 ${answer.status}`, kind, order, again);
}
