// What lies on the phone. In clear are ids, order, sizes and states; everything a person said or is called is sealed.
import { Dexie, type Table } from "dexie";
import type { State } from "./types";

export type Sealed = Uint8Array;

/** One account on this phone. `owner` is also the device's id towards the server: a phone is known per account. */
export interface Vault {
  owner: string;
  username: string;
  salt: Uint8Array;
  rounds: number;           // of PBKDF2
  byPin: Sealed | null;     // the data key, wrapped; gone after too many wrong PINs
  byPassword: Sealed;
  wrong: number;            // wrong PINs in a row
  minutes: number;          // idle minutes until it locks
}

export interface FeedRow { owner: string; feed: string; id: string; sealed: Sealed }
export interface CommandRow {
  seq?: number;             // the order in which they were made on this phone
  id: string;
  owner: string;
  subject: string;
  after: string | null;
  state: State;
  bytes: number;
  settledAt: number;        // milliseconds; 0 while it is open
  sealed: Sealed;
}
export interface AttachmentRow { id: string; owner: string; command: string; size: number; received: number; sealed: Sealed }
export interface DraftRow { id: string; owner: string; savedAt: number; sealed: Sealed }
export interface MarkRow { owner: string; name: string; sealed: Sealed }

class Database extends Dexie {
  vaults!: Table<Vault, string>;
  rows!: Table<FeedRow, [string, string, string]>;
  commands!: Table<CommandRow, number>;
  attachments!: Table<AttachmentRow, string>;
  drafts!: Table<DraftRow, string>;
  marks!: Table<MarkRow, [string, string]>;

  constructor() {
    super("linzhan-field");
    this.version(1).stores({
      vaults: "owner, &username",
      rows: "[owner+feed+id], [owner+feed], owner",
      commands: "++seq, &id, owner, [owner+subject]",
      attachments: "id, owner, command",
      drafts: "id, owner",
      marks: "[owner+name], owner",
    });
  }
}

export const database = new Database();

/** No room left on the phone; a transaction tells it as the reason of its end. */
export function isFull(error: unknown): boolean {
  const told = error as { name?: string; inner?: { name?: string } } | null;
  return told?.name === "QuotaExceededError" || told?.inner?.name === "QuotaExceededError";
}
