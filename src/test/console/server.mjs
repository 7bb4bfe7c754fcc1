// A real server process on a port and a data folder of its own, that can be killed and started again.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @param {object} settings environment of the server, as `{ OFFLOAD_UPSTREAM_URL: ... }` */
export async function startServer(settings) {
  const data = mkdtempSync(join(tmpdir(), 'offload-console-'));
  const server = new Server(data, settings);
  await server.start();
  return server;
}

class Server {
  #child = null;
  #log = '';

  constructor(data, settings) {
    Object.assign(this, { data, settings, port: 0, url: null });
  }

  /** On a port that it takes by itself the first time, so that nobody else can have taken it; on the same one again. */
  async start() {
    this.#log = '';
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OFFLOAD_')));
    const env = { ...own, OFFLOAD_PORT: String(this.port), OFFLOAD_DATA_DIR: this.data, ...this.settings };
    this.#child = spawn(process.env.OFFLOAD_JAVA, [`@${process.env.OFFLOAD_JVM_OPTIONS}`, '-cp', process.env.OFFLOAD_CLASSPATH, 'offload.Main', 'serve'], { env });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on('data', (bytes) => (this.#log += bytes));
    for (const deadline = Date.now() + 60_000; ; ) {
      if (this.#listens() && await fetch(`${this.url}/health/ready`).then(({ ok }) => ok, () => false)) return;
      if (this.#child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start: ${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Whether it has said so: who answers at a port may be somebody else. */
  #listens() {
    const said = /Offload listens on (http:\/\/127\.0\.0\.1:(\d+))\s/.exec(this.#log);
    if (said) Object.assign(this, { url: said[1], port: Number(said[2]) });
    return said !== null;
  }

  /** SIGKILL: nothing is tidied up. One that has ended by itself ends no second time. */
  async kill() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async close() {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}
