// The phone's side of the exchange: what waits is sent in order, what changed is fetched, and nothing counts as
// arrived before the server said so. Only one tab of an account does it at a time.
import { readonly, ref } from "vue";
import { iso, setOffset } from "./clock";
import { database, type AttachmentRow, type CommandRow } from "./database";
import { setMood } from "./network";
import { isOpenState, onWork, opened, reloadEverywhere, resealed, unfiled, type Waiting } from "./queue";
import { openBytes } from "./sealing";
import { Answered, ask, Unreachable } from "./server";
import { erase } from "./session";
import { apply, type Change } from "./store";
import type { Clash, Fault, State } from "./types";
import { isOpen, isOpenFor, onClosing, onOpened, readMark, sealedMark, vault, type Open } from "./vault";

const BATCH_BYTES = 24_000;   // some seconds on 2G; a dropped connection costs no more than this
const BATCH_COMMANDS = 200;
const PIECE = 60 * 1024;      // of a photo; the server takes up to 64 KB
const SMALL_PIECE = 16 * 1024; // where the last attempt got lost
const STANDSTILLS = 3;        // a piece that gets lost is tried again at once, so often
const EVERY = 5 * 60_000;     // milliseconds between looks at what changed
const FIRST_PAUSE = 2_000;
const TURN = 3_000;           // until a tab asks again whether the other one has finished
const LONGEST_PAUSE = 5 * 60_000;

interface Result { id: string; state: string; title: string; detail: string; faults?: Fault[]; conflicts?: Clash[] }
interface Answer {
  server_time: string; offset: number | null; clock_ok: boolean; results: Result[];
  feeds: { [key: string]: Change }; state: string; more: boolean; reset: boolean; order: "" | "wipe";
}

const ADVICE: { [state: string]: string } = {
  refused: "按原因改好后重新登记；确认不要了可以删除",
  conflict: "不用重复登记：站长或您在电脑上「待合并」里选定保留哪一个",
  merged: "",
};
/** A score is nobody else's to settle. */
const SCORED_ELSEWHERE = "打开这一项，看两边写的，定下来再保存一次";

const lastAt = ref("");
const running = ref(false);
let failures = 0;
let limit = BATCH_BYTES;      // shrinks while batches do not get through, so that one bad piece ends up alone
let timer = 0;
let due = Infinity;           // when the timer goes off
let again = false;            // somebody has asked for one more: new work, or a person
let notBefore = 0;            // on the clock that is never set: a busy server is not asked again before

let current: Promise<void> | null = null;

/** Send and fetch now. Comes back when it is over, well or not; what happened is told by `network`. */
function now(): Promise<void> {
  again = true;
  current ??= rounds().finally(() => { current = null; });
  return current;
}

/** Round after round, as long as somebody asked for one more meanwhile. */
async function rounds(): Promise<void> {
  running.value = true;
  rest();
  try {
    while (again && isOpen()) {
      again = false;
      await roundOf(vault());
    }
  } finally {
    running.value = false;
  }
}

async function roundOf(whose: Open): Promise<void> {
  try {
    await alone(whose.owner, () => exchange(whose));
  } catch (error) {
    if (isOpenFor(whose.owner)) throw error;  // else it was locked or left meanwhile: that is the end of the round and no fault
  }
}

/** One tab at a time; where the browser has no locks, a note in the database that runs out by itself. */
async function alone(owner: string, task: () => Promise<void>): Promise<void> {
  if (navigator.locks) {
    await navigator.locks.request(`linzhan-field-sync ${owner}`, { ifAvailable: true }, async (lock) => (lock ? task() : afterTurn()));
    return;
  }
  const name = `field-sync ${owner}`;
  const held = Number(localStorage.getItem(name) ?? 0);
  if (held > Date.now()) { afterTurn(); return; }
  const hold = () => localStorage.setItem(name, String(Date.now() + 90_000));
  hold();
  const holding = setInterval(hold, 20_000);
  try {
    await task();
  } finally {
    clearInterval(holding);
    localStorage.removeItem(name);
  }
}

/** Whose exchange it is, and with what it is signed: an answer may come when somebody else sits at the phone. */
interface Ours extends Open { token: string }

async function exchange(whose: Open): Promise<void> {
  const left = notBefore - performance.now();
  if (left > 0) { waits(left); return; }
  const token = await readMark<string>("token", whose);
  if (!isOpenFor(whose.owner)) return;
  if (!token) { setMood("stranger", "请用密码登录一次，手机里的记录都还在"); later(EVERY); return; }
  const our: Ours = { ...whose, token };
  setMood("talking");
  try {
    await sendAll(our);
    await sendFiles(our);
    if (!again && isOpenFor(our.owner)) await settled(our);
  } catch (error) {
    if (error instanceof Answered && error.order === "wipe") await erase(our.owner);
    else if (isOpenFor(our.owner)) failed(error);
  }
  if (isOpenFor(our.owner)) await reloadEverywhere();
}

async function settled(our: Ours): Promise<void> {
  failures = 0;
  limit = BATCH_BYTES;
  const at = iso();
  await database.marks.put(await sealedMark("last", at, our));
  if (!isOpenFor(our.owner)) return;
  lastAt.value = at;
  setMood("idle");
  later(EVERY);
}

function failed(error: unknown): void {
  if (error instanceof Answered && error.status === 401 && error.isOurs) {
    setMood("stranger", "登录已过期，请用密码重新登录；手机里的记录都还在");
    later(EVERY);
    return;
  }
  if (error instanceof Answered && error.again) {  // nothing is wrong: it is another's turn
    // The header counts whole seconds; all who were told the same one spread over it, none of them earlier.
    const pause = (error.again + Math.random()) * 1000;
    notBefore = performance.now() + pause;
    waits(pause);
    return;
  }
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures++) * (0.5 + Math.random() / 2);
  if (error instanceof Unreachable) setMood("unreachable", "", Date.now() + pause);
  else if (error instanceof Answered) setMood("troubled", error.isOurs ? error.message : `网络中间有设备拦下了（${error.status}），会自动再试`, Date.now() + pause);
  else { setMood("troubled", "手机端出错，会自动再试", Date.now() + pause); console.error(error); }
  later(pause);
}

/** The platform is busy: what waits stays where it is, and goes when it was told to come. */
function waits(left: number): void {
  setMood("busy", "", Date.now() + left);
  later(left);
}

function rest(): void {
  window.clearTimeout(timer);
  due = Infinity;
}

function later(pause: number): void {
  rest();
  due = Date.now() + pause;
  timer = window.setTimeout(() => void now(), pause);
}

/** Another tab is at it: what this one has to send is not left to it for long. */
function afterTurn(): void {
  if (due > Date.now() + TURN) later(TURN);
}

/** Batch after batch, then whatever changed on the other side until there is no more. */
async function sendAll(our: Ours): Promise<void> {
  const passed = new Set<string>();  // tried in this round: what the server cannot take yet comes again in the next
  for (;;) {
    const batch = await nextBatch(our, passed);
    const left = (await openRows(our)).filter((row) => row.state !== "files" && !passed.has(row.id)).length;
    if (!isOpenFor(our.owner)) return;
    const answer = await sent(our, batch, left === 0);
    if (!answer || !isOpenFor(our.owner)) return;
    if (left === 0 && !answer.more && !(await oncemore(our, passed))) return;
  }
}

/** Commands that waited for one that has since arrived are tried once more in the same round. */
async function oncemore(our: Ours, passed: Set<string>): Promise<boolean> {
  const open = await openRows(our);
  const before = stillBefore(open);
  const free = open.filter((row) => row.state === "waiting" && before(row) === null && !passed.has(`again ${row.id}`));
  for (const row of free) { passed.delete(row.id); passed.add(`again ${row.id}`); }
  return free.length > 0;
}

/** What a piece of work has to wait for: only what is itself still on its way, not what was refused or taken away. */
function stillBefore(open: CommandRow[]): (row: CommandRow) => string | null {
  const ids = new Set(open.filter((row) => row.state !== "files").map((row) => row.id));
  return ({ after }) => (after !== null && ids.has(after) ? after : null);
}

async function openRows({ owner }: Ours): Promise<CommandRow[]> {
  const rows = await database.commands.where("owner").equals(owner).sortBy("seq");
  return rows.filter((row) => isOpenState(row.state));
}

async function nextBatch(our: Ours, passed: Set<string>): Promise<Waiting[]> {
  const chosen: CommandRow[] = [];
  let bytes = 0;
  for (const row of await openRows(our)) {
    if (row.state === "files" || passed.has(row.id)) continue;
    if (chosen.length && (bytes + row.bytes > limit || chosen.length >= BATCH_COMMANDS)) break;
    chosen.push(row);
    bytes += row.bytes;
    passed.add(row.id);
  }
  return opened(chosen, our);
}

async function sent(our: Ours, batch: Waiting[], want: boolean): Promise<Answer | null> {
  const open = await openRows(our);
  const before = stillBefore(open);
  const request = {
    device: our.owner, name: deviceName().slice(0, 64), clock: iso(), state: (await readMark<string>("state", our)) ?? "", want,
    unsent: open.length,
    commands: batch.map((row) =>
      ({ id: row.id, kind: row.contents.kind, subject: row.subject, after: before(row), made_at: row.contents.madeAt, body: row.contents.body })),
  };
  let answer: Answer;
  try {
    answer = await ask<Answer>("/api/v1/sync", { method: "POST", token: our.token, json: request });
  } catch (error) {
    if (error instanceof Answered && error.isOurs && error.status !== 401 && !error.again && batch.length) return cornered(our, error, batch);
    throw error;
  }
  if (answer.order === "wipe") { await erase(our.owner); return null; }
  if (!isOpenFor(our.owner)) return null;
  await noted(our, batch, answer);
  if (!isOpenFor(our.owner)) return null;
  setOffset(answer.offset);
  return answer;
}

/**
 * The server could not take a batch as a whole. Half of it is tried next time, until the one that it cannot take is
 * alone: that one is set aside when the fault is its own (4xx), or left for later (5xx). What a proxy or a hot-spot
 * says is nobody's fault and never comes here.
 */
async function cornered(our: Ours, error: Answered, batch: Waiting[]): Promise<null> {
  if (!isOpenFor(our.owner)) return null;
  if (batch.length > 1) limit = Math.max(1, Math.floor(batch.reduce((sum, each) => sum + each.bytes, 0) / 2));
  const lasting = error.status >= 400 && error.status < 500 && ![403, 408, 425, 429].includes(error.status);
  if (batch.length === 1 && lasting) {
    await conclude(our, batch[0]!, { id: batch[0]!.id, state: "refused", title: "", detail: error.message });
    again = true;
    return null;
  }
  throw error;
}

/** `retry`: a fault of the server's own, which looks into it; nothing was kept there, so it is sent again. */
const STATES: { [said: string]: State } = {
  done: "done", merged: "merged", conflict: "conflict", refused: "refused", waiting: "waiting", retry: "queued",
};

/** Results, feeds and the token that stands for both become true together. */
async function noted(our: Ours, batch: Waiting[], answer: Answer): Promise<void> {
  const results = new Map(answer.results.map((result) => [result.id, result]));
  for (const each of batch) {
    const result = results.get(each.id);
    if (result) await conclude(our, each, result);
  }
  const marks = [await sealedMark("offset", answer.offset, our)];
  if (answer.state) marks.push(await sealedMark("state", answer.state, our));
  await apply(our, answer.feeds ?? {}, marks, answer.reset);
}

async function conclude(our: Ours, row: Waiting, result: Result): Promise<void> {
  const said = STATES[result.state] ?? "refused";
  const files = await database.attachments.where("command").equals(row.id).and((file) => file.received < file.size).count();
  const state: State = files && (said === "done" || said === "merged") ? "files" : said;
  const sealed = await resealed(row.id, {
    ...row.contents,
    title: row.contents.title || result.title,
    reason: result.detail ?? "",
    advice: said === "conflict" && row.contents.kind === "score" ? SCORED_ELSEWHERE : ADVICE[said] ?? "",
    faults: result.faults ?? [],
    clashes: result.conflicts ?? [],
  }, our);
  if (!isOpenFor(our.owner)) return;
  await database.commands.update(row.seq!, { state, sealed, settledAt: isOpenState(state) ? 0 : Date.now() });
}

/** Photos make room: for new work, which goes first, and for whoever comes next to this phone. */
const isInTheWay = (our: Ours): boolean => again || !isOpenFor(our.owner);

/** Photos and signatures follow what they belong to, in pieces, from where the server has got to. */
async function sendFiles(our: Ours): Promise<void> {
  if (isInTheWay(our)) return;
  const commands = (await database.commands.where("owner").equals(our.owner).sortBy("seq"))
    .filter((row) => row.state === "files" || row.state === "conflict");
  let kept: Answered | null = null;  // what this account may not send today does not hold up the rest
  for (const command of commands) {
    const files = await database.attachments.where("command").equals(command.id).toArray();
    let forbidden = false;
    for (const file of files) {
      try {
        if (file.received < file.size) await sendFile(our, command, file);
      } catch (error) {
        if (!(error instanceof Answered && error.isOurs && error.status === 403) || error.order) throw error;
        kept = error;
        forbidden = true;
      }
      if (isInTheWay(our)) return;
    }
    if (command.state === "files" && !forbidden) await finished(our, command);
  }
  if (kept) throw kept;
}

async function finished(our: Ours, command: CommandRow): Promise<void> {
  const kept = await database.commands.get(command.seq!);
  if (kept?.state !== "files" || (await database.attachments.where("command").equals(command.id).and((file) => file.received < file.size).count())) return;
  const [{ contents }] = await opened([kept], our) as [Waiting];
  await database.commands.update(kept.seq!, { state: contents.reason ? "merged" : "done", settledAt: Date.now() });
}

async function sendFile(our: Ours, command: CommandRow, file: AttachmentRow): Promise<void> {
  const { contents, bytes } = unfiled(await openBytes(our.key, `file ${file.id}`, file.sealed));
  const path = `/api/v1/attachments/${file.id}`;
  const about = new URLSearchParams({ total: String(bytes.length), kind: contents.kind, of: contents.of, row: contents.row, name: contents.name });
  let received = file.received;
  let standstills = 0;
  while (received < bytes.length) {
    const piece = bytes.slice(received, received + (failures || standstills ? SMALL_PIECE : PIECE));
    try {
      // The answer says from where to go on, also when more or less has arrived than this phone knows.
      const answer = await ask<{ received: number }>(`${path}?offset=${received}&${about}`, { method: "PUT", token: our.token, bytes: piece });
      standstills = answer.received > received ? 0 : standstills + 1;
      if (standstills > STANDSTILLS) throw new Answered(502, "照片没有传上去，会自动再试", "failed");
      received = answer.received;
    } catch (error) {
      if (error instanceof Unreachable && standstills++ < STANDSTILLS && navigator.onLine && !isInTheWay(our)) continue;
      if (!isOpenFor(our.owner) || !(await givenUp(our, error, command, file))) throw error;
      return;
    }
    if (!isOpenFor(our.owner)) return;
    await database.attachments.update(file.id, { received });
    if (again && received < bytes.length) return;
  }
  await database.attachments.update(file.id, { received: file.size, sealed: new Uint8Array() });
}

/** A file that the server will never take does not hold up the others; the list says so. */
async function givenUp(our: Ours, error: unknown, command: CommandRow, file: AttachmentRow): Promise<boolean> {
  if (!(error instanceof Answered) || !error.isOurs || ![400, 404, 409, 413, 415, 422].includes(error.status)) return false;
  const row = await database.commands.get(command.seq!);
  if (!row) return true;
  const [{ contents }] = await opened([row], our) as [Waiting];
  const sealed = await resealed(command.id, { ...contents, reason: `${contents.reason}照片没有收下：${error.message}`, advice: "记录本身已经送达" }, our);
  await database.transaction("rw", [database.commands, database.attachments], async () => {
    await database.attachments.delete(file.id);
    await database.commands.update(command.seq!, { sealed });
  });
  return true;
}

function deviceName(): string {
  const model = /Android [^;)]*; ([^;)]+?)(?: Build|\))/.exec(navigator.userAgent)?.[1];
  if (model && model !== "K") return model.trim();
  return /iPhone|iPad/.exec(navigator.userAgent)?.[0] ?? (/Android/.test(navigator.userAgent) ? "安卓手机" : "电脑上的浏览器");
}

function soon(): void {
  failures = 0;
  void now();
}

onWork(() => void now());
onOpened(async () => {
  lastAt.value = (await readMark<string>("last")) ?? "";
  failures = 0;
  setTimeout(soon, 0);
});
onClosing(() => { rest(); setMood("idle"); });
window.addEventListener("online", soon);
window.addEventListener("focus", soon);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") soon(); });

export const sync = {
  now,
  running: readonly(running),
  /** When everything was last sent and fetched; "" when never. */
  lastAt: readonly(lastAt),
};
