// A review on its way: taken in, read, merged into the profile; told step by step.

import * as api from './api.js';
import { announce, byId, count, el, quoted, show } from './dom.js';

const LOOK_MILLIS = 400;
const WAIT_MILLIS = 60_000;
const STARS = 5;
/** A profile keeps as many motives, the heaviest. */
const MOTIVES_KEPT = 24;
const HELD = {
  REPEATED: 'It was read, but does not count for now: a later one about the same thing does.',
  BURST: 'It was read, but does not count for now: one day may not add more until calmer days have as much to say.',
};

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `page-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The review's text with the evidence of each motive marked in it. */
function marked(text, evidence) {
  const spans = [];
  for (const quote of evidence) {
    const from = text.indexOf(quote);
    if (from >= 0) {
      spans.push([from, from + quote.length]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const pieces = [];
  let at = 0;
  for (const [from, to] of spans) {
    if (from < at) {
      continue;
    }
    pieces.push(text.slice(at, from), el('mark', {}, text.slice(from, to)));
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces;
}

/** Why none of a profile's motives quotes a review that is in it. */
function nothing(profile, reviewId) {
  const { held } = profile.interactions.find((interaction) => interaction.reviewId === reviewId);
  if (held) {
    return HELD[held] ?? 'It was read, but does not count for now.';
  }
  return profile.motivations.length >= MOTIVES_KEPT
    ? `It was read, but none of its motives is among the ${profile.motivations.length} heaviest, which are shown.`
    : 'It was read, and says nothing about why.';
}

/** `page` gives the person and is told of the profile that came of the review. */
export function setUpReview(page) {
  const form = byId('review');
  const send = byId('send');
  const progress = byId('progress');
  let waiting;

  byId('stars').append(
    ...Array.from({ length: STARS }, (_, i) => {
      const stars = i + 1;
      return el(
        'label',
        { class: 'star' },
        el('input', { type: 'radio', name: 'rating', value: stars, checked: stars === 4, 'aria-label': count(stars, 'star') }),
        el('span', { 'aria-hidden': 'true' }, String(stars)),
      );
    }),
  );

  function complain(field, words) {
    show(byId(`${field}-wrong`), words);
    if (words) {
      byId(field).setAttribute('aria-invalid', 'true');
    } else {
      byId(field).removeAttribute('aria-invalid');
    }
    return !words;
  }

  function steps(now, words) {
    const names = ['Taken in', 'Read, and its motives looked for', 'Merged into the profile'];
    progress.hidden = false;
    progress.replaceChildren(
      el(
        'ol',
        { class: 'steps' },
        names.map((name, i) =>
          el(
            'li',
            { class: i < now ? 'done' : i === now ? 'now' : 'later', 'aria-current': i === now ? 'step' : undefined },
            name,
            i < now ? el('span', { class: 'unseen' }, ' (done)') : undefined,
          ),
        ),
      ),
      words ? el('p', { class: 'quiet small' }, words) : '',
    );
  }

  function failed(words, again) {
    progress.hidden = false;
    progress.append(
      el('p', { class: 'wrong' }, words),
      again ? el('button', { type: 'button', click: again }, 'Look again') : '',
    );
    announce(words);
  }

  /** What was waited for before counts no more. */
  function begin() {
    waiting?.abort();
    waiting = new AbortController();
    return waiting.signal;
  }

  async function watch(review, signal) {
    const end = Date.now() + WAIT_MILLIS;
    steps(1, `Looking at ${review.userId}\u2019s profile until the review is in it.`);
    try {
      for (;;) {
        const profile = await api.userProfile(review.userId, signal).catch((failure) => {
          if (failure.status === 404) {
            return undefined;
          }
          throw failure;
        });
        if (profile?.interactions.some((interaction) => interaction.reviewId === review.reviewId)) {
          arrived(review, profile);
          return;
        }
        if (Date.now() > end) {
          failed('The review was taken in, but is not in the profile after a minute. The functions may be busy, or could not read it.', () => watch(review, begin()));
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
        if (signal.aborted) {
          return;
        }
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        failed(failure.message, () => watch(review, begin()));
      }
    }
  }

  function arrived(review, profile) {
    const found = profile.motivations.flatMap((motivation) =>
      motivation.quotes.filter((quote) => quote.reviewId === review.reviewId).map((quote) => ({ motivation, quote })),
    );
    steps(3);
    const words =
      found.length === 0
        ? nothing(profile, review.reviewId)
        : `${count(found.length, 'motive')} found in it; they are marked as new above.`;
    progress.append(
      el('p', { class: 'found' }, words),
      el('p', { class: 'read' }, marked(review.text, found.map(({ quote }) => quote.text))),
      el(
        'ul',
        { class: 'found-list' },
        found.map(({ motivation, quote }) =>
          el(
            'li',
            {},
            el('span', { class: `mark ${motivation.polarity.toLowerCase()}` }),
            el('span', {}, `${motivation.facet}: ${motivation.statement}`),
            el('span', { class: 'quiet small' }, ` ${quoted(quote.text)}`),
          ),
        ),
      ),
    );
    announce(words);
    page.profileChanged(profile, new Set([review.reviewId]));
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const userId = page.person();
    const fields = new FormData(form);
    const text = fields.get('text').trim();
    const itemId = fields.get('item').trim();
    const right = [
      complain('item', itemId ? '' : 'Say what the review is about: an item\u2019s id, or a new one.'),
      complain('text', text ? '' : 'Paste the words of a review.'),
    ];
    if (!right[0] || !right[1]) {
      byId(right[0] ? 'text' : 'item').focus();
      return;
    }
    if (!userId) {
      progress.hidden = false;
      progress.replaceChildren();
      failed('Choose a person first, or type the id of a new one.');
      page.askForPerson();
      return;
    }
    const review = {
      reviewId: newId(),
      userId,
      itemId,
      rating: Number(fields.get('rating')),
      time: Math.floor(Date.now() / 1000),
      title: '',
      text,
      source: 'page',
    };
    send.disabled = true;
    steps(0);
    announce('Sending the review');
    const signal = begin();
    try {
      await api.sendReview(review);
      // now, not when it was read: the next one may be typed meanwhile
      form.reset();
      if (signal.aborted) {
        // another person is shown by now
        return;
      }
      announce('Taken in; it is being read');
      await watch(review, signal);
    } catch (failure) {
      progress.replaceChildren();
      failed(failure.message);
    } finally {
      send.disabled = false;
    }
  });

  return {
    forget() {
      waiting?.abort();
      progress.hidden = true;
      progress.replaceChildren();
    },
  };
}
