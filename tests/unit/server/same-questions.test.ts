import { expect, test } from "vitest";
import { SameQuestions } from "../../../server/same-questions.ts";

const here = new AbortController().signal;

/** Work that begins and ends when it is told to. */
class HeldWork {
  times = 0;
  begin: () => void = () => undefined;
  end: (response: Response | null | Error) => void = () => undefined;
  readonly #begun = new Promise<void>((resolve) => {
    this.begin = resolve;
  });
  readonly #ended = new Promise<Response | null>((resolve, reject) => {
    this.end = (response) => (response instanceof Error ? reject(response) : resolve(response));
  });

  readonly work = async (begins: () => void): Promise<Response | null> => {
    this.times += 1;
    await this.#begun;
    begins();
    return this.#ended;
  };
}

function response(text: string): Response {
  return new Response(text, { status: 200, headers: { "x-id": text } });
}

async function shown(asked: Promise<Response | null>): Promise<unknown> {
  const answer = await asked;
  return answer && [answer.status, answer.headers.get("x-id"), await answer.text()];
}

test("those who ask the same while it waits are answered by one work", async () => {
  const questions = new SameQuestions();
  const held = new HeldWork();
  const asked = [0, 1, 2].map(() => questions.ask("a", here, held.work));
  held.begin();
  held.end(response("one"));
  expect(await Promise.all(asked.map(shown))).toStrictEqual(Array(3).fill([200, "one", "one"]));
  expect(held.times).toBe(1);
});

test("whoever asks once it has begun, or asks something else, or what may not be shared, has it done anew", async () => {
  const questions = new SameQuestions();
  const works = Array.from({ length: 5 }, () => new HeldWork());
  const ask = (at: number, key: string | null) => questions.ask(key, here, works[at]!.work);
  const asked = [ask(0, "a"), ask(1, "b"), ask(2, null), ask(3, null)];
  works[0]!.begin();
  await new Promise(setImmediate);
  asked.push(ask(4, "a"));
  for (const [at, held] of works.entries()) {
    held.begin();
    held.end(response(`${at}`));
  }
  expect(await Promise.all(asked.map(shown))).toStrictEqual(works.map((_, at) => [200, `${at}`, `${at}`]));
  expect(works.map(({ times }) => times)).toStrictEqual([1, 1, 1, 1, 1]);
});

test("where the first of them went away, or its work failed, the others have it done by themselves", async () => {
  for (const end of [response("cut"), new Error("failed")]) {
    const questions = new SameQuestions();
    const [first, second] = [new HeldWork(), new HeldWork()];
    const away = new AbortController();
    const asked = questions.ask("a", away.signal, first.work).catch((error: Error) => error.message);
    const other = questions.ask("a", here, second.work);
    if (end instanceof Response) away.abort();
    first.begin();
    first.end(end);
    second.begin();
    second.end(response("whole"));
    await asked;
    expect(await shown(other)).toStrictEqual([200, "whole", "whole"]);
    expect(second.times).toBe(1);
  }
});

test("where it is not let in, nobody who waited for it is; the next is asked anew", async () => {
  const questions = new SameQuestions();
  const refused = async (): Promise<null> => null;
  expect(await Promise.all([0, 1].map(() => questions.ask("a", here, refused)))).toStrictEqual([null, null]);
  const held = new HeldWork();
  held.begin();
  held.end(response("later"));
  expect(await shown(questions.ask("a", here, held.work))).toStrictEqual([200, "later", "later"]);
});
