// Ranked items with their reasons; what moved is shown when the ranking changes.

import { byId, calm, count, el, quoted, show, svg } from './dom.js';

const PARTS = ['interaction', 'motives', 'text', 'popularity'];
const PART_WORDS = {
  interaction: 'what similar people chose',
  motives: 'motives',
  text: 'words of the reviews',
  popularity: 'popularity',
};
const MOVE_MILLIS = 480;
const BAR_WIDTH = 300;
const BAR_HEIGHT = 10;

const NOTES = {
  personal: '',
  'text-only': 'This person came after the model was trained, so the order rests on words alone.',
  popular: 'Nothing is known of this person yet: these are what most people choose.',
};

function number(value) {
  return value.toFixed(2).replace('-', '\u2212');
}

/** Where each item stood. */
function places(items) {
  return new Map(items.map((item, i) => [item.itemId, i]));
}

/** In words, what is different between two rankings. */
export function changes(before, after) {
  const was = places(before);
  const is = places(after);
  const moved = after.filter((item) => was.has(item.itemId) && was.get(item.itemId) !== is.get(item.itemId));
  const came = after.filter((item) => !was.has(item.itemId));
  const left = before.filter((item) => !is.has(item.itemId));
  const parts = [];
  if (moved.length > 0) {
    parts.push(`${count(moved.length, 'item')} moved`);
  }
  if (came.length > 0) {
    parts.push(`${came.map((item) => item.itemId).slice(0, 3).join(', ')}${came.length > 3 ? ` and ${came.length - 3} more` : ''} came in`);
  }
  if (left.length > 0) {
    parts.push(`${left.map((item) => item.itemId).slice(0, 3).join(', ')}${left.length > 3 ? ` and ${left.length - 3} more` : ''} left`);
  }
  return { moved, came, left, words: parts.length === 0 ? 'the order is as before' : parts.join('; ') };
}

export function setUpRanking(listener) {
  const list = byId('items-list');
  let shown = [];
  let openReasons = new Set();

  function bar(item, scale) {
    const parts = PARTS.filter((part) => Number.isFinite(item.parts?.[part]) && item.parts[part] !== 0);
    const words = parts.map((part) => `${PART_WORDS[part]} ${number(item.parts[part])}`).join(', ');
    const rects = [];
    let right = scale.zero;
    let left = scale.zero;
    for (const part of parts) {
      const width = Math.abs(item.parts[part]) * scale.unit;
      const x = item.parts[part] > 0 ? right : left - width;
      rects.push(svg('rect', { class: `part ${part}`, x: x.toFixed(2), y: 0, width: Math.max(0.5, width).toFixed(2), height: BAR_HEIGHT }));
      if (item.parts[part] > 0) {
        right += width;
      } else {
        left -= width;
      }
    }
    return svg(
      'svg',
      {
        class: 'bar',
        role: 'img',
        'aria-label': `Score ${number(item.score)}: ${words || 'no parts told'}`,
        viewBox: `0 0 ${BAR_WIDTH} ${BAR_HEIGHT}`,
        preserveAspectRatio: 'none',
      },
      svg('title', {}, words),
      svg('rect', { class: 'ground', x: 0, y: 0, width: BAR_WIDTH, height: BAR_HEIGHT }),
      rects,
      scale.zero > 0 ? svg('line', { class: 'zero', x1: scale.zero, x2: scale.zero, y1: 0, y2: BAR_HEIGHT }) : undefined,
    );
  }

  /** One scale for all bars of an answer. */
  function scaleOf(items) {
    let most = 0;
    let least = 0;
    for (const item of items) {
      const values = Object.values(item.parts ?? {});
      most = Math.max(most, values.filter((value) => value > 0).reduce((sum, value) => sum + value, 0));
      least = Math.min(least, values.filter((value) => value < 0).reduce((sum, value) => sum + value, 0));
    }
    const unit = BAR_WIDTH / Math.max(1e-9, most - least);
    return { unit, zero: -least * unit };
  }

  function reason(item, one) {
    const motive = one.user && listener.motiveOf(one.user, one.facet);
    return el(
      'div',
      { class: 'reason' },
      el(
        'div',
        { class: 'reason-head' },
        el('p', { class: 'facet-name' }, Number.isFinite(one.share) ? `${one.facet}, adds ${number(one.share)}` : one.facet),
        motive
          ? el(
              'button',
              {
                type: 'button',
                class: 'not',
                'aria-label': `Not for this reason: ${motive.statement}`,
                'data-not': `${item.itemId} ${motive.id}`,
                click: () => listener.notForThis(motive),
              },
              'Not for this reason',
            )
          : undefined,
      ),
      el(
        'div',
        { class: 'quotes' },
        one.user
          ? el(
              'blockquote',
              { class: 'yours' },
              el('p', {}, quoted(one.user.quote.text)),
              el('footer', {}, `they wrote on ${one.user.quote.itemId}`),
            )
          : undefined,
        el(
          'blockquote',
          { class: 'theirs' },
          el('p', {}, quoted(one.item.quote.text)),
          el('footer', {}, `${one.item.quote.userId} on ${item.itemId}`),
        ),
      ),
    );
  }

  function reasons(item) {
    const all = item.reasons ?? [];
    if (all.length === 0) {
      return el('p', { class: 'quiet small' }, 'Nobody has said anything that answers this person.');
    }
    const [first, ...others] = all;
    const details =
      others.length > 0
        ? el(
            'details',
            {
              class: 'more-reasons',
              toggle: (event) => openReasons[event.target.open ? 'add' : 'delete'](item.itemId),
            },
            el('summary', {}, `${count(others.length, 'more reason')}`),
            others.map((one) => reason(item, one)),
          )
        : undefined;
    if (details && openReasons.has(item.itemId)) {
      details.open = true;
    }
    return [reason(item, first), details];
  }

  function badge(item, i, was) {
    if (!was) {
      return undefined;
    }
    const before = was.get(item.itemId);
    if (before === undefined) {
      return el('span', { class: 'move came' }, 'new here');
    }
    if (before === i) {
      return undefined;
    }
    const up = before > i;
    const by = Math.abs(before - i);
    return el(
      'span',
      { class: `move ${up ? 'up' : 'down'}` },
      el('span', { 'aria-hidden': 'true' }, `${up ? '\u25b2' : '\u25bc'} ${by}`),
      el('span', { class: 'unseen' }, `${up ? 'up' : 'down'} by ${by}`),
    );
  }

  function card(item, i, scale, was) {
    return el(
      'li',
      { class: 'item', 'data-item': item.itemId },
      el('span', { class: 'rank', 'aria-hidden': 'true' }, String(i + 1)),
      el(
        'div',
        { class: 'item-body' },
        el(
          'div',
          { class: 'item-head' },
          el('h3', {}, item.itemId),
          item.kind?.length > 0 ? el('span', { class: 'kind' }, item.kind.slice(0, 2).join(', ')) : undefined,
          badge(item, i, was),
          el('span', { class: 'score' }, number(item.score)),
        ),
        bar(item, scale),
        reasons(item),
      ),
    );
  }

  function legend(items) {
    const present = PARTS.filter((part) => items.some((item) => item.parts?.[part]));
    const box = byId('parts-legend');
    box.hidden = present.length === 0;
    box.replaceChildren(
      ...present.map((part) => el('li', {}, el('i', { class: `swatch ${part}` }), PART_WORDS[part])),
    );
  }

  /** From where each card was to where it is now. */
  function glide(tops) {
    if (calm()) {
      return;
    }
    for (const one of list.children) {
      const top = tops.get(one.dataset.item);
      if (top === undefined) {
        one.animate([{ opacity: 0, transform: 'translateX(24px)' }, { opacity: 1, transform: 'none' }], {
          duration: MOVE_MILLIS,
          easing: 'ease-out',
        });
      } else {
        const by = top - one.getBoundingClientRect().top;
        if (Math.abs(by) > 1) {
          one.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], {
            duration: MOVE_MILLIS,
            easing: 'cubic-bezier(.2,.7,.2,1)',
          });
        }
      }
    }
  }

  return {
    /** Shows an answer; compared with the one before if it is for the same person and there was one. */
    render(answer, compare) {
      const items = answer.items ?? [];
      const before = compare && shown.length > 0 ? shown : undefined;
      const was = before && places(before);
      const tops = new Map([...list.children].map((one) => [one.dataset.item, one.getBoundingClientRect().top]));
      const focused = document.activeElement?.dataset?.not;
      if (!compare) {
        openReasons = new Set();
      }
      const scale = scaleOf(items);
      list.replaceChildren(...items.map((item, i) => card(item, i, scale, was)));
      if (before) {
        glide(tops);
      }
      if (focused !== undefined) {
        // the button went with its reason; its place is kept for the keyboard
        const same = list.querySelector(`[data-not="${CSS.escape(focused)}"]`);
        (same ?? byId('ranking')).focus({ preventScroll: true });
      }
      legend(items);
      show(byId('ranking-note'), answer.note ?? NOTES[answer.strategy]);
      show(byId('ranking-empty'), items.length === 0 ? 'There is nothing to recommend: every known item was reviewed already.' : '');
      byId('items').replaceChildren(...items.map((item) => el('option', { value: item.itemId })));
      shown = items;
      return before ? changes(before, items) : undefined;
    },

    explainChange(words) {
      show(byId('ranking-change'), words);
    },

    forget() {
      shown = [];
      list.replaceChildren();
      byId('parts-legend').hidden = true;
      for (const id of ['ranking-note', 'ranking-change', 'ranking-empty']) {
        show(byId(id), '');
      }
    },

    first() {
      return shown[0]?.itemId;
    },
  };
}
