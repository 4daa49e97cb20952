import { effect } from "@preact/signals";
import { render } from "preact";
import { followGraph, loadVersion } from "./api/follow-graph.ts";
import { App } from "./app.tsx";
import { loadWords } from "./i18n/index.ts";
import { loadSession } from "./state/session.ts";
import { followHistory, language } from "./state/view.ts";

followHistory();
const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no element with the id “app”");
await Promise.all([loadWords(language.value), loadSession().then(loadVersion)]);
effect(() => void loadWords(language.value));
render(<App />, root);
followGraph();
