import type { Graph, GraphEdge, GraphNode } from "../../../client/canvas/drawing.ts";

const COUNTRIES = ["CN", "US", "JP", "KR", "DE", "NL", "TW", "FR"];
const CATEGORIES = ["DEVICE", "EQUIPMENT", "MATERIAL", "PART", "PROCESS"];
const MARKS = ["CHOKEPOINT", "SINGLE_SOURCE", "DEPENDENT", "UNSURVEYED"];
const WORDS = ["光刻", "刻蚀", "清洗", "检测", "封装", "衬底", "气体", "靶材", "部件", "软件"];
const TIERS = 8;
/** Of all elements; the rest are relationships. As in the generated networks of a chain: two in three nodes are items. */
const NODES = 0.4;
const ITEMS = 0.65;

/**
 * The graph of a chain as the service draws one, with exactly so many nodes and relationships together: items in tiers, each
 * needed by one or more of the tier before, and firms that supply them, popular items from many. The same for the same seed.
 */
export function chainGraph(elements: number, seed = 1): Graph {
  const random = generator(seed);
  const pick = (count: number): number => Math.floor(random() * count);
  const nodeCount = Math.round(elements * NODES);
  const itemCount = Math.round(nodeCount * ITEMS);
  const nodes: GraphNode[] = [];
  const tiers: string[][] = Array.from({ length: TIERS }, () => []);
  for (let item = 0; item < itemCount; item += 1) {
    const depth = item === 0 ? 0 : 1 + Math.floor((TIERS - 1) * random() ** 0.8);
    const id = `product-${item}`;
    tiers[depth]?.push(id);
    const marks = item === 0 ? ["TARGET"] : random() < 0.2 ? [MARKS[pick(MARKS.length)]!] : [];
    nodes.push({
      id,
      kind: "Product",
      name: `${WORDS[pick(WORDS.length)]}${WORDS[pick(WORDS.length)]}材料与设备${item}`,
      nameEn: `Item ${item}`,
      country: null,
      category: CATEGORIES[pick(CATEGORIES.length)]!,
      marks,
      depth,
    });
  }
  for (let firm = 0; firm < nodeCount - itemCount; firm += 1) {
    const country = COUNTRIES[Math.floor(COUNTRIES.length * random() ** 2)]!;
    const marks = country === "US" ? ["RESTRICTED"] : [];
    const facts = { nameEn: `Firm ${firm}`, country, category: null, marks, depth: null };
    nodes.push({ id: `firm-${firm}`, kind: "Firm", name: `某某半导体${firm}`, ...facts });
  }
  const edges: GraphEdge[] = [];
  const join = (from: string, type: string, to: string): void => {
    edges.push({ id: `${from}:${type}:${to}:${edges.length}`, type, from, to, marks: [] });
  };
  for (const [depth, tier] of tiers.entries()) {
    const users = tiers
      .slice(0, depth)
      .reverse()
      .find(({ length }) => length > 0);
    for (const item of tier) if (users !== undefined) join(users[pick(users.length)]!, "REQUIRES", item);
  }
  for (let firm = 0; firm < nodeCount - itemCount; firm += 1)
    join(`firm-${firm}`, "SUPPLIES", `product-${Math.floor(itemCount * random() ** 1.5)}`);
  while (edges.length < elements - nodeCount) {
    const depth = 1 + pick(TIERS - 1);
    const [users, inputs] = [tiers[depth - 1]!, tiers[depth]!];
    if (random() < 0.4 && users.length > 0 && inputs.length > 0)
      join(users[pick(users.length)]!, "REQUIRES", inputs[pick(inputs.length)]!);
    else join(`firm-${pick(nodeCount - itemCount)}`, "SUPPLIES", `product-${Math.floor(itemCount * random() ** 1.5)}`);
  }
  return { nodes, edges };
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
