// Copies the console's libraries out of node_modules, and writes down what they are: name, version, licence, SHA-256.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../main/resources/vendored');
const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

const packageOf = (path) => path.split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/');
const facts = (name) => JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8'));

/** The source maps stay behind, so the line that names one goes too: a browser would ask for it in vain. */
const withoutSourceMap = (bytes, name) =>
  name.endsWith('.js') ? Buffer.from(bytes.toString('utf8').replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n')) : bytes;

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const files = Object.entries(manifest.vendored).map(([name, source]) => {
  const bytes = withoutSourceMap(readFileSync(join(here, 'node_modules', source)), name);
  writeFileSync(join(target, name), bytes);
  const { version, license } = facts(packageOf(source));
  return { file: name, package: packageOf(source), version, license, sha256: createHash('sha256').update(bytes).digest('hex') };
});
writeFileSync(join(target, 'vendored.json'), JSON.stringify({ files }, null, 2) + '\n');
