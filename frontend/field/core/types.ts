// What the phone and the server say to each other, and what the app keeps in between.

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Values = { [column: string]: Json };

/** Something that went wrong, in a sentence for the person at the phone. */
export class Refusal extends Error {
  constructor(message: string, readonly kind = "refused") {
    super(message);
  }
}

/** Not now: the platform is busy, and is asked again in so many seconds. */
export class Busy extends Refusal {
  constructor(readonly seconds: number) {
    super("服务器正忙，或信号太弱", "busy");
  }
}

export interface SavedRow { register: string; id: string; values: Values }
export interface SaveBody { rows: SavedRow[] }
export interface AmendBody { register: string; id: string; fields: { [column: string]: { was: Json; is: Json } } }
export interface StepBody { register: string; id: string; step: string; given: Values }
/** A record that came back: what changed in its rows, and the step, together. */
export interface ResubmitBody { amends: AmendBody[] }
/** One line of one subject as its evaluator judged it; `was` is what this tablet knew to stand. */
export interface ScoreBody { seat: string; subject: string; line: string; was: Values | null; is: Values }
export interface Bodies { save: SaveBody; incident: SaveBody; amend: AmendBody; step: StepBody; resubmit: ResubmitBody; score: ScoreBody }
export type Kind = keyof Bodies;

export interface Fault { column: string; message: string }
export interface Clash { column: string; was: Json; theirs: Json; mine: Json }

/** Where a piece of work stands, from saved on the phone to arrived with everything that belongs to it. */
export type State =
  | "queued"     // on this phone only
  | "waiting"    // the server waits for what came before it
  | "files"      // arrived; photos or signatures are still on their way
  | "done"       // arrived
  | "merged"     // arrived and joined with what others wrote
  | "conflict"   // arrived in part; a person settles the rest at the desk
  | "refused"    // can never succeed as it is
  | "aside";     // set aside by the person at the phone

/** A photo or a signature that goes with a row. */
export interface NewAttachment { id?: string; kind: "photo" | "signature"; of: string; row: string; name: string; blob: Blob }

/** One thing to be told to the server. */
export interface Piece<K extends Kind = Kind> {
  kind: K;
  subject: string;          // the row it is about: its commands arrive in the order they were made
  body: Bodies[K];
  title: string;            // what the list of one's records calls it: 「王桂英 · 入户探访」
  form?: FilledForm;        // what was filled in, to put it right should the server refuse it
}

export interface NewWork<K extends Kind = Kind> extends Piece<K> {
  attachments?: NewAttachment[];
  draft?: string;           // this draft is gone in the same moment
  also?: Piece[];           // what follows from the same form: on the phone in the same moment, sent after it
  replaces?: string;        // the refused work that this one puts right: its files come along, it goes
}

/** A form as it was filled in, without its pictures. */
export interface FilledForm { key: string; answers: Json }

/** One piece of work as the list of one's records shows it. */
export interface Work {
  id: string;
  kind: Kind;
  subject: string;
  title: string;
  body: Bodies[Kind];
  madeAt: string;
  state: State;
  reason: string;           // the server's words: what is wrong, or what was merged
  advice: string;           // what one can do about it
  faults: Fault[];
  clashes: Clash[];
  form: FilledForm | null;
  files: number;
  filesSent: number;
}

export interface Draft {
  id: string;
  form: string;             // which form it belongs to: 「visit」
  subject: string;          // whom or what it is about; "" for something new
  title: string;
  content: Json;
  replaces?: string;        // the refused work that it puts right
  savedAt: string;
}

/** The one row of the feed `me`. */
export interface Me {
  id: string;
  user: Json;
  worker: Json;
  stations: Json[];
  projects: Json[];
  role: string;
  rights: string[];
  parameters: { [name: string]: Json };
  [more: string]: Json;
}

export interface Resident {
  id: string;
  code: string;
  name: string;
  pinyin: Json;             // initials and full, as the server makes them
  categories: string[];
  risk: string;
  phone: string;
  address: string;
  village: string;
  guardian: string;
  guardian_phone: string;
  status: string;
  [more: string]: Json;
}

export interface Duty {
  id: string;               // of the resident
  due_on: string;
  last_on: string | null;
  rule: string;
  first_contact: boolean;
  reason: string;
  mode: string;
  [more: string]: Json;
}

/** A row of any other feed. */
export interface Row { id: string; [column: string]: Json }

export interface Feeds {
  me: Me;
  residents: Resident;
  duties: Duty;
  records: Row;
  cases: Row;
  groups: Row;
  activities: Row;
  programmes: Row;
  scales: Row;
  lists: Row;
  incidents: Row;
  todos: Row;
  seats: Row;
  assessed: Row;
}
export type FeedKey = keyof Feeds;
export const FEEDS: readonly FeedKey[] = [
  "me", "residents", "duties", "records", "cases", "groups", "activities", "programmes", "scales", "lists", "incidents", "todos", "seats",
  "assessed",
];
