/** Something to choose: a code that is stored and a word that is read. */
export interface Option {
  readonly code: string;
  readonly label: string;
  readonly tone?: "warn" | "red";
  readonly hint?: string;
}

export const plain = (...labels: string[]): Option[] => labels.map((label) => ({ code: label, label }));
