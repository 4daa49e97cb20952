import { describeEngine, engines } from "../support/engines.ts";
import { storeContract } from "./store.contract.ts";

describeEngine(engines[1]!, "store", storeContract);
