// A small picture of how an answer arrived: one bar per quarter of a second, a gap where the connection was lost.
import { el, fill, svg } from './element.js';

const WIDTH = 240;
const HEIGHT = 36;
const MOST_BARS = 80;

/** @param {import('./arrivals.js').Arrivals} arrivals */
export function drawPlot(host, arrivals) {
  const { bars, secondsPerBar } = condensed(arrivals);
  if (bars.length < 2) return void fill(host);
  const most = Math.max(...bars);
  const step = WIDTH / Math.max(bars.length, 12);
  const picture = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: 'plot',
    role: 'img',
    'aria-label': `Arrival of the answer: at most ${Math.round(most / secondsPerBar)} pieces per second, `
      + `over ${(bars.length * secondsPerBar).toFixed(1)} seconds`,
    preserveAspectRatio: 'none',
  });
  bars.forEach((count, at) => picture.append(bar(at * step, step, count / most)));
  for (const at of arrivals.breaks) picture.append(breakMark((at * arrivals.bucketMs) / 1000 / secondsPerBar * step));
  fill(host, picture, el('span.faint', { 'aria-hidden': 'true' }, `${(bars.length * secondsPerBar).toFixed(1)} s`));
}

function bar(x, step, share) {
  const height = share === 0 ? 0 : Math.max(1.5, share * (HEIGHT - 2));
  return svg('rect', { x, y: HEIGHT - height, width: Math.max(0.5, step * 0.72), height, rx: Math.min(1.5, step / 4) });
}

function breakMark(x) {
  return svg('line', { x1: x, x2: x, y1: 0, y2: HEIGHT, class: 'break' });
}

/** Long answers: neighbours are added up until the bars fit. */
function condensed(arrivals) {
  let bars = arrivals.series();
  let secondsPerBar = arrivals.bucketMs / 1000;
  while (bars.length > MOST_BARS) {
    bars = Array.from({ length: Math.ceil(bars.length / 2) }, (_, at) => bars[2 * at] + (bars[2 * at + 1] ?? 0));
    secondsPerBar *= 2;
  }
  return { bars, secondsPerBar };
}
