// Choosing a person: an editable combobox with suggestions, after the ARIA authoring practices.

import * as api from './api.js';
import { announce, byId, count, el } from './dom.js';

const PAUSE_MILLIS = 120;

/** Calls back with the id that was chosen. */
export function setUpPeople(chosen) {
  const form = byId('person');
  const input = byId('user');
  const list = byId('users');
  let active = -1;
  let timer;
  let request;

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function activate(index) {
    const options = [...list.children];
    if (options.length === 0) {
      return;
    }
    active = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === active)));
    options[active].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[active].id);
  }

  function take(userId) {
    input.value = userId;
    close();
    chosen(userId);
  }

  async function suggest() {
    request?.abort();
    request = new AbortController();
    try {
      const { userIds } = await api.users(input.value.trim(), request.signal);
      list.replaceChildren(
        ...userIds.map((userId, i) =>
          el(
            'li',
            {
              id: `user-option-${i}`,
              role: 'option',
              'aria-selected': 'false',
              // not when a finger goes down: it may be there to scroll
              click: () => take(userId),
            },
            userId,
          ),
        ),
      );
      active = -1;
      input.removeAttribute('aria-activedescendant');
      list.hidden = userIds.length === 0;
      input.setAttribute('aria-expanded', String(userIds.length > 0));
      announce(userIds.length === 0 ? 'No suggestion' : count(userIds.length, 'suggestion'));
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        // an id can be typed all the same
        close();
      }
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE_MILLIS);
  });
  input.addEventListener('click', () => list.hidden && suggest());
  input.addEventListener('blur', close);
  // the input keeps its focus, or its blur would close the list before the click
  list.addEventListener('mousedown', (event) => event.preventDefault());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) {
        suggest();
      } else {
        activate(active + (event.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1));
      }
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && !list.hidden && active >= 0) {
      event.preventDefault();
      take(list.children[active].textContent);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const userId = input.value.trim();
    if (userId) {
      take(userId);
    }
  });

  return {
    show(userId) {
      input.value = userId;
    },
    focus() {
      input.focus();
    },
  };
}

/** Somebody to begin with, or nothing where the API tells no users. */
export async function somebody() {
  const { userIds } = await api.users('');
  return userIds[0];
}
