// The open vault: whose data lie open in this tab, and the key to them. Closed, there is nothing to read with.
import { database, type Vault } from "./database";
import { seal, unseal } from "./sealing";
import { Refusal } from "./types";

export interface Open { owner: string; username: string; key: CryptoKey }

let open: Open | null = null;
/** Where the browser keeps who was the last to open the app here. */
export const LAST = "field-last";
const whenClosing = new Set<() => void | Promise<void>>();
const whenOpened = new Set<() => void | Promise<void>>();

/** The open vault; asking while it is locked is a mistake of the caller or the end of a late task. */
export function vault(): Open {
  if (!open) throw new Refusal("已锁定，请先输入 PIN", "locked");
  return open;
}

export const isOpen = (): boolean => open !== null;
/** Whether it is this account that is open here: a late task asks before it touches anything. */
export const isOpenFor = (owner: string): boolean => open?.owner === owner;

/** `token`: the new one of whoever has just signed in, written before anybody is told that there is something open. */
export async function enter(entered: Open, token?: string): Promise<void> {
  open = entered;
  if (token) await writeMark("token", token);
  for (const task of whenOpened) await task();
}

/** Everything that must still be written is written first; then the key is forgotten. */
export async function leave(): Promise<void> {
  await Promise.allSettled([...whenClosing].map((task) => task()));
  open = null;
}

export const onOpened = (task: () => void | Promise<void>): void => void whenOpened.add(task);
export function onClosing(task: () => void | Promise<void>): () => void {
  whenClosing.add(task);
  return () => whenClosing.delete(task);
}

export async function readMark<T>(name: string, { owner, key } = vault()): Promise<T | undefined> {
  const row = await database.marks.get([owner, name]);
  return row && unseal<T>(key, `mark ${name}`, row.sealed);
}

export async function sealedMark(name: string, value: unknown, { owner, key } = vault()) {
  return { owner, name, sealed: await seal(key, `mark ${name}`, value) };
}

export async function writeMark(name: string, value: unknown): Promise<void> {
  await database.marks.put(await sealedMark(name, value));
}

/** Every trace of an account, in one transaction, and that it was the last one here. */
export async function wipe(owner: string): Promise<void> {
  const { vaults, rows, commands, attachments, drafts, marks } = database;
  const gone = await vaults.get(owner);
  if (gone && localStorage.getItem(LAST) === gone.username) localStorage.removeItem(LAST);
  await database.transaction("rw", [vaults, rows, commands, attachments, drafts, marks], async () => {
    for (const table of [rows, commands, attachments, drafts, marks]) await table.where("owner").equals(owner).delete();
    await vaults.delete(owner);
  });
}

export const vaultOf = (username: string): Promise<Vault | undefined> => database.vaults.where("username").equals(username).first();
