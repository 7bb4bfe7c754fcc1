// What takes longer than a suite should.
import { useWorld } from './world.mjs';

useWorld();
for (const part of ['speed', 'audit', 'programs']) await import(`./${part}.mjs`);
