import type { ComponentChildren } from "preact";

interface CheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly testId: string;
  /** Said where the pointer rests. */
  readonly title?: string;
  /** What it is for. */
  readonly children: ComponentChildren;
}

/** A box to tick, with its words. */
export function Check({ checked, onChange, testId, title, children }: CheckProps) {
  return (
    <label class="check" title={title}>
      <input
        type="checkbox"
        checked={checked}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}
