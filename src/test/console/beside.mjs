// The other half: what waits for servers and for answers more than it computes.
import { useWorld } from './world.mjs';

useWorld();
for (const part of ['embedded', 'resilience', 'served', 'parts', 'below-a-path', 'behind-a-door']) await import(`./${part}.mjs`);
