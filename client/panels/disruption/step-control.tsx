import { useEffect, useState } from "preact/hooks";
import type { Stop } from "../../api/disruption.ts";
import type { Moment } from "../../canvas/spread.ts";
import { t } from "../../i18n/index.ts";
import { navigate } from "../../state/view.ts";
import { Name } from "../name.tsx";

interface StepControlProps {
  readonly moments: readonly Moment[];
  /** How many moments have passed; 0 = only what fails itself. */
  readonly passed: number;
  readonly stops: readonly Stop[];
}

const PAUSE_MS = 1600;

/** Leads through a failure moment by moment, by hand or by itself; not by itself for who wants no motion. */
export function StepControl({ moments, passed, stops }: StepControlProps) {
  const last = moments.length;
  const [isPlaying, setPlaying] = useState(false);
  const go = (step: number, replace = false): void =>
    navigate({ step: step >= last ? null : Math.max(0, step), selected: null }, { replace });
  useEffect(() => {
    if (!isPlaying) return;
    if (passed >= last) {
      setPlaying(false);
      return;
    }
    // What plays by itself is one step of the history, not one for each moment.
    const timer = setTimeout(() => go(passed + 1, true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, passed, last]);
  const byHand = (step: number): void => {
    setPlaying(false);
    go(step);
  };
  const play = (): void => {
    if (!isPlaying && passed >= last) go(0);
    setPlaying(!isPlaying);
  };
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const now = moments[passed - 1];
  const items = stops.filter(
    ({ item, tier, step }) => now?.items.has(item.id) && tier === now.tier && step === now.step,
  );
  return (
    <fieldset class="steps" aria-label={t("step.label")} data-testid="steps" data-passed={passed}>
      <span class="steps-buttons">
        <Step
          title={t("step.first")}
          icon="M3 3v10M13 3l-8 5 8 5z"
          isOff={passed === 0}
          testId="step-first"
          onClick={() => byHand(0)}
        />
        <Step
          title={t("step.previous")}
          icon="M12 3L4 8l8 5z"
          isOff={passed === 0}
          testId="step-previous"
          onClick={() => byHand(passed - 1)}
        />
        {!isStill && (
          <Step
            title={isPlaying ? t("step.pause") : t("step.play")}
            icon={isPlaying ? "M5 3v10M11 3v10" : "M2 3l6 5-6 5zM8 3l6 5-6 5z"}
            testId="step-play"
            onClick={play}
          />
        )}
        <Step
          title={t("step.next")}
          icon="M4 3l8 5-8 5z"
          isOff={passed >= last}
          testId="step-next"
          onClick={() => byHand(passed + 1)}
        />
        <Step
          title={t("step.last")}
          icon="M13 3v10M3 3l8 5-8 5z"
          isOff={passed >= last}
          testId="step-last"
          onClick={() => byHand(last)}
        />
      </span>
      <input
        type="range"
        class="steps-range"
        aria-label={t("step.label")}
        aria-valuetext={t("step.n", { n: passed, m: last })}
        min={0}
        max={last}
        value={passed}
        data-testid="step-range"
        onInput={(event) => byHand(Number(event.currentTarget.value))}
      />
      <p class="steps-now" aria-live="polite" data-testid="step-now">
        <strong>{t("step.n", { n: passed, m: last })}</strong>{" "}
        {now === undefined ? (
          t("step.start")
        ) : (
          <>
            {t("step.tier", { tier: now.tier, step: now.step + 1 })}{" "}
            {items.map(({ item, firm }, index) => (
              <span key={`${item.id} ${firm?.id}`}>
                {index > 0 && t("listSeparator")}
                {firm !== null && (
                  <>
                    <Name of={firm} />{" "}
                  </>
                )}
                <Name of={item} />
              </span>
            ))}
          </>
        )}
      </p>
    </fieldset>
  );
}

interface StepProps {
  readonly title: string;
  /** Strokes on a grid of 16 by 16. */
  readonly icon: string;
  readonly isOff?: boolean;
  readonly testId: string;
  readonly onClick: () => void;
}

function Step({ title, icon, isOff = false, testId, onClick }: StepProps) {
  return (
    <button
      type="button"
      class="button"
      title={title}
      aria-label={title}
      // The keyboard would lose its place on a button that cannot be used any more.
      aria-disabled={isOff}
      data-testid={testId}
      onClick={() => {
        if (!isOff) onClick();
      }}
    >
      <svg class="step-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <path d={icon} />
      </svg>
    </button>
  );
}
