// Drafts: what is being typed is kept by itself, so that a call, a lock or a dead battery takes nothing away.
import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import { database, isFull } from "./database";
import { seal, unseal, uuid7 } from "./sealing";
import type { Draft, Json } from "./types";
import { isOpen, isOpenFor, onClosing, onOpened, vault } from "./vault";

const PAUSE = 600;  // milliseconds without typing until it is written
const ANEW = 5_000; // … until it is tried again after it could not be

const list: ShallowRef<Draft[]> = shallowRef([]);
const openForms = ref(0);

onOpened(load);
onClosing(() => { list.value = []; });

async function load(): Promise<void> {
  const { owner, key } = vault();
  const rows = await database.drafts.where("owner").equals(owner).toArray();
  const drafts = await Promise.all(rows.map((row) => unseal<Draft>(key, `draft ${row.id}`, row.sealed)));
  if (!isOpenFor(owner)) return;
  list.value = drafts.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
}

export type DraftContent = Omit<Draft, "id" | "savedAt"> & { id?: string };

async function save(draft: DraftContent): Promise<string> {
  const { owner, key } = vault();
  const savedAt = new Date();
  const kept: Draft = { ...draft, id: draft.id ?? uuid7(), savedAt: savedAt.toISOString() };
  const sealed = await seal(key, `draft ${kept.id}`, kept);
  await database.drafts.put({ id: kept.id, owner, savedAt: savedAt.getTime(), sealed });
  if (isOpenFor(owner)) list.value = [kept, ...list.value.filter((each) => each.id !== kept.id)];
  return kept.id;
}

async function remove(id: string): Promise<void> {
  await database.drafts.delete(id);
  dropped(id);
}

/** Tell the list that a draft is gone (the queue deletes it in its own transaction). */
export function dropped(id: string): void {
  list.value = list.value.filter((each) => each.id !== id);
}

export interface Autosave {
  id: string;
  /** "" before the first time, then 「已存草稿 09:31」. */
  words: Readonly<Ref<string>>;
  /** Write at once what is typed. Never fails: what could not be written is tried again, and `words` say so. */
  flush(): Promise<void>;
  /** Write what is typed and then nothing more while the form is being saved, so that no late draft comes after it. */
  hold(): Promise<void>;
  /** Saving failed: go on keeping. */
  release(): void;
  /** The form is done with: nothing more is kept, and the draft goes unless the queue took it. */
  finish(): Promise<void>;
  /** The form was saved through `queue.enqueue({draft: id})`: stop, the draft is gone already. */
  stop(): void;
}

/**
 * Keep a form while it is open. Call it in `setup`: it ends with the component. `content` is called whenever
 * something it reads changes; null means that nothing worth keeping has been typed.
 */
function autosave(about: { id?: string; form: string; subject: string; replaces?: string; title: () => string }, content: () => Json | null): Autosave {
  const id = about.id ?? uuid7();
  const words = ref("");
  let timer = 0;
  let pending = false;
  let ended = false;
  let held = false;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    window.clearTimeout(timer);
    if (!pending || ended || held || !isOpen()) return;
    pending = false;
    try {
      const typed = content();
      if (typed === null) return;
      await save({ id, form: about.form, subject: about.subject, title: about.title(), content: typed, ...(about.replaces && { replaces: about.replaces }) });
      words.value = `已存草稿 ${new Date().toTimeString().slice(0, 5)}`;
    } catch (error) {
      pending = true;
      words.value = isFull(error) ? "手机存储空间已满，草稿没有存下；请不要离开这一页，先删掉一些照片或应用" : "草稿没有存下，会再试；请不要离开这一页";
      if (!ended) timer = window.setTimeout(() => void flush(), ANEW);
    }
  };
  const flush = (): Promise<void> => (writing = writing.then(write));
  const unwatch = watch(content, () => {
    pending = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), PAUSE);
  }, { deep: true });
  const hidden = (): void => { if (document.visibilityState === "hidden") void flush(); };
  const forget = onClosing(flush);
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", flush);
  openForms.value++;

  const stop = (): void => {
    if (ended) return;
    ended = true;
    window.clearTimeout(timer);
    unwatch();
    forget();
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", flush);
    openForms.value--;
  };
  onScopeDispose(() => { void flush().finally(stop); });
  return {
    id, words: readonly(words), flush, stop,
    hold: async () => { await flush(); held = true; await writing; },
    release: () => { held = false; void flush(); },
    finish: async () => { stop(); await writing; await remove(id); },
  };
}

/** How many forms are open in this tab: a new version of the app waits for none. */
export const formsOpen = readonly(openForms);

export const drafts = { list, save, remove, autosave, get: (id: string): Draft | undefined => list.value.find((each) => each.id === id) };
