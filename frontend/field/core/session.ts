// Who is at this phone. One phone may serve several: each has an account of their own here, sealed by their own PIN.
import { computed, readonly, ref, shallowRef } from "vue";
import { iso } from "./clock";
import { database, type Vault } from "./database";
import { ROUNDS, derive, keyOf, newKeyBytes, openBytes, random, sealBytes, uuid7 } from "./sealing";
import { Answered, ask, busyFor, isUnheard, Unreachable } from "./server";
import { Busy, Refusal } from "./types";
import { enter, isOpen, isOpenFor, LAST, leave, onClosing, onOpened, readMark, vault, vaultOf, wipe, writeMark } from "./vault";

export type Stage = "starting" | "unavailable" | "signed-out" | "locked" | "pin" | "open";
export interface Appointment { id: string; role: string; label: string; region_code: string }
interface Issued { token: string; expires_at: string; appointment: Appointment; appointments: Appointment[] }

export const WRONG_PINS = 5;
const MINUTES = 15;
const FIRST_PAUSE = 2_000;           // milliseconds, doubling
const LONGEST_PAUSE = 5 * 60_000;
const PIN = /^\d{6}$/;
/** Of several appointments the first of these: whoever delivers the service before whoever scores it. */
const IN_THE_FIELD = ["station_worker", "station_lead", "provider_manager", "evaluator", "purchaser", "township_official"];

const stage = ref<Stage>("starting");
const why = ref("");
const people = shallowRef<string[]>([]);
const current = ref("");
const idleMinutes = ref(MINUTES);
const role = ref("");
onOpened(async () => { role.value = (await readMark<string>("role")) ?? ""; });
onClosing(() => { role.value = ""; });
let fresh: Uint8Array | null = null;  // the data key between signing in and choosing a PIN

const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("linzhan-field-session");
others?.addEventListener("message", ({ data }) => {
  if (data === vaultOwner()) void shutToo(data as string);
});
const vaultOwner = (): string => (isOpen() ? vault().owner : "");

/** What this browser lacks, in plain words; "" when nothing is missing. */
function missing(): string {
  if (!window.isSecureContext || !window.crypto?.subtle) {
    return "这个网址不是 https，浏览器不允许在上面加密保存资料，所以手机端不能使用。请用 https 开头的网址打开，或请管理员为服务器配置证书；在此之前可以在电脑上登记。";
  }
  if (!window.indexedDB) return "这个浏览器不能在手机上保存资料（可能开着无痕模式）。请换一个浏览器，或关掉无痕模式再打开。";
  return "";
}

async function start(): Promise<void> {
  why.value = missing();
  if (why.value) { stage.value = "unavailable"; return; }
  try {
    await database.open();
  } catch {
    why.value = "手机上的资料库打不开：可能是无痕模式，或存储空间已满。请换一个浏览器，或清理空间后再打开。";
    stage.value = "unavailable";
    return;
  }
  await look();
  void askForOrders();
}

/** Whoever has an account on this phone; the one used last comes first. */
async function look(): Promise<void> {
  const found = await database.vaults.toArray();
  const last = localStorage.getItem(LAST) ?? "";
  people.value = found.map((each) => each.username).sort((a, b) => Number(b === last) - Number(a === last) || (a < b ? -1 : 1));
  stage.value = found.length ? "locked" : "signed-out";
}

/** Another password opened the vault before: one of these opens it once more, or what is in it is given up. */
export interface Earlier { pin?: string; password?: string; giveUp?: boolean }

/**
 * With user name and password. The first time on a phone needs the network; later the password also opens
 * the vault without it, for whoever has forgotten the PIN. Raises `Busy` where it should be tried again by itself.
 */
async function signIn(username: string, password: string, earlier: Earlier = {}): Promise<void> {
  const known = await vaultOf(username);
  let issued: Issued | null = null;
  let unheard: unknown = null;
  try {
    issued = await tokenFor(username, password);
  } catch (error) {
    if (!isUnheard(error)) throw error;
    unheard = error;
    if (!known || earlier.giveUp) throw notSignedIn(error, earlier.giveUp);
  }
  if (known && earlier.giveUp) await wipe(known.owner);
  const [owner, bytes] = known && !earlier.giveUp
    ? [known.owner, await reopened(known, password, earlier, unheard)]
    : [await created(username, password), fresh!];
  await opened(owner, username, bytes, issued?.token);
  if (issued) {
    role.value = issued.appointment.role;
    await writeMark("role", role.value);
  }
  const kept = await database.vaults.get(owner);
  fresh = kept?.byPin ? null : bytes;
  stage.value = kept?.byPin ? "open" : "pin";
}

/** Why nobody could say whether the password is right, where nothing on this phone can say it either. */
function notSignedIn(error: unknown, givingUp = false): Refusal {
  const seconds = busyFor(error);
  if (seconds) return new Busy(seconds);
  if (error instanceof Answered && error.isOurs) return new Refusal(`${error.message}。请稍后再试；一直这样的，请告诉管理员`, "failed");
  return new Refusal(givingUp ? "连不上服务器。要有网络才能重新开始" : "连不上服务器。第一次在这部手机上登录要有网络", "offline");
}

async function tokenFor(username: string, password: string): Promise<Issued> {
  const request = (appointment?: string) =>
    ask<Issued>("/api/v1/tokens", { method: "POST", json: { username, password, ...(appointment && { appointment }) } });
  const issued = await request();
  const wanted = IN_THE_FIELD.map((role) => issued.appointments.find((each) => each.role === role)).find(Boolean);
  return wanted && wanted.id !== issued.appointment.id ? request(wanted.id) : issued;
}

async function created(username: string, password: string): Promise<string> {
  const owner = uuid7();
  const salt = random(16);
  fresh = newKeyBytes();
  const byPassword = await sealBytes(await derive(password, salt, ROUNDS), `password ${owner}`, fresh as BufferSource);
  await database.vaults.put({ owner, username, salt, rounds: ROUNDS, byPin: null, byPassword, wrong: 0, minutes: MINUTES });
  return owner;
}

/** `unheard` is why the platform could not say that the password is right; null where it said so. */
async function reopened(known: Vault, password: string, earlier: Earlier, unheard: unknown): Promise<Uint8Array> {
  let bytes = await unwrapped(known, "password", password);
  if (bytes) {
    await database.vaults.update(known.owner, { wrong: 0 });
    return bytes;
  }
  const seconds = busyFor(unheard);
  if (seconds) throw new Busy(seconds);
  if (unheard) throw new Refusal("密码不对。没有网络时，要用上次在这部手机上登录的密码", "wrong");
  if (earlier.pin) bytes = await unwrapped(known, "pin", earlier.pin);
  if (!bytes && earlier.password) bytes = await unwrapped(known, "password", earlier.password);
  if (!bytes) {
    throw new Refusal("密码已在别处改过。请输入这部手机的 PIN 或上次的密码，才能打开手机里还没有传完的记录", "earlier");
  }
  const byPassword = await sealBytes(await derive(password, known.salt, known.rounds), `password ${known.owner}`, bytes as BufferSource);
  await database.vaults.update(known.owner, { byPassword, wrong: 0 });
  return bytes;
}

async function unwrapped(known: Vault, by: "pin" | "password", secret: string): Promise<Uint8Array | null> {
  const wrapped = by === "pin" ? known.byPin : known.byPassword;
  if (!wrapped) return null;
  try {
    return new Uint8Array(await openBytes(await derive(secret, known.salt, known.rounds), `${by} ${known.owner}`, wrapped));
  } catch {
    return null;  // the wrong secret
  }
}

async function opened(owner: string, username: string, bytes: Uint8Array, token?: string): Promise<void> {
  await enter({ owner, username, key: await keyOf(bytes) }, token);
  current.value = username;
  localStorage.setItem(LAST, username);
  idleMinutes.value = (await database.vaults.get(owner))?.minutes ?? MINUTES;
  lastTouch = Date.now();
  // A wish: browsers may clear what they keep when a phone is full, except where this is granted.
  void navigator.storage?.persist?.().catch(() => false);
}

/** After signing in, or to change it (`before` is then the PIN so far). */
async function setPin(pin: string, before?: string): Promise<void> {
  if (!PIN.test(pin)) throw new Refusal("PIN 是 6 位数字", "shape");
  if (/^(\d)\1+$/.test(pin) || "01234567890 09876543210".includes(pin)) throw new Refusal("这个 PIN 太容易猜到，请换一个", "shape");
  const { owner } = vault();
  const known = await database.vaults.get(owner);
  if (!known) throw new Refusal("这部手机上已经没有这个账号，请重新登录", "gone");
  const bytes = fresh ?? (before ? await unwrapped(known, "pin", before) : null);
  if (!bytes) throw new Refusal("原来的 PIN 不对", "wrong");
  const byPin = await sealBytes(await derive(pin, known.salt, known.rounds), `pin ${owner}`, bytes as BufferSource);
  await database.vaults.update(owner, { byPin, wrong: 0 });
  fresh = null;
  stage.value = "open";
}

async function unlock(username: string, pin: string): Promise<void> {
  const known = await vaultOf(username);
  if (!known) { await look(); throw new Refusal("这部手机上已经没有这个账号，请重新登录", "gone"); }
  if (!known.byPin) throw new Refusal("PIN 已停用，请用密码登录", "password");
  const bytes = await unwrapped(known, "pin", pin);
  if (!bytes) await refuse(known);
  else {
    await database.vaults.update(known.owner, { wrong: 0 });
    await opened(known.owner, username, bytes);
    stage.value = "open";
  }
}

/** Too many wrong PINs take the PIN's own key away: from then on nothing but the password opens. */
async function refuse(known: Vault): Promise<never> {
  const wrong = known.wrong + 1;
  await database.vaults.update(known.owner, wrong >= WRONG_PINS ? { wrong, byPin: null } : { wrong });
  if (wrong >= WRONG_PINS) throw new Refusal(`PIN 已输错 ${WRONG_PINS} 次，请用密码登录；手机里的记录都还在`, "password");
  throw new Refusal(`PIN 不对，还可以试 ${WRONG_PINS - wrong} 次`, "wrong");
}

/** Close what is open here, after writing what is being typed. */
async function shut(): Promise<void> {
  await leave();
  fresh = null;
  current.value = "";
  await look();
}

/** Locked or wiped in another tab: what this one wrote while closing goes as well, where the account has gone. */
async function shutToo(owner: string): Promise<void> {
  await shut();
  if (!(await database.vaults.get(owner))) await wipe(owner);
}

async function lock(): Promise<void> {
  const owner = vaultOwner();
  await shut();
  if (owner) others?.postMessage(owner);
}

/** How much would be lost by signing out. */
async function unsent(): Promise<{ works: number; drafts: number }> {
  const { owner } = vault();
  const commands = await database.commands.where("owner").equals(owner).toArray();
  return {
    works: commands.filter((each) => each.settledAt === 0 || each.state === "refused" || each.state === "aside").length,
    drafts: await database.drafts.where("owner").equals(owner).count(),
  };
}

/** Take everything of this account off this phone. Refuses when something is unsent, unless that was said. */
async function signOut({ evenUnsent = false } = {}): Promise<void> {
  const { works, drafts } = await unsent();
  if (!evenUnsent && works + drafts) {
    throw new Refusal(`还有 ${works} 条没有传完、${drafts} 份草稿；退出会把它们从这部手机上删掉`, "unsent");
  }
  await erase();
}

/** At once, whatever is there and whoever is open: the person's own decision, or the order for a lost phone. */
export async function erase(owner = vault().owner): Promise<void> {
  await wipe(owner);
  if (isOpenFor(owner)) {
    await leave();
    await wipe(owner);  // what was being typed while it went
    fresh = null;
    current.value = "";
  }
  others?.postMessage(owner);
  if (!isOpen()) await look();
}

/**
 * A phone that lies locked somewhere asks whether it was reported lost: for that it need not be signed in.
 * A network that has only just come back often loses the first question; then it asks again.
 */
async function askForOrders(): Promise<void> {
  window.clearTimeout(asking);
  let unheard = false;
  const waiting = (await database.vaults.toArray()).filter(({ owner }) => owner !== vaultOwner());
  for (const { owner } of waiting) {
    try {
      await ask("/api/v1/sync", { method: "POST", json: { device: owner, clock: iso(), want: false, commands: [] } });
    } catch (error) {
      if (error instanceof Unreachable) unheard = true;
      else if (error instanceof Answered && error.order === "wipe") {
        await wipe(owner);
        if (!isOpen()) await look();
      }
    }
  }
  unheardTimes = unheard ? unheardTimes + 1 : 0;
  if (unheard && navigator.onLine) {
    asking = window.setTimeout(() => void askForOrders(), Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (unheardTimes - 1)));
  }
}
let asking = 0;
let unheardTimes = 0;
window.addEventListener("online", () => void askForOrders());
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && !isOpen()) void askForOrders(); });

let lastTouch = Date.now();
const touch = (): void => { lastTouch = Date.now(); };
function lockWhenIdle(): void {
  if (isOpen() && Date.now() - lastTouch > idleMinutes.value * 60_000) void shut();  // other tabs know whether they are in use
}
for (const event of ["pointerdown", "keydown", "scroll"]) window.addEventListener(event, touch, { passive: true, capture: true });
document.addEventListener("visibilitychange", lockWhenIdle);
setInterval(lockWhenIdle, 5_000);

/** From the feed `me`: minutes without a touch until the app locks. */
export async function lockAfter(minutes: number): Promise<void> {
  idleMinutes.value = minutes;
  await database.vaults.update(vault().owner, { minutes });
}

export const session = {
  stage: readonly(stage),
  /** Why it is `unavailable`. */
  why: readonly(why),
  /** User names with an account on this phone, the last one first. */
  people,
  /** The user name that is open, or "". */
  current: readonly(current),
  /** As whom one signed in last: what the app shows before the platform has told more. */
  role: readonly(role),
  isOpen: computed(() => stage.value === "open"),
  idleMinutes: readonly(idleMinutes),
  start, signIn, setPin, unlock, lock, unsent, signOut,
  /** To the sign-in page, for another person. */
  other: (): void => { stage.value = "signed-out"; },
  /** Back to the choice of people. */
  choose: look,
};
