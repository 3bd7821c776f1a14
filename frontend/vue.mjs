// Vue's single-file components for esbuild: script and template become one module (no template is compiled in the
// browser, whose security policy refuses that), each style a sheet of its own that ends up in the bundle's CSS.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { compileScript, compileStyle, compileTemplate, parse } from "vue/compiler-sfc";

const STYLE = /\?style=(\d+)$/;

export function vue() {
  return {
    name: "vue",
    setup(build) {
      const parsed = new Map();

      build.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        const { descriptor, errors } = parse(source, { filename: path });
        if (errors.length) return { errors: errors.map((error) => ({ text: error.message, location: { file: path } })) };
        const id = createHash("sha256").update(relative(process.cwd(), path)).digest("hex").slice(0, 8);
        parsed.set(path, { descriptor, id });
        return { contents: moduleOf(descriptor, id, path), loader: "ts", resolveDir: path.slice(0, path.lastIndexOf("/")), watchFiles: [path] };
      });

      build.onResolve({ filter: STYLE }, ({ path }) => ({ path, namespace: "vue-style" }));
      build.onLoad({ filter: STYLE, namespace: "vue-style" }, ({ path }) => {
        const file = path.replace(STYLE, "");
        const { descriptor, id } = parsed.get(file);
        const style = descriptor.styles[Number(STYLE.exec(path)[1])];
        const { code, errors } = compileStyle({ source: style.content, filename: file, id: `data-v-${id}`, scoped: style.scoped });
        if (errors.length) return { errors: errors.map((error) => ({ text: error.message, location: { file } })) };
        return { contents: code, loader: "css", resolveDir: file.slice(0, file.lastIndexOf("/")) };
      });
    },
  };
}

function moduleOf(descriptor, id, path) {
  const scoped = descriptor.styles.some((style) => style.scoped);
  // Long static parts must not become markup that the browser parses: Vue's own vnodes set everything by property.
  const templates = { compilerOptions: { hoistStatic: false, scopeId: scoped ? `data-v-${id}` : undefined } };
  const lines = descriptor.styles.map((_style, index) => `import ${JSON.stringify(`${path}?style=${index}`)};`);
  if (descriptor.scriptSetup || descriptor.script) {
    const script = compileScript(descriptor, {
      id, inlineTemplate: Boolean(descriptor.scriptSetup), genDefaultAs: "component", templateOptions: templates, isProd: true,
    });
    lines.push(script.content);
  } else {
    lines.push("const component: any = {};");
  }
  if (descriptor.template && !descriptor.scriptSetup) {
    const { code, errors } = compileTemplate({ source: descriptor.template.content, filename: path, id, scoped, ...templates });
    if (errors.length) throw new Error(`${path}: ${errors.join("; ")}`);
    lines.push(code.replace("export function render", "function render"), "component.render = render;");
  }
  if (scoped) lines.push(`(component as any).__scopeId = "data-v-${id}";`);
  lines.push("export default component;");
  return lines.join("\n");
}
