// One half of what runs with the project's tests: one browser, one server. The other half runs beside it.
import { useWorld } from './world.mjs';

useWorld();
for (const part of ['playground', 'turn-page', 'list', 'hostile', 'access', 'focus', 'spoken']) await import(`./${part}.mjs`);
