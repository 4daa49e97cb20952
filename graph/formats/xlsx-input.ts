import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { readXlsx, type Workbook } from "hucre/xlsx";
import type { Fault, Place } from "../records.ts";
import { InvalidRecordsError } from "../validation/faults.ts";
import { checkDescription, type Dataset } from "./dataset.ts";
import { namedDataset } from "./dataset-name.ts";
import { inPieces } from "./in-pieces.ts";
import { isOfNodes, isOfRelationships, type RecordInput } from "./input.ts";
import { readBook } from "./xlsx-book.ts";
import { cellText } from "./xlsx-cells.ts";
import { DATASET_LABELS, INSTRUCTIONS_SHEET } from "./xlsx-sheets.ts";
import { unpackedSize } from "./zip-size.ts";

export interface XlsxInputOptions {
  /** The data set of rows that name none; it goes before what the first sheet says. */
  readonly dataset?: string | undefined;
  /** Most bytes that the workbook may unpack to; by default 256 MiB. */
  readonly largest?: number;
}

const LARGEST = 256 * 1024 * 1024;

/**
 * A workbook as the template has it: sheets may be missing, in any order, and called by their Chinese, English or
 * technical names; so may columns. Sheets whose names begin with `#` are left out. The workbook is held in memory.
 *
 * @throws InvalidRecordsError where it cannot be read as a workbook, or unpacks to more than it may
 * @throws GraphError BAD_INPUT where nothing names the data set
 */
export async function openXlsxInput(path: string, options: XlsxInputOptions = {}): Promise<RecordInput> {
  const file = basename(path);
  const workbook = await readWorkbook(path, file, options.largest ?? LARGEST);
  const described = descriptionIn(workbook, file);
  const dataset =
    typeof described === "object"
      ? { ...described, name: options.dataset ?? described.name }
      : namedDataset(options.dataset ?? described);
  const { faults, read } = readBook(workbook, { file, dataset: dataset.name });
  return {
    dataset,
    size: (await stat(path)).size,
    async *entities() {
      yield faults;
      for (const rows of read("kind")) for await (const items of inPieces(rows)) yield items.filter(isOfNodes);
    },
    async *relationships() {
      for (const rows of read("type")) for await (const items of inPieces(rows)) yield items.filter(isOfRelationships);
    },
  };
}

async function readWorkbook(path: string, file: string, largest: number): Promise<Workbook> {
  const place = { file, row: 1 };
  const { size: stored } = await stat(path);
  if (stored > largest) throw new InvalidRecordsError([tooLarge(stored, largest, place)]);
  const bytes = await readFile(path);
  const size = unpackedSize(bytes);
  if (size !== undefined && size > largest) throw new InvalidRecordsError([tooLarge(size, largest, place)]);
  if (size === undefined)
    throw new InvalidRecordsError([
      {
        place,
        code: "NOT_A_WORKBOOK",
        message:
          "it is no .xlsx workbook without a password — open it in Excel, save it as Excel Workbook (.xlsx) without one",
        messageZh: "不是未加密的 .xlsx 工作簿——请用 Excel 打开，不设密码另存为“Excel 工作簿（.xlsx）”",
      },
    ]);
  try {
    return await readXlsx(bytes);
  } catch (error) {
    // What the reader throws at a broken file is not always an error of its own class.
    if (!(error instanceof Error)) throw error;
    const message = `the workbook is damaged (${error.message}) — open it in Excel and save it again`;
    const messageZh = "工作簿已损坏——请用 Excel 打开并重新保存";
    throw new InvalidRecordsError([{ place, code: "NOT_A_WORKBOOK", message, messageZh }]);
  }
}

function tooLarge(size: number, largest: number, place: Place): Fault {
  const [found, most] = [size, largest].map((bytes) => `${Math.ceil(bytes / 1024 / 1024)} MiB`);
  return {
    place,
    code: "TOO_LARGE",
    message: `the workbook unpacks to ${found}, more than ${most} — bring data of this size in as CSV`,
    messageZh: `工作簿解压后有 ${found}，超过 ${most}——这么大的数据请用 CSV 导入`,
  };
}

/** What the first sheet says of the data set: all of it, its name alone, or nothing. */
function descriptionIn(workbook: Workbook, file: string): Dataset | string | undefined {
  const sheet = workbook.sheets.find(({ name }) => name === INSTRUCTIONS_SHEET);
  if (sheet === undefined) return undefined;
  const values = new Map<string, string>();
  let firstRow = 1;
  for (const [index, row] of sheet.rows.entries())
    for (const [key, label] of Object.entries(DATASET_LABELS)) {
      const value = cellText(row[1] ?? null).trim();
      if (cellText(row[0] ?? null).trim() !== label || value === "") continue;
      if (key === "name") firstRow = index + 1;
      values.set(key, value);
    }
  const name = values.get("name");
  if (name === undefined || values.size === 1) return name;
  const faults: Fault[] = [];
  const nameEn = values.get("nameEn");
  const place = { file: `${file}[${INSTRUCTIONS_SHEET}]`, row: firstRow };
  const described = checkDescription(
    {
      name,
      ...(nameEn === undefined ? {} : { nameEn }),
      title: { zh: values.get("titleZh") ?? name, en: values.get("titleEn") ?? name },
      licence: values.get("licence") ?? namedDataset(name).licence,
      description: {
        zh: values.get("descriptionZh") ?? namedDataset(name).description.zh,
        en: values.get("descriptionEn") ?? namedDataset(name).description.en,
      },
    },
    place,
    faults,
  );
  if (faults.length > 0) throw new InvalidRecordsError(faults);
  return described;
}
