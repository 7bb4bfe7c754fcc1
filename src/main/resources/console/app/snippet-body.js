// The request that starts the same turn again.

/** @param {object} status a status document */
export function askBody(status, url) {
  const { timeout, connect_timeout: connectTimeout } = status.options ?? {};
  const { model, messages, ...others } = status.parameters ?? {};
  return { model, messages, ...others, access: url.access, timeout, connect_timeout: connectTimeout };
}
