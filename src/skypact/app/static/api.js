// Talking to the server.  What it refuses comes as problems, each with its line and what would be right.

export class Problems extends Error {
  constructor(problems) {
    super(problems.map((one) => one.text).join("\n"));
    this.problems = problems;
  }
}

const UNREACHABLE = {
  text: "The server does not answer. Is `skypact serve` still running?",
  what: "the server does not answer", line: 0, column: 0, field: "", right: "", level: "error",
};

/** @param {string} path @param {RequestInit} [how] */
async function reach(path, how) {
  try {
    return await fetch(path, { ...how, credentials: "same-origin" });
  } catch (error) {
    if (how?.signal?.aborted) throw error;
    throw new Problems([UNREACHABLE]);
  }
}

/** @param {Response} response */
async function refused(response) {
  try {
    return new Problems((await response.json()).problems);
  } catch {
    return new Problems([{ ...UNREACHABLE, text: `The server answers ${response.status}.` }]);
  }
}

/** @param {string} path @param {AbortSignal} [signal] */
export async function get(path, signal) {
  const response = await reach(path, { signal });
  if (!response.ok) throw await refused(response);
  return response.json();
}

/** @param {string} path */
export async function getText(path) {
  const response = await reach(path);
  if (!response.ok) throw await refused(response);
  return { text: await response.text(), etag: response.headers.get("etag") };
}

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
async function send(path, body, signal) {
  const headers = { "content-type": "application/json" };
  const response = await reach(path, { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!response.ok) throw await refused(response);
  return response;
}

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
export const post = async (path, body, signal) => (await send(path, body, signal)).json();

/** @param {string} path @param {unknown} body */
export async function file(path, body) {
  const response = await send(path, body);
  const named = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  return { blob: await response.blob(), name: named ? named[1] : "skypact" };
}

/** Every line of an answer that comes step by step. @param {string} path @param {unknown} body @param {AbortSignal} signal */
export async function* lines(path, body, signal) {
  const response = await send(path, body, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    let end;
    while ((end = rest.indexOf("\n")) >= 0) {
      yield JSON.parse(rest.slice(0, end));
      rest = rest.slice(end + 1);
    }
  }
}

/** Keep a draft; null as etag for a new one. @param {string} name @param {string} text @param {string | null} etag */
export async function keepDraft(name, text, etag) {
  const headers = { "content-type": "application/yaml", ...(etag ? { "if-match": etag } : { "if-none-match": "*" }) };
  const response = await reach(`/api/drafts/${name}`, { method: "PUT", headers, body: text });
  if (!response.ok) throw await refused(response);
  return response.headers.get("etag");
}

/** @param {string} name @param {string} etag */
export async function forgetDraft(name, etag) {
  const response = await reach(`/api/drafts/${name}`, { method: "DELETE", headers: { "if-match": etag } });
  if (!response.ok) throw await refused(response);
}
