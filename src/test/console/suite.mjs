// Everything that runs with the project's tests: one browser, one server.
import { useWorld } from './world.mjs';

useWorld();
for (const part of ['embedded', 'playground', 'turn-page', 'list', 'hostile', 'access', 'served', 'parts', 'resilience']) await import(`./${part}.mjs`);
