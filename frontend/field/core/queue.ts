// What was done and is on its way. A piece of work is one transaction: it is on the phone as a whole, with its photos
// and without its draft, or not at all; only then does `enqueue` come back and a form may say 已保存.
import { computed, shallowRef, type ShallowRef } from "vue";
import { iso } from "./clock";
import { database, isFull, type AttachmentRow, type CommandRow } from "./database";
import { dropped } from "./drafts";
import { sealBytes, seal, sizeOf, unseal, uuid7 } from "./sealing";
import { Refusal, type Bodies, type Clash, type Fault, type FilledForm, type Kind, type NewAttachment, type NewWork, type Piece, type State, type Work } from "./types";
import { isOpenFor, onClosing, onOpened, vault, type Open } from "./vault";

/** What of a command is sealed. */
export interface Contents {
  kind: Kind;
  body: Bodies[Kind];
  title: string;
  madeAt: string;
  reason: string;
  advice: string;
  faults: Fault[];
  clashes: Clash[];
  form: FilledForm | null;
}
export interface Waiting extends CommandRow { contents: Contents }
interface FileContents { kind: NewAttachment["kind"]; of: string; row: string; name: string; type: string }
export interface FileRow extends AttachmentRow { contents: FileContents }

const KEPT = 7 * 24 * 3_600_000;  // milliseconds that arrived work stays in the list
const OPEN: ReadonlySet<State> = new Set<State>(["queued", "waiting", "files"]);

const list: ShallowRef<Work[]> = shallowRef([]);
const hurry = new Set<() => void>();
const elsewhere = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("linzhan-field-queue");
elsewhere?.addEventListener("message", () => void reload().catch(() => undefined));

onOpened(async () => { await tidy(); await reload(); });
onClosing(() => { list.value = []; });

/** Called after new work was saved. */
export const onWork = (task: () => void): void => void hurry.add(task);

export const isOpenState = (state: State): boolean => OPEN.has(state);

async function rowsOf(): Promise<CommandRow[]> {
  return database.commands.where("owner").equals(vault().owner).sortBy("seq");
}

export async function opened(rows: CommandRow[], { key }: Open = vault()): Promise<Waiting[]> {
  return Promise.all(rows.map(async (row) => ({ ...row, contents: await unseal<Contents>(key, `command ${row.id}`, row.sealed) })));
}

export async function resealed(id: string, contents: Contents, { key }: Open = vault()): Promise<Uint8Array> {
  return seal(key, `command ${id}`, contents);
}

let turn = Promise.resolve();
/** Read the list anew; one after the other, so that the last one read is the last one shown. */
export function reload(): Promise<void> {
  turn = turn.catch(() => undefined).then(async () => {
    const our = vault();
    const found = await opened(await rowsOf(), our);
    const files = await database.attachments.where("owner").equals(our.owner).toArray();
    if (isOpenFor(our.owner)) list.value = found.map((each) => worked(each, files.filter((file) => file.command === each.id))).reverse();
  });
  return turn;
}

export async function reloadEverywhere(): Promise<void> {
  elsewhere?.postMessage("queue");
  await reload();
}

function worked({ id, subject, state, contents }: Waiting, files: AttachmentRow[]): Work {
  const sent = files.filter((file) => file.received >= file.size).length;
  return { id, subject, state, ...contents, files: files.length, filesSent: sent };
}

/** Resolves when everything is on the phone for good. */
async function enqueue<K extends Kind>(work: NewWork<K>): Promise<string> {
  const our = vault();
  const rows = await Promise.all([work, ...(work.also ?? [])].map((each) => rowed(our, each)));
  const { id } = rows[0]!;
  const files = await Promise.all((work.attachments ?? []).map((file) => filed(our.key, our.owner, id, file)));
  try {
    await database.transaction("rw", [database.commands, database.attachments, database.drafts], async () => {
      for (const row of rows) {
        const before = await database.commands.where("[owner+subject]").equals([our.owner, row.subject]).sortBy("seq");
        row.after = before.filter((each) => OPEN.has(each.state) && each.state !== "files").pop()?.id ?? null;
        await database.commands.add(row);
      }
      await database.attachments.bulkAdd(files);
      if (work.draft) await database.drafts.delete(work.draft);
      if (work.replaces) await handOver(await one(work.replaces), id);
    });
  } catch (error) {
    if (isFull(error)) {
      throw new Refusal("手机存储空间已满，这一条还没有保存。请删掉一些照片或应用后再按一次保存", "full");
    }
    throw error;
  }
  if (work.draft) dropped(work.draft);
  await reloadEverywhere();
  for (const task of hurry) task();
  return id;
}

async function rowed({ owner, key }: Open, work: Piece): Promise<CommandRow> {
  const id = uuid7();
  const contents: Contents = {
    kind: work.kind, body: work.body, title: work.title, madeAt: iso(), reason: "", advice: "", faults: [], clashes: [], form: work.form ?? null,
  };
  return {
    id, owner, subject: work.subject, after: null, state: "queued", settledAt: 0,
    bytes: sizeOf(contents.body) + 300, sealed: await seal(key, `command ${id}`, contents),
  };
}

async function filed(key: CryptoKey, owner: string, command: string, file: NewAttachment): Promise<AttachmentRow> {
  const id = file.id ?? uuid7();
  const bytes = await file.blob.arrayBuffer();
  const head = new TextEncoder().encode(JSON.stringify({ kind: file.kind, of: file.of, row: file.row, name: file.name, type: file.blob.type }));
  const whole = new Uint8Array(4 + head.length + bytes.byteLength);
  new DataView(whole.buffer).setUint32(0, head.length);
  whole.set(head, 4);
  whole.set(new Uint8Array(bytes), 4 + head.length);
  return { id, owner, command, size: bytes.byteLength, received: 0, sealed: await sealBytes(key, `file ${id}`, whole) };
}

/** The head and the bytes of a file, out of one opened seal. */
export function unfiled(whole: ArrayBuffer): { contents: FileContents; bytes: Uint8Array } {
  const length = new DataView(whole).getUint32(0);
  const contents = JSON.parse(new TextDecoder().decode(new Uint8Array(whole, 4, length))) as FileContents;
  return { contents, bytes: new Uint8Array(whole, 4 + length) };
}

async function one(id: string): Promise<CommandRow> {
  const row = await database.commands.where("id").equals(id).first();
  if (row?.owner !== vault().owner) throw new Refusal("这一条已经不在手机上了", "gone");
  return row;
}

/** Put back in the queue what was refused or set aside. */
async function retry(id: string): Promise<void> {
  const row = await one(id);
  await database.commands.update(row.seq!, { state: "queued", settledAt: 0 });
  await reloadEverywhere();
  for (const task of hurry) task();
}

/** Keep it on the phone without sending it; what comes after it goes on. */
async function setAside(id: string): Promise<void> {
  await unchain(await one(id), (row) => database.commands.update(row.seq!, { state: "aside" }));
}

/** Delete it from the phone, files and all. The caller has asked the person. */
async function discard(id: string): Promise<void> {
  await unchain(await one(id), async (row) => {
    await database.attachments.where("command").equals(row.id).delete();
    await database.commands.delete(row.seq!);
  });
}

/** The files of refused work go with the work that puts it right. */
async function handOver(refused: CommandRow, to: string): Promise<void> {
  await database.attachments.where("command").equals(refused.id).modify({ command: to });
  await database.commands.delete(refused.seq!);
}

/** Whatever waited for this one waits for the one before it. */
async function unchain(row: CommandRow, act: (row: CommandRow) => PromiseLike<unknown>): Promise<void> {
  await database.transaction("rw", [database.commands, database.attachments], async () => {
    await database.commands.where("[owner+subject]").equals([row.owner, row.subject])
      .and((each) => each.after === row.id).modify({ after: row.after });
    await act(row);
  });
  await reloadEverywhere();
}

/** Work that arrived a week ago leaves the phone. */
async function tidy(): Promise<void> {
  const { owner } = vault();
  const limit = Date.now() - KEPT;
  const old = (await rowsOf()).filter((row) => row.settledAt && row.settledAt < limit && row.state !== "refused" && row.state !== "aside");
  if (!old.length) return;
  await database.transaction("rw", [database.commands, database.attachments], async () => {
    await database.commands.bulkDelete(old.map((row) => row.seq!));
    const ids = new Set(old.map((row) => row.id));
    await database.attachments.where("owner").equals(owner).and((file) => ids.has(file.command)).delete();
  });
}

export const queue = {
  /** Everything of the last week, newest first. */
  list,
  /** How many pieces of work are still on their way. */
  open: computed(() => list.value.filter((each) => OPEN.has(each.state)).length),
  /** How many need the person: refused, in conflict, set aside. */
  troubled: computed(() => list.value.filter((each) => each.state === "refused" || each.state === "conflict" || each.state === "aside").length),
  /** How many the platform does not take as they are. */
  refused: computed(() => list.value.filter((each) => each.state === "refused").length),
  enqueue, retry, setAside, discard,
};
