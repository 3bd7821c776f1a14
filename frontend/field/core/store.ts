// What the phone knows: the feeds, opened once when the vault opens and kept as plain arrays that screens read.
import { computed, shallowRef, triggerRef, type ComputedRef, type ShallowRef } from "vue";
import { database, type FeedRow, type MarkRow } from "./database";
import { seal, unseal } from "./sealing";
import { lockAfter } from "./session";
import { FEEDS, type FeedKey, type Feeds, type Json, type Me, type Resident } from "./types";
import { isOpenFor, onClosing, onOpened, vault, type Open } from "./vault";

type Held = { [K in FeedKey]: ShallowRef<Map<string, Feeds[K]>> };
export interface Change { rows: { id: string }[]; gone: string[] }

const held = Object.fromEntries(FEEDS.map((key) => [key, shallowRef(new Map())])) as unknown as Held;
const isFeed = (key: string): key is FeedKey => key in held;
const changed = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("linzhan-field-store");

const where = (feed: string, id: string): string => `row ${feed} ${id}`;

async function load(): Promise<void> {
  const { owner, key } = vault();
  const rows = await database.rows.where("owner").equals(owner).toArray();
  const opened = await Promise.all(rows.map((row) => unseal<{ id: string }>(key, where(row.feed, row.id), row.sealed)));
  if (!isOpenFor(owner)) return;
  const maps = Object.fromEntries(FEEDS.map((feed) => [feed, new Map<string, { id: string }>()]));
  rows.forEach((row, index) => maps[row.feed]?.set(row.id, opened[index]!));
  for (const feed of FEEDS) (held[feed] as ShallowRef<unknown>).value = maps[feed];
  await obey();
}

function forget(): void {
  for (const feed of FEEDS) (held[feed] as ShallowRef<unknown>).value = new Map();
}

onOpened(load);
onClosing(forget);
changed?.addEventListener("message", () => void load().catch(() => undefined));

/**
 * What came with one answer becomes true in one moment, with the marks that say so; `reset`: instead of all there was.
 * An answer for an account that is no longer open here changes nothing: it is asked for again.
 */
export async function apply({ owner, key }: Open, feeds: { [key: string]: Change }, marks: MarkRow[], reset = false): Promise<void> {
  const known = Object.entries(feeds).filter(([feed]) => isFeed(feed));
  const rows: FeedRow[] = [];
  for (const [feed, change] of known) {
    const sealed = await Promise.all(change.rows.map((row) => seal(key, where(feed, row.id), row)));
    change.rows.forEach((row, index) => rows.push({ owner, feed, id: row.id, sealed: sealed[index]! }));
  }
  const gone = known.flatMap(([feed, change]) => change.gone.map((id): [string, string, string] => [owner, feed, id]));
  if (!isOpenFor(owner)) return;
  await database.transaction("rw", [database.rows, database.marks], async () => {
    if (reset) await database.rows.where("owner").equals(owner).delete();
    await database.rows.bulkDelete(gone);
    await database.rows.bulkPut(rows);
    await database.marks.bulkPut(marks);
  });
  if (!isOpenFor(owner)) return;
  if (reset) forget();
  for (const [feed, change] of known) {
    const ref = held[feed as FeedKey] as unknown as ShallowRef<Map<string, { id: string }>>;
    for (const id of change.gone) ref.value.delete(id);
    for (const row of change.rows) ref.value.set(row.id, row);
    triggerRef(ref);
  }
  if (known.length) {
    changed?.postMessage("rows");
    await obey();
  }
}

async function obey(): Promise<void> {
  const minutes = Number(store.parameter("idle_minutes"));
  if (minutes > 0) await lockAfter(minutes);
}

function feed<K extends FeedKey>(key: K): ComputedRef<Feeds[K][]> {
  return computed(() => [...held[key].value.values()]);
}

const me = computed<Me | undefined>(() => held.me.value.values().next().value);

interface Findable { resident: Resident; texts: string[] }
const findable = computed<Findable[]>(() =>
  [...held.residents.value.values()].map((resident) => ({ resident, texts: textsOf(resident) })));

function textsOf(resident: Resident): string[] {
  return [resident.name, resident.code, ...wordsIn(resident.pinyin)].filter(Boolean).map((text) => text.toLowerCase());
}

function wordsIn(pinyin: Json): string[] {
  if (typeof pinyin === "string") return [...pinyin.split(/[\s,;]+/), pinyin.replace(/\s+/g, "")];
  if (Array.isArray(pinyin)) return pinyin.flatMap(wordsIn);
  return pinyin && typeof pinyin === "object" ? Object.values(pinyin).flatMap(wordsIn) : [];
}

/** Residents whose name, code or pinyin has the text in it: those that begin with it first. */
function search(text: string, limit = 50): Resident[] {
  const wanted = text.trim().toLowerCase().replace(/\s+/g, "");
  if (!wanted) return [];
  const first: Resident[] = [];
  const later: Resident[] = [];
  for (const { resident, texts } of findable.value) {
    if (texts.some((each) => each.startsWith(wanted))) first.push(resident);
    else if (texts.some((each) => each.includes(wanted))) later.push(resident);
  }
  return [...first, ...later].slice(0, limit);
}

export const store = {
  me,
  residents: feed("residents"),
  duties: feed("duties"),
  records: feed("records"),
  cases: feed("cases"),
  groups: feed("groups"),
  activities: feed("activities"),
  programmes: feed("programmes"),
  scales: feed("scales"),
  lists: feed("lists"),
  incidents: feed("incidents"),
  todos: feed("todos"),
  seats: feed("seats"),
  assessed: feed("assessed"),
  /** One row of a feed by its id; reactive where it is read. */
  get<K extends FeedKey>(key: K, id: string): Feeds[K] | undefined { return held[key].value.get(id); },
  /** A parameter of the feed `me`. */
  parameter: (name: string): Json | undefined => me.value?.parameters?.[name],
  search,
};
