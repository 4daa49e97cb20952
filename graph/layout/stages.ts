/** A box to place: its size, and the rank (column, growing downstream) it belongs to. */
export interface StageNode {
  readonly id: string;
  readonly rank: number;
  readonly width: number;
  readonly height: number;
}

export interface StageEdge {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface StageOptions {
  /** Width over height that the whole picture should come near. */
  readonly aspect?: number;
  /** The picture is as wide as it may be and as low as it can be then; the aspect does not matter. */
  readonly maxWidth?: number;
  /** The picture is as high as it may be; the aspect does not matter. */
  readonly maxHeight?: number;
  readonly columnGap?: number;
  readonly rowGap?: number;
}

const SWEEPS = 6;
/** A picture that is too wide is pulled apart from top to bottom, by so much at most. */
const MAX_STRETCH = 2;

/**
 * Places boxes in columns by rank, upstream left, so that no two overlap and few edges cross. A rank that is too tall
 * for the wanted aspect is spread over several columns. Linear in nodes and edges but for the sorting of each rank.
 * Crossings: barycentres, Sugiyama, Tagawa, Toda 1981. Returns the centre of every box.
 */
export function layoutStages(
  nodes: readonly StageNode[],
  edges: readonly StageEdge[],
  { aspect = 1.6, maxWidth, maxHeight, columnGap = 54, rowGap = 14 }: StageOptions = {},
): Map<string, Point> {
  const ranks = order(nodes, edges);
  const rowHeight = most(nodes, (node) => node.height) + rowGap;
  const rows =
    maxHeight === undefined
      ? chooseRows(ranks, rowHeight, columnGap, aspect, maxWidth)
      : Math.max(1, Math.floor((maxHeight + rowGap) / rowHeight));
  const height =
    Math.min(
      rows,
      most(ranks, (rank) => rank.length),
    ) * rowHeight;
  const places = new Map<string, Point>();
  let left = 0;
  for (const rank of ranks) {
    const columns = Math.ceil(rank.length / rows);
    const perColumn = Math.ceil(rank.length / columns);
    const pitch = height / perColumn;
    for (let column = 0; column < columns; column += 1) {
      // Every columns-th box, so that the order from top to bottom holds across the columns of a rank.
      const boxes: StageNode[] = [];
      for (let index = column; index < rank.length; index += columns) boxes.push(...rank.slice(index, index + 1));
      const width = most(boxes, (box) => box.width);
      const shift = maxHeight === undefined ? ((column + 0.5) / columns) * pitch : pitch / 2;
      boxes.forEach((box, row) => {
        places.set(box.id, { x: left + width / 2, y: row * pitch + shift });
      });
      left += width + (column === columns - 1 ? columnGap : columnGap / 3);
    }
  }
  if (maxWidth !== undefined || maxHeight !== undefined) return places;
  const stretch = Math.min(MAX_STRETCH, Math.max(1, left / Math.max(height, 1) / aspect));
  for (const [id, { x, y }] of places) places.set(id, { x, y: y * stretch });
  return places;
}

/** The boxes rank by rank, each rank ordered by the mean place of its neighbours in the other ranks. */
function order(nodes: readonly StageNode[], edges: readonly StageEdge[]): StageNode[][] {
  const byRank = new Map<number, StageNode[]>();
  for (const node of nodes) {
    const rank = byRank.get(node.rank);
    if (rank === undefined) byRank.set(node.rank, [node]);
    else rank.push(node);
  }
  const ranks = [...byRank.keys()].sort((a, b) => a - b).map((key) => byRank.get(key) ?? []);
  for (const rank of ranks) rank.sort((a, b) => (a.id < b.id ? -1 : 1));
  const column = new Map(nodes.map((node) => [node.id, node.rank]));
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  for (const edge of edges) {
    const from = column.get(edge.from);
    const to = column.get(edge.to);
    if (from === undefined || to === undefined || from === to) continue;
    const [left, right] = from < to ? [edge.from, edge.to] : [edge.to, edge.from];
    push(before, right, left);
    push(after, left, right);
  }
  const place = new Map<string, number>();
  for (const rank of ranks) settle(rank, place);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const rightwards = sweep % 2 === 1;
    const neighbors = rightwards ? before : after;
    for (const rank of rightwards ? ranks : [...ranks].reverse()) {
      const middle = new Map(rank.map((node) => [node.id, barycentre(node.id, neighbors, place)]));
      rank.sort((a, b) => (middle.get(a.id) ?? 0) - (middle.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1));
      settle(rank, place);
    }
  }
  return ranks;
}

/** Notes where in its rank each box stands, from 0 at the top to 1. */
function settle(rank: readonly StageNode[], place: Map<string, number>): void {
  rank.forEach((node, index) => {
    place.set(node.id, (index + 0.5) / rank.length);
  });
}

function barycentre(
  id: string,
  neighbors: ReadonlyMap<string, readonly string[]>,
  place: ReadonlyMap<string, number>,
): number {
  const around = neighbors.get(id);
  if (around === undefined) return place.get(id) ?? 0;
  return around.reduce((sum, other) => sum + (place.get(other) ?? 0), 0) / around.length;
}

/** How many rows a column may have for the picture to come nearest to the aspect, or to use the width. */
function chooseRows(
  ranks: readonly StageNode[][],
  rowHeight: number,
  columnGap: number,
  aspect: number,
  maxWidth: number | undefined,
): number {
  const tallest = Math.max(
    1,
    most(ranks, (rank) => rank.length),
  );
  const widths = ranks.map((rank) => most(rank, (node) => node.width));
  let best = tallest;
  let bestMiss = Number.POSITIVE_INFINITY;
  const shrink = maxWidth === undefined ? 0.85 : 0.95;
  for (let rows = tallest; rows >= 1; rows = Math.min(rows - 1, Math.floor(rows * shrink))) {
    const width = ranks.reduce((sum, rank, index) => {
      const columns = Math.ceil(rank.length / rows);
      return sum + columns * ((widths[index] ?? 0) + columnGap / 3) + (columnGap * 2) / 3;
    }, 0);
    if (maxWidth !== undefined) {
      if (width - columnGap > maxWidth) break;
      best = rows;
      continue;
    }
    const miss = Math.abs(Math.log(width / (rows * rowHeight) / aspect));
    if (miss < bestMiss) {
      best = rows;
      bestMiss = miss;
    }
  }
  return best;
}

/** The largest of a measure; 0 of nothing. */
function most<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((largest, item) => Math.max(largest, measure(item)), 0);
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
