// Charts come in a bundle of their own, fetched when the first chart nears the screen.
import { forEveryPart } from "./server";

interface Charts {
  draw(place: HTMLElement): Promise<void>;
}

let charts: Promise<Charts> | undefined;

const load = (): Promise<Charts> => (charts ??= import(document.documentElement.dataset.charts!) as Promise<Charts>);

async function show(place: HTMLElement): Promise<void> {
  try {
    await (await load()).draw(place);
  } catch (problem) {
    place.querySelector(".waiting")?.remove();
    place.closest(".figure-chart")?.querySelector<HTMLDetailsElement>("details")?.setAttribute("open", "");
    console.warn("chart", problem);
  }
}

export function watchCharts(): void {
  const known = new WeakSet<Element>();
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void show(target as HTMLElement);
    }
  }, { rootMargin: "200px" });
  forEveryPart((root) => {
    for (const place of root.querySelectorAll("[data-chart]")) {
      if (known.has(place)) continue;
      known.add(place);
      near.observe(place);
    }
  });
  window.addEventListener("beforeprint", () => {
    for (const numbers of document.querySelectorAll<HTMLDetailsElement>("details.same-numbers")) numbers.open = true;
    for (const place of document.querySelectorAll<HTMLElement>("[data-chart]:not([data-drawn])")) void show(place);
  });
}
