// The page: one person, its motives, its recommendations; each change asks for the ranking anew.

import * as api from './api.js';
import { announce, byId, quoted, short, show } from './dom.js';
import { readMotives, setUpMotives } from './motives.js';
import { setUpPeople, somebody } from './people.js';
import { setUpRanking } from './ranking.js';
import { setUpReview } from './review.js';
import { setUpTheme } from './theme.js';

const ITEMS = 10;
const PAUSE_MILLIS = 120;

const state = { userId: '', motives: [], off: new Set(), diversity: 0 };
let request;
/** The request that the person's profile is still to come with. */
let loading;
/** What of the address tells what is shown. */
let address;
/** A moved slider's request, until the slider rests. */
let pause;

setUpTheme();
const people = setUpPeople((userId) => choose(userId));
const motives = setUpMotives((motive, on) => switchMotive(motive, on));
const ranking = setUpRanking({
  motiveOf: ({ id, statement }, facet) =>
    state.motives.find((motive) => motive.id && (id ? motive.id === id : motive.statement === statement && motive.facet === facet)),
  notForThis: (motive) => notForThis(motive),
});
const review = setUpReview({
  person: () => state.userId,
  askForPerson: () => people.focus(),
  profileChanged: (profile, latest) => profileChanged(profile, latest),
});

function problem(failure) {
  show(byId('problem'), failure?.message ?? '');
}

/** What is shown can be sent to somebody, and the browser's way back works. */
function remember(how) {
  const query = new URLSearchParams();
  query.set('user', state.userId);
  if (state.diversity > 0) {
    query.set('diversity', state.diversity);
  }
  if (state.off.size > 0) {
    query.set('without', [...state.off].join(','));
  }
  history[how](null, '', `?${query}`);
  address = location.search;
}

function fromAddress() {
  const query = new URLSearchParams(location.search);
  const diversity = Number(query.get('diversity') ?? 0);
  setDiversity(diversity >= 0 && diversity <= 1 ? diversity : 0);
  return { userId: query.get('user') ?? '', without: (query.get('without') ?? '').split(',').filter(Boolean) };
}

function setDiversity(value) {
  state.diversity = value;
  byId('diversity').value = value;
  byId('diversity-value').textContent = String(value);
}

/** A new request ends the one before: the last one asked is the one that counts. */
function begin() {
  request?.abort();
  request = new AbortController();
  document.body.setAttribute('aria-busy', 'true');
  return request;
}

function done(which) {
  if (which === request) {
    document.body.removeAttribute('aria-busy');
  }
}

async function choose(userId, without = [], how = 'pushState') {
  // the first ranking is asked for as the slider stands
  clearTimeout(pause);
  const mine = begin();
  loading = mine;
  problem();
  state.userId = userId;
  state.motives = [];
  state.off = new Set(without);
  people.show(userId);
  review.forget();
  ranking.forget();
  motives.forget();
  byId('title').textContent = `What moves ${userId}, and what suits them`;
  document.title = `${userId} \u2013 lmmrec`;
  remember(how);
  try {
    const profile = await api.userProfile(userId, mine.signal).catch((failure) => {
      if (failure.status === 404) {
        return undefined;
      }
      throw failure;
    });
    takeProfile(profile);
    const answer = await ask(mine.signal);
    ranking.render(answer, false);
    model(answer);
    introduce(answer);
  } catch (failure) {
    if (failure.name !== 'AbortError') {
      problem(failure);
    }
  } finally {
    if (loading === mine) {
      loading = undefined;
    }
    done(mine);
  }
}

function takeProfile(profile, latest) {
  loading = undefined;
  state.motives = readMotives(profile);
  const known = new Set(state.motives.map((motive) => motive.id));
  state.off = new Set([...state.off].filter((id) => known.has(id)));
  motives.render(profile, state.off, latest);
}

function ask(signal) {
  return api.recommendations(
    state.userId,
    { k: ITEMS, diversity: state.diversity, without: [...state.off] },
    signal,
  );
}

function model(answer) {
  byId('model').textContent = `Model ${answer.modelVersion}. Quotes are the reviewers\u2019 own words.`;
}

function introduce({ items }) {
  announce(
    `${state.userId}: ${state.motives.length} motives, ${items.length} recommendations${items.length ? `, first ${ranking.first()}` : ''}`,
  );
}

/** Ranks again and says what moved; nothing did where this came before the person's first ranking. */
async function rank(because) {
  if (!state.userId) {
    return;
  }
  remember('replaceState');
  if (loading) {
    // a request now would end the profile's; the first ranking, which comes after it, is asked for as things are then
    return;
  }
  const mine = begin();
  problem();
  try {
    const answer = await ask(mine.signal);
    const change = ranking.render(answer, true);
    model(answer);
    if (!change) {
      introduce(answer);
      return;
    }
    const words = `${because}: ${change.words}.`;
    ranking.explainChange(words);
    announce(words);
  } catch (failure) {
    if (failure.name !== 'AbortError') {
      problem(failure);
      announce(failure.message);
    }
  } finally {
    done(mine);
  }
}

function switchMotive(motive, on) {
  state.off[on ? 'delete' : 'add'](motive.id);
  motives.refresh(state.off);
  rank(`${on ? 'With' : 'Without'} ${quoted(short(motive.statement))}`);
}

/** Off in what is shown now; and told to the API, so that it counts less wherever this person is ranked for. */
function notForThis(motive) {
  api.notForThisReason(state.userId, motive.id).catch(problem);
  state.off.add(motive.id);
  motives.refresh(state.off);
  rank(`Not because of ${quoted(short(motive.statement))}`);
}

async function profileChanged(profile, latest) {
  takeProfile(profile, latest);
  await rank('With the new review');
}

byId('diversity').addEventListener('input', (event) => {
  setDiversity(Number(event.target.value));
  clearTimeout(pause);
  pause = setTimeout(() => rank(`Diversity ${state.diversity}`), PAUSE_MILLIS);
});

api.onTokenWanted(() => {
  byId('token-form').hidden = false;
  byId('token').focus();
});
byId('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  api.useToken(byId('token').value.trim());
  byId('token').value = '';
  byId('token-form').hidden = true;
  start();
});

window.addEventListener('popstate', () => {
  if (location.search === address) {
    // a way within the page, as the skip link's
    return;
  }
  const { userId, without } = fromAddress();
  if (userId) {
    choose(userId, without, 'replaceState');
  }
});

async function start() {
  problem();
  try {
    const asked = fromAddress();
    const userId = asked.userId || (await somebody());
    if (userId) {
      await choose(userId, asked.without, 'replaceState');
    } else {
      people.focus();
    }
  } catch (failure) {
    problem(failure);
    people.focus();
  }
}

start();
