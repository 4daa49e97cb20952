import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { GraphError } from "../../graph/errors.ts";
import { STORE_FORMAT } from "../../graph/migrations/store-format.ts";
import { hasApiKeys } from "../../graph/queries/api-keys.ts";
import { presentIndexes } from "../../graph/queries/indexes.ts";
import { storeFormat } from "../../graph/queries/store-format.ts";
import { openGraph } from "../../graph/store/open.ts";
import { schemaStatements } from "../../graph/store/schema.ts";
import type { GraphStore } from "../../graph/store/store.ts";
import { openThroughService } from "../admin-store.ts";
import { type Config, ConfigError, isLoopback } from "../config.ts";

/** What one check found, with the remedy where something is wrong. */
export interface Finding {
  readonly check: "node" | "settings" | "graph" | "format" | "indexes" | "room" | "access";
  readonly state: "ok" | "warning" | "fault";
  readonly zh: string;
  readonly en: string;
}

const OLDEST_NODE = [20, 19] as const;
const MB = 1_048_576;
const LITTLE_ROOM = 1_024 * MB;
const NO_ROOM = 100 * MB;

/** Every check that can be made, in order; none changes anything. */
export async function findings(read: () => Config, version = process.versions.node): Promise<readonly Finding[]> {
  const found = [nodeVersion(version)];
  let config: Config;
  try {
    config = read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...found, { check: "settings", state: "fault", zh: `设置有误：${error.message}`, en: error.message }];
  }
  found.push({ check: "settings", state: "ok", zh: "设置可用。", en: "The settings can be used." });
  if (config.graph.engine === "embedded" && config.graph.path !== null) found.push(...(await room(config.graph.path)));
  const opened = await open(config);
  if ("state" in opened) return [...found, opened];
  await using store = opened.store;
  found.push(opened.finding, await format(store));
  if (store.engine === "neo4j") found.push(await indexes(store));
  return [...found, await who(config, store)];
}

function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const oldest = OLDEST_NODE.join(".");
  return isNewEnough
    ? { check: "node", state: "ok", zh: `Node ${version}。`, en: `Node ${version}.` }
    : {
        check: "node",
        state: "fault",
        zh: `Node ${version} 过旧：请安装 ${oldest} 或更高版本。`,
        en: `Node ${version} is too old: install ${oldest} or later.`,
      };
}

type Opened = { readonly store: GraphStore; readonly finding: Finding } | Finding;

async function open({ graph }: Config): Promise<Opened> {
  if (graph.engine === "embedded" && graph.path !== null && !(await isThere(graph.path)))
    return {
      check: "graph",
      state: "ok",
      zh: `还没有图谱：首次启动时建立 ${graph.path}。`,
      en: `There is no graph yet: the first start makes ${graph.path}.`,
    };
  try {
    const store = await openGraph(graph);
    const place = graph.engine === "neo4j" ? graph.uri : graph.path;
    return {
      store,
      finding: { check: "graph", state: "ok", zh: `图谱可以打开：${place}。`, en: `The graph opens: ${place}.` },
    };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const served =
      error.code === "DB_LOCKED" && graph.engine === "embedded" && graph.path !== null
        ? await openThroughService(dirname(graph.path))
        : undefined;
    if (served !== undefined)
      return {
        store: served,
        finding: {
          check: "graph",
          state: "ok",
          zh: "服务正在运行，图谱由它打开。",
          en: "The service is running and has the graph open.",
        },
      };
    return { check: "graph", state: "fault", zh: `图谱无法打开：${error.message}`, en: error.message };
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function format(store: GraphStore): Promise<Finding> {
  const [state] = await store.read(storeFormat, {});
  const found = state?.format ?? (state?.isWritten === true ? 1 : STORE_FORMAT);
  if (found > STORE_FORMAT)
    return {
      check: "format",
      state: "fault",
      zh: `图谱格式 ${found} 由更新的链图写成，本版本只读到 ${STORE_FORMAT}：请使用更新的版本。`,
      en: `A newer Liantu made the graph (format ${found}, this one reads up to ${STORE_FORMAT}): start the newer version.`,
    };
  return found === STORE_FORMAT
    ? { check: "format", state: "ok", zh: `图谱格式 ${found}。`, en: `The graph is in format ${found}.` }
    : {
        check: "format",
        state: "warning",
        zh: `图谱格式 ${found}：下次启动时升级到 ${STORE_FORMAT}，请先备份。`,
        en: `The graph is in format ${found}: the next start brings it to ${STORE_FORMAT}. Back it up first.`,
      };
}

async function indexes(store: GraphStore): Promise<Finding> {
  const present = new Set((await store.read(presentIndexes, {})).map(({ name }) => name));
  const missing = schemaStatements("neo4j").filter(({ name }) => !present.has(name));
  return missing.length === 0
    ? { check: "indexes", state: "ok", zh: "索引齐全。", en: "All indexes are there." }
    : {
        check: "indexes",
        state: "warning",
        zh: `缺少 ${missing.length} 个索引：启动服务时会补建。`,
        en: `${missing.length} indexes are missing: the start of the service makes them.`,
      };
}

/** Whether the folder may be written, and how much room its disk has. */
async function room(path: string): Promise<readonly Finding[]> {
  let folder = resolve(dirname(path));
  while (!(await isThere(folder)) && folder !== dirname(folder)) folder = dirname(folder);
  const found: Finding[] = [];
  if (
    !(await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    ))
  )
    found.push({
      check: "graph",
      state: "fault",
      zh: `${folder} 不可写：请更改权限，或在 LIANTU_DATA 中指定另一文件夹。`,
      en: `${folder} may not be written by this user: change its rights, or name another folder in LIANTU_DATA.`,
    });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const shown = `${Math.round(free / MB).toLocaleString("en")} MB`;
  const state = free < NO_ROOM ? "fault" : free < LITTLE_ROOM ? "warning" : "ok";
  const remedy = state === "ok" ? { zh: "", en: "" } : { zh: "：请清理磁盘", en: ": free some space" };
  found.push({
    ...{ check: "room", state },
    zh: `磁盘剩余 ${shown}${remedy.zh}。`,
    en: `${shown} are free on the disk${remedy.en}.`,
  });
  return found;
}

async function who({ host, allowOpen, oidc }: Config, store: GraphStore): Promise<Finding> {
  const [row] = await store.read(hasApiKeys, {});
  if (oidc !== null || row?.some === true)
    return { check: "access", state: "ok", zh: "来访者须表明身份。", en: "Callers are asked who they are." };
  if (isLoopback(host))
    return {
      check: "access",
      state: "ok",
      zh: "无人被询问身份，服务只对本机开放。",
      en: "Nobody is asked who they are; only this machine can reach the service.",
    };
  return {
    check: "access",
    state: allowOpen ? "warning" : "fault",
    zh: `无人被询问身份，而 ${host} 可从别处访问：请创建密钥（liantu key create --role admin）或配置 LIANTU_OIDC_ISSUER。`,
    en: `Nobody is asked who they are, and ${host} can be reached from elsewhere: make a key (liantu key create --role admin) or name an identity provider (LIANTU_OIDC_ISSUER).`,
  };
}
