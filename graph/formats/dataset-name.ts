import { GraphError } from "../errors.ts";
import { type Dataset, isDatasetName } from "./dataset.ts";

/**
 * The description of a data set of which only the name is known: its licence is unstated.
 * @throws GraphError BAD_INPUT where there is no name or it cannot be one
 */
export function namedDataset(name: string | undefined): Dataset {
  if (name === undefined)
    throw new GraphError(
      "BAD_INPUT",
      "Nothing says which data set this is — give its name (--dataset NAME), under which it can be replaced or withdrawn",
    );
  if (!isDatasetName(name))
    throw new GraphError(
      "BAD_INPUT",
      `${JSON.stringify(name)} cannot name a data set — use lower-case letters, digits and hyphens, at most 64`,
    );
  return {
    name,
    title: { zh: name, en: name },
    licence: "未注明 unstated",
    description: { zh: "导入时未附说明。", en: "Imported without a description." },
  };
}
