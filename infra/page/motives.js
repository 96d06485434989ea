// A person's motives: the picture, and the list with a switch and the quotes of each.

import { byId, count, el, quoted, show } from './dom.js';
import { drawMotives } from './chart.js';

const SHOWN_AT_FIRST = 6;
const WORDS = { POSITIVE: 'met', NEGATIVE: 'not met', NEUTRAL: 'neither met nor missed' };

/** As the page handles them, heaviest first as the API tells them: each has a key, and an id only where the API gives one. */
export function readMotives(profile) {
  return (profile?.motivations ?? []).map((motivation, i) => ({
    ...motivation,
    key: motivation.id ?? `place-${i}`,
  }));
}

export function setUpMotives(switched) {
  const chart = byId('chart');
  const box = byId('motives');
  let motives = [];
  let off = new Set();
  let fresh = new Set();
  let all = false;
  let width = 0;

  function draw() {
    width = chart.clientWidth;
    if (motives.length > 0 && width > 0) {
      chart.replaceChildren(drawMotives(motives, width, off, fresh, pointed));
    }
  }

  new ResizeObserver(() => chart.clientWidth !== width && draw()).observe(chart);

  function pointed(what, key) {
    if (what === 'choose') {
      const motive = motives.find((one) => one.key === key);
      if (motive?.id) {
        switched(motive, off.has(key));
      }
      return;
    }
    for (const row of box.querySelectorAll('.motive-row')) {
      row.classList.toggle('pointed', row.dataset.key === key);
    }
  }

  function point(key) {
    for (const mark of chart.querySelectorAll('.motive')) {
      mark.classList.toggle('pointed', mark.dataset.key === key);
    }
  }

  function row(motive, i) {
    const on = !off.has(motive.key);
    const name = `motive-${i}`;
    return el(
      'li',
      {
        class: `motive-row${on ? '' : ' off'}${fresh.has(motive.key) ? ' fresh' : ''}`,
        'data-key': motive.key,
        pointerenter: () => point(motive.key),
        pointerleave: () => point(undefined),
      },
      el(
        'button',
        {
          type: 'button',
          role: 'switch',
          class: 'switch',
          'aria-checked': String(on),
          'aria-labelledby': name,
          disabled: !motive.id,
          title: motive.id ? undefined : 'this API cannot rank without single motives',
          'data-switch': motive.key,
          click: () => switched(motive, !on),
        },
        el('span', { class: 'knob' }),
      ),
      el(
        'div',
        { class: 'motive-body' },
        el('p', { id: name, class: 'statement' }, motive.statement),
        el(
          'p',
          { class: 'meta' },
          el('span', { class: `mark ${motive.polarity.toLowerCase()}` }),
          `${motive.facet}, ${WORDS[motive.polarity] ?? motive.polarity}, in ${count(motive.support, 'review')}`,
          fresh.has(motive.key) ? el('span', { class: 'new' }, 'new') : undefined,
        ),
        motive.quotes.length > 0
          ? el(
              'details',
              {},
              el('summary', {}, count(motive.quotes.length, 'quote')),
              motive.quotes.map((quote) =>
                el(
                  'blockquote',
                  {},
                  el('p', {}, quoted(quote.text)),
                  el('footer', {}, `on ${quote.itemId}`),
                ),
              ),
            )
          : undefined,
      ),
    );
  }

  function list() {
    const focused = document.activeElement?.dataset?.switch;
    const open = new Set(
      [...box.querySelectorAll('details[open]')].map((details) => details.closest('.motive-row').dataset.key),
    );
    const shown = all ? motives : motives.filter((motive, i) => i < SHOWN_AT_FIRST || off.has(motive.key) || fresh.has(motive.key));
    const rows = shown.map(row);
    rows.forEach((one) => {
      if (open.has(one.dataset.key)) {
        one.querySelector('details').open = true;
      }
    });
    const hidden = motives.length - shown.length;
    box.replaceChildren(
      el('ul', { class: 'motive-list', 'aria-label': 'Motives, heaviest first' }, rows),
      hidden > 0 || (all && motives.length > SHOWN_AT_FIRST)
        ? el(
            'button',
            {
              type: 'button',
              class: 'more',
              'aria-expanded': String(all),
              click: () => {
                all = !all;
                list();
                box.querySelector('.more')?.focus();
              },
            },
            all ? 'Show the heaviest only' : `Show all ${motives.length}`,
          )
        : '',
    );
    if (focused) {
      box.querySelector(`[data-switch="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  return {
    /** Shows a profile's motives; those of `latest`, a set of review ids, are marked as new. */
    render(profile, offNow, latest = new Set()) {
      motives = readMotives(profile);
      off = offNow;
      fresh = new Set(
        motives.filter((motive) => motive.quotes.some((quote) => latest.has(quote.reviewId))).map((motive) => motive.key),
      );
      byId('picture').hidden = motives.length === 0;
      draw();
      list();
      show(byId('motives-summary'), summary(profile, motives));
    },

    /** The same with others switched off. */
    refresh(offNow) {
      off = offNow;
      for (const mark of chart.querySelectorAll('.motive')) {
        mark.classList.toggle('off', off.has(mark.dataset.key));
      }
      list();
    },

    forget() {
      all = false;
      motives = [];
      chart.replaceChildren();
      box.replaceChildren();
      byId('picture').hidden = true;
      show(byId('motives-summary'), '');
    },
  };
}

function summary(profile, motives) {
  if (!profile) {
    return 'Nothing is known of this person yet. Paste a review, and it will be.';
  }
  const reviews = `${count(profile.reviewCount, 'review')}, ${profile.meanRating.toFixed(1)} stars on average`;
  return motives.length === 0
    ? `${reviews}; none of them says why.`
    : `${reviews}. Switch a motive off, and the ranking is made without it.`;
}
