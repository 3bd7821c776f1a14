// What an evaluator's tablet knows: seats, subjects, lines; and where each judgement is, from a draft to the platform.
import { computed } from "vue";
import { drafts, queue, session, store, type Json, type Row, type ScoreBody, type Values, type Work } from "../core";
import { each, rows, said } from "../forms/known";

const RIGHT = "quality.scores.edit";
const SCORERS = new Set(["evaluator", "purchaser", "township_official"]);

/** Whether this app is for scoring: so says the platform, and before the first contact the role one signed in with. */
export const isScoring = computed(() => (store.me.value ? store.me.value.rights.includes(RIGHT) : SCORERS.has(session.role.value)));

export interface Line {
  readonly code: string; readonly name: string; readonly full: string; readonly rule: string; readonly words: string;
  readonly items: readonly string[]; readonly isPlatform: boolean; readonly figure: string; readonly basis: string;
}
export interface Seat { readonly id: string; readonly round: string; readonly period: string; readonly side: string; readonly due: string; readonly lines: readonly Line[] }
type Texts = { readonly [line: string]: string };
export interface Subject {
  readonly id: string; readonly seat: string; readonly subject: string; readonly code: string; readonly name: string; readonly away: string;
  readonly statement: string; readonly known: Texts; readonly files: { readonly [line: string]: readonly string[] }; readonly given: { readonly [line: string]: Values };
}

const table = <T>(row: Row, name: string): { [line: string]: T } => (row[name] ?? {}) as unknown as { [line: string]: T };
const lineOf = (row: { [name: string]: Json }): Line => ({
  code: said(row, "code"), name: said(row, "name"), full: said(row, "full"), rule: said(row, "rule"), words: said(row, "words"),
  items: each(row, "items"), isPlatform: row.platform === true, figure: said(row, "figure"), basis: said(row, "basis"),
});
const seatOf = (row: Row): Seat => ({
  id: row.id, round: said(row, "round"), period: said(row, "period"), side: said(row, "side"), due: said(row, "due"), lines: rows(row, "lines").map(lineOf),
});
const subjectOf = (row: Row): Subject => ({
  id: row.id, seat: said(row, "seat"), subject: said(row, "subject"), code: said(row, "code"), name: said(row, "name"), away: said(row, "away"),
  statement: said(row, "statement"), known: table<string>(row, "known"), files: table<string[]>(row, "files"), given: table<Values>(row, "given"),
});

/** The seats, the round that ends first at the top. */
export const seats = computed<Seat[]>(() => store.seats.value.map(seatOf).sort((a, b) => (a.due || "9").localeCompare(b.due || "9") || a.id.localeCompare(b.id)));
const bySeat = computed(() => {
  const found = new Map<string, Subject[]>();
  for (const one of store.assessed.value.map(subjectOf)) found.set(one.seat, [...(found.get(one.seat) ?? []), one]);
  for (const list of found.values()) list.sort((a, b) => a.code.localeCompare(b.code));
  return found;
});
export const subjectsOf = (seat: string): Subject[] => bySeat.value.get(seat) ?? [];
export const subjectIn = (seat: string, id: string): Subject | undefined => subjectsOf(seat).find(({ subject }) => subject === id);

/** What one has to judge of a subject: the lines of one's side, and what the platform turned out not to know. */
export const asked = (seat: Seat, subject: Subject): Line[] => seat.lines.filter(({ code, isPlatform }) => !isPlatform || !(code in subject.known));
export const found = (seat: Seat, subject: Subject): Line[] => seat.lines.filter(({ code }) => code in subject.known);

/** Which judgement it is; also the end of its address. */
export const keyOf = (seat: string, subject: string, line: string): string => [seat, subject, line].map(encodeURIComponent).join("/");
const FORM = "score:";
export const formOf = (key: string): string => FORM + key;
export const addressOf = (form: string): string => `/scoring/${form.slice(FORM.length)}`;
export const isScore = (form: string): boolean => form.startsWith(FORM);

const bodyOf = (work: Work): ScoreBody => work.body as ScoreBody;
const PENDING = new Set(["queued", "waiting", "files"]);
const STUCK = new Set(["refused", "conflict", "aside"]);

/** The newest piece of work about each line, and the newest that is still on its way. */
const works = computed(() => {
  const newest = new Map<string, Work>();
  const pending = new Map<string, Work>();
  for (const work of queue.list.value) {
    if (work.kind !== "score") continue;
    const body = bodyOf(work);
    const key = keyOf(body.seat, body.subject, body.line);
    if (!newest.has(key)) newest.set(key, work);
    if (PENDING.has(work.state) && !pending.has(key)) pending.set(key, work);
  }
  return { newest, pending };
});
const drafted = computed(() => new Set(drafts.list.value.map(({ form }) => form)));

/** Work about a line that its author has to look at. */
export function stuck(key: string): Work | undefined {
  const work = works.value.newest.get(key);
  return work && STUCK.has(work.state) ? work : undefined;
}

/** What stands, as far as this tablet knows: what is on its way, or else what the platform has. */
export function standing(subject: Subject, line: string): Values | null {
  const work = works.value.pending.get(keyOf(subject.seat, subject.subject, line));
  return work ? bodyOf(work).is : subject.given[line] ?? null;
}

export type Mark = "open" | "draft" | "waiting" | "stuck" | "sent";
export const MARKS: { readonly [mark in Mark]: string } = { open: "没有评", draft: "草稿", waiting: "未传", stuck: "要处理", sent: "已传" };

export function markOf(subject: Subject, line: string): Mark {
  const key = keyOf(subject.seat, subject.subject, line);
  if (stuck(key)) return "stuck";
  if (drafted.value.has(formOf(key))) return "draft";
  if (works.value.pending.has(key)) return "waiting";
  return line in subject.given || works.value.newest.has(key) ? "sent" : "open";
}

export interface Progress { readonly done: number; readonly all: number; readonly stuck: number; readonly waiting: number }
export function progressOf(seat: Seat, subject: Subject): Progress {
  const marks = asked(seat, subject).map(({ code }) => markOf(subject, code));
  const count = (...wanted: Mark[]): number => marks.filter((mark) => wanted.includes(mark)).length;
  return { done: count("sent", "waiting"), all: marks.length, stuck: count("stuck"), waiting: count("waiting") };
}
