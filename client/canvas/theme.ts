/** The page's colours, as the canvas needs them: it cannot read CSS tokens by itself. */
export interface Theme {
  readonly text: string;
  readonly textMuted: string;
  readonly surface: string;
  readonly background: string;
  readonly line: string;
  readonly focus: string;
  readonly font: string;
  readonly tone: (name: string) => { readonly strong: string; readonly soft: string };
}

/** Reads the tokens of the present colour scheme. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: token("--text"),
    textMuted: token("--text-muted"),
    surface: token("--surface"),
    background: token("--canvas"),
    line: token("--canvas-line"),
    focus: token("--focus"),
    font: style.fontFamily,
    tone: (name) => ({ strong: token(`--tone-${name}`), soft: token(`--tone-${name}-soft`) }),
  };
}

/** Calls back when the reader's colour scheme changes; returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
