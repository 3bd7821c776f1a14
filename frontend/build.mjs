// Builds every bundle the server hands out into dist/, whose names are stable: the server adds the hashes.
import { build, context } from "esbuild";
import { copyFile, mkdir, rm, stat } from "node:fs/promises";

const watching = process.argv.includes("--watch");
const target = ["chrome87", "firefox91", "safari15"];
const shared = { bundle: true, minify: !watching, sourcemap: watching, target, legalComments: "none", charset: "utf8", logLevel: "warning" };
const bundles = [
  { ...shared, entryPoints: { office: "office/ts/main.ts" }, format: "iife", outdir: "dist" },
  { ...shared, entryPoints: { charts: "office/ts/charts.ts" }, format: "esm", outdir: "dist" },
  { ...shared, entryPoints: { office: "office/css/index.css" }, outdir: "dist" },
];
const copies = [["office/icons.svg", "dist/icons.svg"], ["office/mark.svg", "dist/mark.svg"]];

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
for (const [from, to] of copies) await copyFile(from, to);

if (watching) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
  for (const name of ["office.js", "office.css", "charts.js", "icons.svg", "mark.svg"]) {
    const { size } = await stat(`dist/${name}`);
    console.log(`${name.padEnd(12)} ${(size / 1024).toFixed(1).padStart(7)} KB`);
  }
}
