/** The API's manual, drawn from /openapi.json: nothing is fetched from anywhere else. */

import "./style.css";
import "./docs.css";
import "./theme";

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  items?: Schema;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  description?: string;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}
interface Operation {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  responses: Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>;
}
interface Api {
  info: { title: string; description?: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; securitySchemes?: object };
}

function el(tag: string, props: { class?: string; text?: string; href?: string } = {}, ...children: (Node | string)[]): HTMLElement {
  const node = document.createElement(tag);
  if (props.class) node.className = props.class;
  if (props.text !== undefined) node.textContent = props.text;
  if (props.href) node.setAttribute("href", props.href);
  node.append(...children);
  return node;
}

function shape(schema: Schema | undefined, api: Api, depth = 0): string {
  if (!schema) return "";
  if (schema.$ref) return shape(api.components?.schemas?.[schema.$ref.split("/").pop()!], api, depth);
  if (schema.anyOf) return schema.anyOf.map((one) => shape(one, api, depth)).join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array") return `[${shape(schema.items, api, depth)}, …]`;
  if (schema.properties && depth < 4) {
    const pad = "  ".repeat(depth + 1);
    const lines = Object.entries(schema.properties).map(([name, one]) => `${pad}"${name}": ${shape(one, api, depth + 1)}`);
    return `{\n${lines.join(",\n")}\n${"  ".repeat(depth)}}`;
  }
  return schema.format ?? schema.type ?? "any";
}

function limits({ schema }: Parameter): string {
  const parts = [schema.enum ? schema.enum.map((value) => JSON.stringify(value)).join(" | ") : (schema.type ?? "")];
  if (schema.minimum !== undefined) parts.push(`${schema.minimum} – ${schema.maximum ?? "…"}`);
  if (schema.default !== undefined) parts.push(`默认 ${JSON.stringify(schema.default)}`);
  return parts.join("，");
}

function operation(path: string, method: string, op: Operation, api: Api): HTMLElement {
  const box = el("section", { class: "panel operation" });
  box.append(
    el("h2", {}, el("b", { class: `method ${method}`, text: method.toUpperCase() }), el("code", { text: path })),
    el("p", { text: op.description || op.summary || "", class: "about" }),
  );
  if (op.parameters?.length) {
    const rows = op.parameters.map((parameter) =>
      el("tr", {}, el("td", {}, el("code", { text: parameter.name })), el("td", { text: limits(parameter) }), el("td", { text: parameter.description ?? "" })),
    );
    box.append(el("table", {}, el("tbody", {}, ...rows)));
  }
  for (const [status, answer] of Object.entries(op.responses)) {
    const text = shape(answer.content?.["application/json"]?.schema, api);
    if (status === "200" && text) box.append(el("pre", { text }));
  }
  return box;
}

async function main(): Promise<void> {
  const place = document.getElementById("docs")!;
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`/openapi.json: ${answer.status}`);
  const api = (await answer.json()) as Api;
  place.append(
    el("header", {}, el("h1", { text: `${api.info.title} · 接口` }), el("p", { class: "about", text: api.info.description ?? "" }),
      el("p", { class: "quiet" }, "机器可读：", el("a", { href: "/openapi.json", text: "/openapi.json" }), " · ", el("a", { href: "/", text: "返回页面" }))),
  );
  if (api.components?.securitySchemes)
    place.append(el("p", { class: "panel note", text: "每个 /api 请求都要带上密钥：Authorization: Bearer <key>" }));
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, op] of Object.entries(methods)) place.append(operation(path, method, op, api));
}

main().catch((error: unknown) => {
  document.getElementById("docs")!.textContent = `读不到接口描述：${error instanceof Error ? error.message : String(error)}`;
});
