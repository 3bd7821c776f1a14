// A form is data: what is asked, when, what for, and which rows it becomes. One page shows them all.
import type { Bodies, Json, NewAttachment, Values } from "../core";
import type { Option } from "../parts/options";
import type { Picture } from "../parts/photos";
import type { When } from "../parts/when";

/** Everything a form holds is plain JSON, so that a draft is the form. `id` is the row's, made when it is opened. */
export type Answers = { id: string; [name: string]: Json };
export type Given = { readonly [name: string]: string };

interface Asked {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  /** What the answer is used for, where that is not plain. */
  readonly use?: string;
  readonly required?: string;                                  // the sentence when it is missing
  readonly shown?: (answers: Answers) => boolean;
  readonly folded?: boolean;                                   // below 更多, which nobody has to open
}
type From<T> = (answers: Answers) => T;

export type Field = Asked & (
  | { readonly kind: "choice"; readonly options: From<readonly Option[]>; readonly several?: boolean; readonly keep?: boolean; readonly wide?: boolean; readonly first?: number }
  | { readonly kind: "checks"; readonly questions: readonly Option[]; readonly answers: readonly Option[]; readonly usual: string }
  | { readonly kind: "when"; readonly lengths?: readonly number[] }
  | { readonly kind: "line"; readonly input?: "text" | "tel" | "date"; readonly hint?: string; readonly most?: number }
  | { readonly kind: "long"; readonly hint?: string; readonly rows?: number; readonly phrases?: From<readonly string[]> }
  | { readonly kind: "number"; readonly unit?: string; readonly step?: number }
  | { readonly kind: "switch"; readonly hint?: string }
  | { readonly kind: "people"; readonly several?: boolean; readonly offered?: () => readonly string[] }
  | { readonly kind: "names"; readonly people: From<readonly Option[]> }
  | { readonly kind: "goals"; readonly goals: From<readonly Option[]> }
  | { readonly kind: "photos"; readonly purpose: string; readonly shielded: From<boolean> }
  | { readonly kind: "signature"; readonly purpose: string }
  | { readonly kind: "place" }
  | { readonly kind: "told"; readonly told: From<string> }     // something to read, nothing to answer
);

export interface Fault { readonly field: string; readonly message: string }

/** What a finished form becomes: one piece of work, whole or not at all. */
export interface Outcome {
  readonly kind: "save" | "incident" | "amend";
  readonly subject: string;
  readonly title?: string;
  readonly body: Bodies["save"] | Bodies["amend"];
  readonly attachments?: NewAttachment[];
  /** What else follows from the same form: pieces of work of their own, sent after it. */
  readonly also?: readonly Outcome[];
}

export interface Form {
  readonly key: string;
  readonly title: string;
  readonly done?: string;                                      // the verb on the button
  readonly fields: readonly Field[];
  /** Empty, or filled with what is known from where one came. */
  readonly start: (given: Given) => Answers;
  /** Whom it is about, at the top. */
  readonly about?: (answers: Answers) => string;
  readonly title_of: (answers: Answers) => string;
  readonly check?: (answers: Answers) => Fault[];
  /** "Like last time": what the same person's last record says, to be taken over by one tap. */
  readonly again?: (answers: Answers) => { readonly label: string; readonly fill: Partial<Answers> } | null;
  /** What cannot wait: what the red form is to begin with as soon as an answer says so. */
  readonly alarm?: (answers: Answers) => Given | null;
  readonly outcome: (answers: Answers) => Outcome;
  /** How a record of this form that came back opens again: which rows are its, and what they answered. */
  readonly reopen?: { readonly fits: (sent: readonly Sent[]) => boolean; readonly answers: (sent: readonly Sent[]) => Partial<Answers> };
}

/** A row as it was sent and as the platform holds it now. */
export interface Sent { readonly register: string; readonly id: string; readonly values: Values }

const list = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Answers as what they are. */
export const text = (answers: Answers, name: string): string => (typeof answers[name] === "string" ? (answers[name] as string).trim() : "");
export const many = (answers: Answers, name: string): string[] => list(answers[name]);
export const count = (answers: Answers, name: string): number | null => (typeof answers[name] === "number" ? (answers[name] as number) : null);
export const whether = (answers: Answers, name: string): boolean => answers[name] === true;
export const record = (answers: Answers, name: string): Record<string, string> => {
  const value = answers[name];
  return value && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, string>) : {};
};
export const pictures = (answers: Answers, name: string): Picture[] => (Array.isArray(answers[name]) ? (answers[name] as unknown as Picture[]) : []);
export const when = (answers: Answers): When => answers.when as unknown as When;
export const names = (answers: Answers): { present: string[]; others: string[] } => {
  const sheet = record(answers, "names") as unknown as { present?: string[]; others?: string[] };
  return { present: sheet.present ?? [], others: sheet.others ?? [] };
};

/** The blank of every field, so that a page may bind to it. */
export function blank(field: Field): Json {
  switch (field.kind) {
    case "choice": return field.several ? [] : "";
    case "people": case "photos": case "signature": return [];
    case "checks": case "goals": return {};
    case "names": return { present: [], others: [] };
    case "number": case "place": return null;
    case "switch": return false;
    default: return "";
  }
}

export function isEmpty(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every((each) => isEmpty(each));
}

export const isShown = (field: Field, answers: Answers): boolean => !field.shown || field.shown(answers);

/** Everything that is missing or wrong, in the order of the page. */
export function faultsOf(form: Form, answers: Answers): Fault[] {
  const missing = form.fields
    .filter((field) => field.required && isShown(field, answers) && isUnanswered(field, answers))
    .map((field) => ({ field: field.name, message: field.required ?? "" }));
  return [...missing, ...(form.check?.(answers) ?? [])];
}

function isUnanswered(field: Field, answers: Answers): boolean {
  if (field.kind === "when") return !when(answers).minutes;
  return isEmpty(answers[field.name]);
}
