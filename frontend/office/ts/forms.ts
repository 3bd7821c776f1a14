// Forms: a field is checked when it is left, an unsaved form asks before the tab closes, a sent form cannot be sent twice.
import { t } from "./words";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (target: EventTarget | null): target is Control =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;

function complaint(control: Control): string {
  const state = control.validity;
  if (state.valid) return "";
  if (state.valueMissing) return t("required");
  if (state.customError) return control.validationMessage;
  if (state.badInput || state.patternMismatch) return /date/.test(control.type) ? t("date") : t("number");
  if (state.rangeUnderflow) return t("tooLow", (control as HTMLInputElement).min);
  if (state.rangeOverflow) return t("tooHigh", (control as HTMLInputElement).max);
  if (state.tooLong) return t("tooLong", (control as HTMLInputElement).maxLength, control.value.length);
  return control.validationMessage;
}

function check(control: Control): boolean {
  const field = control.closest<HTMLElement>(".field");
  if (!field || !control.willValidate) return true;
  const words = complaint(control);
  let place = field.querySelector<HTMLElement>("[data-error]");
  if (!place) {
    if (!words) return true;
    place = document.createElement("p");
    place.className = "error";
    place.dataset.error = "";
    place.id = `${control.id || control.name}-error`;
    field.append(place);
    control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), place.id].filter(Boolean).join(" "));
  }
  place.textContent = words;
  place.hidden = !words;
  field.classList.toggle("wrong", Boolean(words));
  if (words) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  return !words;
}

function submitted(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!form.matches("[data-form]")) return;
  const skipChecks = (event.submitter as HTMLButtonElement | null)?.formNoValidate;
  const wrong = skipChecks ? [] : [...form.elements].filter(isControl).filter((control) => !check(control));
  if (wrong.length || form.dataset.sent === "yes") {
    event.preventDefault();
    wrong[0]?.focus();
    return;
  }
  delete form.dataset.changed;
  form.dataset.sent = "yes";
  window.setTimeout(() => delete form.dataset.sent, 8000);
}

function dropped(input: HTMLInputElement): void {
  const name = input.closest(".drop")?.querySelector("[data-file-name]");
  if (name && input.files?.length) name.textContent = [...input.files].map((file) => file.name).join("、");
}

function watchDrops(): void {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const drop = (event.target as Element).closest?.<HTMLElement>(".drop");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      const files = (event as DragEvent).dataTransfer?.files;
      const input = drop.querySelector<HTMLInputElement>("input[type=file]");
      if (kind !== "drop" || !files?.length || !input) return;
      input.files = files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

export function watchForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-form]")) form.noValidate = true;
  const left = (event: Event): void => {
    if (isControl(event.target) && event.target.closest("form[data-form]")) check(event.target);
  };
  document.addEventListener("focusout", (event) => {
    if (isControl(event.target) && event.target.getAttribute("role") !== "combobox") left(event);
  });
  // What was wrong is looked at while it is mended: a message that goes only when the field is left moves the
  // button away from under the pointer, and the click that left the field is lost.
  document.addEventListener("input", (event) => {
    if ((event.target as Element).closest(".field.wrong")) left(event);
  });
  document.addEventListener("linzhan:check", left);
  // What is put right loses its complaint while typing: did it go when the field is left, the button that is being
  // pressed would move away from under the pointer, and the press be lost.
  document.addEventListener("input", (event) => {
    if (isControl(event.target) && event.target.getAttribute("aria-invalid") === "true") left(event);
  });
  document.addEventListener("change", (event) => {
    if (!isControl(event.target)) return;
    if (event.target.type === "file") dropped(event.target as HTMLInputElement);
    const form = event.target.closest<HTMLFormElement>("form[data-form]");
    if (form) form.dataset.changed = "yes";
  });
  document.addEventListener("submit", submitted);
  document.addEventListener("click", (event) => {
    const account = (event.target as Element).closest<HTMLElement>("[data-fill-username]");
    const form = document.querySelector<HTMLFormElement>("form[data-sign-in]");
    if (!account || !form) return;
    form.querySelector<HTMLInputElement>("[name=username]")!.value = account.dataset.fillUsername ?? "";
    const password = form.querySelector<HTMLInputElement>("[name=password]")!;
    password.value = account.dataset.fillPassword ?? "";
    (password.value ? form.querySelector<HTMLElement>("[type=submit]")! : password).focus();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!document.querySelector("form[data-form][data-changed]")) return;
    event.preventDefault();
    event.returnValue = t("leaving");
  });
  watchDrops();
}
