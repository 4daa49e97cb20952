/** The drawing of each kind: strokes of an icon on a grid of 16 by 16. */
const ICONS: Readonly<Record<string, string>> = {
  Cluster: "M8 1.5l5.6 3.2v6.6L8 14.5l-5.6-3.2V4.7zM8 1.5v13M2.4 4.7l11.2 6.6M13.6 4.7L2.4 11.3",
  Pillar: "M2 3h12M2 13h12M4 3v10M8 3v10M12 3v10",
  Chain: "M6.5 9.5l3-3M7 4.5l1-1a3 3 0 0 1 4.5 4.5l-1 1M9 11.5l-1 1A3 3 0 0 1 3.5 8l1-1",
  Stage: "M1.5 4h4l2 4-2 4h-4l2-4zM8.5 4h4l2 4-2 4h-4l2-4z",
  Product: "M8 1.5L14 4.75v6.5L8 14.5 2 11.25v-6.5zM2 4.75L8 8l6-3.25M8 8v6.5",
  Firm: "M2 14V6l4 2V6l4 2V2h4v12zM5 11h1M9 11h1",
  Jurisdiction: "M4 15V2M4 2.5h9l-2 3 2 3H4",
  Institute: "M2 14h12M3 14V7h10v7M1.5 7L8 2l6.5 5M6 10v4M10 10v4",
  TalentTeam:
    "M5.5 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM1.5 13.5c0-2.5 1.7-4 4-4s4 1.5 4 4M11 7.5a2 2 0 1 0-1-3.8M11.5 9.6c1.8.2 3 1.6 3 3.9",
  Project: "M2 3h12v10H2zM5 6h6M5 8.5h6M5 11h3",
  Policy: "M4 1.5h6l3 3v10H4zM10 1.5v3h3M6 8h5M6 11h5",
  Fund: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM5.5 4.5L8 8l2.5-3.5M8 8v4M5.7 8.3h4.6M5.7 10.3h4.6",
  Bank: "M2 14h12M2 6l6-4 6 4zM4 6v6M8 6v6M12 6v6",
  IpService: "M8 1.5l5.5 2v4.5c0 3.5-2.5 5.5-5.5 6.5-3-1-5.5-3-5.5-6.5V3.5zM5.5 8l2 2 3.5-4",
  Event: "M2 3.5h12V14H2zM2 7h12M5 1.5v3M11 1.5v3",
  Indicator: "M2 14h12M4 14V9M8 14V3M12 14V6",
  Source: "M3 2h7l3 3v9H3zM6 7h5M6 10h5",
};

/** The strokes of a kind's icon; those of a document for a kind that the page does not know. */
export function kindIcon(kind: string): string {
  return ICONS[kind] ?? ICONS["Source"] ?? "";
}

/** The icon as a picture for the canvas, in the given colour. */
export function kindImage(kind: string, color: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 16 16"><path d="${kindIcon(kind)}" fill="none" stroke="${color}" stroke-width="1.3" stroke-linejoin="round" stroke-linecap="round"/></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

/** Outline of a node by the group its kind belongs to: items, makers, structure, resources. */
export function kindShape(kind: string): "round-rectangle" | "rectangle" | "cut-rectangle" | "barrel" {
  switch (kind) {
    case "Product":
      return "round-rectangle";
    case "Firm":
    case "Jurisdiction":
      return "rectangle";
    case "Cluster":
    case "Pillar":
    case "Chain":
    case "Stage":
      return "barrel";
    default:
      return "cut-rectangle";
  }
}
