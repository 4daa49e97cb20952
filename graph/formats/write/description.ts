import type { StoredDataset } from "../../import/datasets.ts";
import type { Dataset } from "../dataset.ts";

/** What a file says of a data set; of one that came without a description, that nothing is known. */
export function descriptionOf({ name, description }: StoredDataset): Dataset {
  return (
    description ?? {
      name,
      title: { zh: name, en: name },
      licence: "未注明 unstated",
      description: { zh: "导入时未附说明。", en: "Imported without a description." },
    }
  );
}
