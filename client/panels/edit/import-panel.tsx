import type { CombinedError } from "@urql/core";
import { useEffect, useId, useState } from "preact/hooks";
import { client, overtakenBy } from "../../api/client.ts";
import { importBatch } from "../../api/edit.ts";
import { listen } from "../../api/event-source.ts";
import type { ResultOf } from "../../api/graphql.ts";
import { save } from "../../export/save.ts";
import { t, word } from "../../i18n/index.ts";
import { Failure } from "../answer.tsx";
import { Check } from "../check.tsx";
import { FaultTable } from "./fault-table.tsx";
import { useMutationId } from "./mutation-id.ts";
import type { CellFault, ReadFiles } from "./read-files.ts";

/** Reading and writing of workbooks comes when it is asked for. */
const reading = () => import("./read-files.ts");

/** What the service takes in one request. */
const MOST_BYTES = 1_000_000;

type Stored = ResultOf<typeof importBatch>["importBatch"];

type State =
  | { readonly step: "waiting" }
  | { readonly step: "unreadable"; readonly reason: string }
  | { readonly step: "ready" | "sending"; readonly files: ReadFiles; readonly faults: readonly CellFault[] }
  | { readonly step: "stored"; readonly files: ReadFiles; readonly result: Stored }
  | { readonly step: "failed"; readonly files: ReadFiles; readonly error: CombinedError };

/** Whole files: chosen or dropped, checked as a whole, and stored as a whole or not at all. */
export function ImportPanel() {
  const [state, setState] = useState<State>({ step: "waiting" });
  const [dataset, setDataset] = useState("own");
  const [replace, setReplace] = useState(false);
  const [isOver, setOver] = useState(false);
  const mutationId = useMutationId();
  const hint = useId();
  const take = async (list: FileList | null | undefined): Promise<void> => {
    // The list empties itself when the field does.
    const chosen = [...(list ?? [])];
    if (chosen.length === 0) return;
    const { readFiles, UnreadableFiles } = await reading();
    try {
      const files = await readFiles(chosen);
      if (files.dataset !== null) setDataset(files.dataset);
      setState({ step: "ready", files, faults: files.faults });
    } catch (error) {
      if (!(error instanceof UnreadableFiles)) throw error;
      setState({ step: "unreadable", reason: error.reason });
    }
  };
  const send = async (files: ReadFiles): Promise<void> => {
    setState({ step: "sending", files, faults: [] });
    const input = { format: files.format, content: [...files.content], dataset, replace };
    const { data, error } = await client.mutation(importBatch, {
      input: { ...input, clientMutationId: mutationId(input) },
    });
    if (error !== undefined || data == null) {
      if (error !== undefined) setState({ step: "failed", files, error });
      return;
    }
    const { userErrors, version } = data.importBatch;
    if (userErrors.length > 0) return setState({ step: "ready", files, faults: userErrors.map(files.place) });
    overtakenBy(version);
    setState({ step: "stored", files, result: data.importBatch });
  };
  const files = "files" in state ? state.files : null;
  const bytes = files === null ? 0 : new TextEncoder().encode(JSON.stringify(files.content)).length + 2_000;
  const faults = "faults" in state ? state.faults : [];
  const isReady = files !== null && state.step !== "sending" && bytes <= MOST_BYTES && files.faults.length === 0;
  return (
    <section class="import" data-testid="import">
      <p class="note" id={hint}>
        {t("import.text")} <code>liantu import FILE --dataset {dataset || "NAME"}</code>
      </p>
      <fieldset
        class={`drop ${isOver ? "drop-over" : ""}`}
        aria-label={t("import.choose")}
        data-testid="import-drop"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files);
        }}
      >
        <label>
          {t("import.choose")}{" "}
          <input
            type="file"
            multiple
            accept=".xlsx,.csv,.jsonl,.ndjson"
            aria-describedby={hint}
            data-testid="import-file"
            onChange={(event) => {
              void take(event.currentTarget.files);
              // The same file again, corrected, is a choice too.
              event.currentTarget.value = "";
            }}
          />
        </label>
        <button
          type="button"
          class="button"
          data-testid="import-template"
          onClick={() => void reading().then(async ({ template }) => save(await template(), "liantu-template.xlsx"))}
        >
          {t("import.template")}
        </button>
      </fieldset>
      <p class="form-ends">
        <label>
          {t("source.dataset")}{" "}
          <input
            class="input input-id"
            value={dataset}
            spellcheck={false}
            autocomplete="off"
            data-testid="import-dataset"
            onInput={(event) => setDataset(event.currentTarget.value.trim())}
          />
        </label>
        <Check checked={replace} testId="import-replace" onChange={setReplace}>
          {t("import.replace")}
        </Check>
        <button
          type="button"
          class="button button-main"
          aria-disabled={!isReady}
          data-testid="import-send"
          onClick={() => {
            if (isReady) void send(files);
          }}
        >
          {t("import.send")}
        </button>
      </p>
      <div role="status" data-testid="import-status">
        {files !== null && (
          <p>
            <bdi>{files.names.join(t("listSeparator"))}</bdi>
            {t("import.read", { n: files.rows, size: Math.ceil(bytes / 1000) })}
          </p>
        )}
        {bytes > MOST_BYTES && <p class="text-danger">{t("import.tooLarge")}</p>}
        {state.step === "unreadable" && <p class="text-danger">{word("import.unreadable", state.reason)}</p>}
        {state.step === "sending" && <Progress />}
        {faults.length > 0 && <p class="text-danger">{t("import.refused", { n: faults.length })}</p>}
        {state.step === "stored" && (
          <p class="saved" data-testid="import-stored">
            ✓ {t("import.stored", storedCounts(state.result))}
          </p>
        )}
      </div>
      {state.step === "failed" && <Failure error={state.error} onRetry={() => void send(state.files)} />}
      {faults.length > 0 && <FaultTable faults={faults} />}
    </section>
  );
}

function storedCounts({ created, updated, unchanged, deleted, version }: Stored) {
  return { created, updated, unchanged, deleted, version };
}

interface Told {
  readonly importProgress: { readonly stage: string; readonly done: number; readonly total: number | null };
}

const PROGRESS = "subscription Progress { importProgress { stage done total } }";

/** How far the import is, as far as the service says so. */
function Progress() {
  const [told, setTold] = useState<Told["importProgress"] | null>(null);
  useEffect(() => {
    const onData = ({ importProgress }: Told): void => setTold(importProgress);
    return listen<Told>(PROGRESS, {}, { onOpen: () => {}, onData, onEnd: () => {} });
  }, []);
  const stage = told?.stage ?? "READ";
  return (
    <p class="import-progress">
      <progress
        aria-label={t("import.progress")}
        {...(told?.total == null ? {} : { max: told.total, value: told.done })}
      />{" "}
      {word("import.stage", stage)} {told === null ? "" : told.done}
      {told?.total == null ? "" : ` / ${told.total}`}
    </p>
  );
}
