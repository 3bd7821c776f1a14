// The open vault: whose data lie open in this tab, and the key to them. Closed, there is nothing to read with.
import { database, type Vault } from "./database";
import { seal, unseal } from "./sealing";
import { Refusal } from "./types";

export interface Open { owner: string; username: string; key: CryptoKey }

let open: Open | null = null;
const whenClosing = new Set<() => void | Promise<void>>();
const whenOpened = new Set<() => void | Promise<void>>();

/** The open vault; asking while it is locked is a mistake of the caller or the end of a late task. */
export function vault(): Open {
  if (!open) throw new Refusal("已锁定，请先输入 PIN", "locked");
  return open;
}

export const isOpen = (): boolean => open !== null;

export async function enter(entered: Open): Promise<void> {
  open = entered;
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

export async function readMark<T>(name: string): Promise<T | undefined> {
  const { owner, key } = vault();
  const row = await database.marks.get([owner, name]);
  return row && unseal<T>(key, `mark ${name}`, row.sealed);
}

export async function sealedMark(name: string, value: unknown) {
  const { owner, key } = vault();
  return { owner, name, sealed: await seal(key, `mark ${name}`, value) };
}

export async function writeMark(name: string, value: unknown): Promise<void> {
  await database.marks.put(await sealedMark(name, value));
}

/** Every trace of an account, in one transaction. */
export async function wipe(owner: string): Promise<void> {
  const { vaults, rows, commands, attachments, drafts, marks } = database;
  await database.transaction("rw", [vaults, rows, commands, attachments, drafts, marks], async () => {
    for (const table of [rows, commands, attachments, drafts, marks]) await table.where("owner").equals(owner).delete();
    await vaults.delete(owner);
  });
}

export const vaultOf = (username: string): Promise<Vault | undefined> => database.vaults.where("username").equals(username).first();
