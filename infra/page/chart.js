// Motives as a picture: a lane a facet, further right is stronger, larger is in more reviews, the shape is the polarity.

import { svg } from './dom.js';

const LABEL_WIDTH = 96;
const EDGE = 18;
const AXIS_HEIGHT = 26;
const LANE_MIN = 34;
const GAP = 3;
const RADIUS_MAX = 15;

/** Half the size of a mark: its area grows with the number of reviews. */
function radius(support) {
  return Math.min(RADIUS_MAX, 4.5 + 2.5 * Math.sqrt(Math.max(1, support) - 0.4));
}

function total(motives) {
  return motives.reduce((sum, motive) => sum + motive.strength * motive.confidence, 0);
}

/** Moves marks of one lane up and down until none lies on another; the largest stay in the middle. */
function swarm(marks) {
  const placed = [];
  for (const mark of [...marks].sort((a, b) => b.r - a.r || a.x - b.x)) {
    const near = placed.filter((other) => Math.abs(other.x - mark.x) < other.r + mark.r + GAP);
    for (let step = 0; ; step++) {
      const y = step === 0 ? 0 : Math.ceil(step / 2) * 4 * (step % 2 ? 1 : -1);
      if (near.every((other) => Math.hypot(other.x - mark.x, other.y - y) >= other.r + mark.r + GAP)) {
        mark.y = y;
        break;
      }
    }
    placed.push(mark);
  }
  return Math.max(LANE_MIN, 2 * Math.max(...marks.map((mark) => Math.abs(mark.y) + mark.r)) + 10);
}

function shape({ motive, r }) {
  switch (motive.polarity) {
    case 'POSITIVE':
      return svg('circle', { r });
    case 'NEGATIVE':
      return svg('path', { d: `M0 ${-r * 1.15}L${r * 1.15} 0L0 ${r * 1.15}L${-r * 1.15} 0Z` });
    default:
      return svg('circle', { r: r - 1.25 });
  }
}

/**
 * Draws motives.
 *
 * @param motives with facet, polarity, statement, strength, confidence, support and key
 * @param width in pixels
 * @param off keys of those that are switched off
 * @param fresh keys of those that just came
 * @param listener is told of marks that are pointed at (over, key or undefined) and chosen (choose, key)
 */
export function drawMotives(motives, width, off, fresh, listener) {
  const byFacet = new Map();
  for (const motive of motives) {
    byFacet.set(motive.facet, [...(byFacet.get(motive.facet) ?? []), motive]);
  }
  const lanes = [...byFacet].sort(([a, some], [b, others]) => total(others) - total(some) || a.localeCompare(b));
  const least = Math.min(...motives.map((motive) => motive.strength));
  const from = Math.max(0, Math.min(0.8, Math.floor(least * 5) / 5));
  const place = (strength) => LABEL_WIDTH + EDGE + ((strength - from) / (1 - from)) * (width - LABEL_WIDTH - 2 * EDGE);

  const rows = [];
  const marks = svg('g');
  let y = 0;
  lanes.forEach(([facet, own], i) => {
    const spots = own.map((motive) => ({ motive, r: radius(motive.support), x: place(motive.strength), y: 0 }));
    const height = swarm(spots);
    const middle = y + height / 2;
    rows.push(
      svg('rect', { class: i % 2 ? 'lane' : 'lane odd', x: 0, y, width, height, rx: 8 }),
      svg('text', { class: 'facet', x: 10, y: middle, dy: '0.35em' }, facet),
    );
    for (const spot of spots) {
      const { motive } = spot;
      const classes = ['motive', motive.polarity.toLowerCase()];
      if (off.has(motive.key)) {
        classes.push('off');
      }
      if (fresh.has(motive.key)) {
        classes.push('fresh');
      }
      marks.append(
        svg(
          'g',
          {
            class: classes.join(' '),
            transform: `translate(${spot.x.toFixed(1)} ${(middle + spot.y).toFixed(1)})`,
            'data-key': motive.key,
            click: () => listener('choose', motive.key),
            pointerenter: () => listener('over', motive.key),
            pointerleave: () => listener('over', undefined),
          },
          svg('title', {}, `${motive.statement} (${facet}, strength ${motive.strength.toFixed(2)})`),
          shape(spot),
        ),
      );
    }
    y += height + 4;
  });

  const axis = [];
  for (let tick = from; tick <= 1.001; tick += 0.2) {
    const x = place(tick);
    axis.push(
      svg('line', { class: 'tick', x1: x, x2: x, y1: 0, y2: y }),
      svg('text', { class: 'number', x, y: y + 16, 'text-anchor': 'middle' }, tick.toFixed(1)),
    );
  }
  axis.push(svg('text', { class: 'number', x: 10, y: y + 16 }, 'strength'));

  const counts = lanes.map(([facet, own]) => `${facet} ${own.length}`).join(', ');
  return svg(
    'svg',
    {
      role: 'img',
      'aria-label': `Motives by facet: ${counts}. The list below has each of them.`,
      width,
      height: y + AXIS_HEIGHT,
      viewBox: `0 0 ${width} ${y + AXIS_HEIGHT}`,
    },
    rows,
    axis,
    marks,
  );
}
