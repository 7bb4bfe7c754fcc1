// A real server process on a port and a data folder of its own, that can be killed and started again.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @param {object} settings environment of the server, as `{ OFFLOAD_UPSTREAM_URL: ... }` */
export async function startServer(settings) {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'offload-console-'));
  const server = new Server(port, data, settings);
  await server.start();
  return server;
}

class Server {
  #child = null;
  #log = '';

  constructor(port, data, settings) {
    Object.assign(this, { port, data, settings, url: `http://127.0.0.1:${port}` });
  }

  async start() {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OFFLOAD_')));
    const env = { ...own, OFFLOAD_PORT: String(this.port), OFFLOAD_DATA_DIR: this.data, ...this.settings };
    this.#child = spawn(process.env.OFFLOAD_JAVA, [`@${process.env.OFFLOAD_JVM_OPTIONS}`, '-cp', process.env.OFFLOAD_CLASSPATH, 'offload.Main', 'serve'], { env });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on('data', (bytes) => (this.#log += bytes));
    for (const deadline = Date.now() + 30_000; ; ) {
      if (await fetch(`${this.url}/health/ready`).then(({ ok }) => ok, () => false)) return;
      if (this.#child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start: ${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** SIGKILL: nothing is tidied up. */
  async kill() {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async close() {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
