// The HTTP API: one function a request that this page makes, errors in words.

const base = (document.querySelector('meta[name="lmmrec-api"]')?.content ?? '').replace(/\/+$/, '');
let token = '';
let tokenWanted = () => {};

/** A request that was refused or could not be made; its message is for people. */
export class ApiError extends Error {
  constructor(status, message, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** From now on every request brings this token. */
export function useToken(value) {
  token = value;
}

/** Who is told when the API asks for a token. */
export function onTokenWanted(listener) {
  tokenWanted = listener;
}

const WORDS = {
  401: 'The API asks for a token, and this one it does not take.',
  403: 'The token does not allow this.',
  404: 'There is no such thing.',
  413: 'That is too large.',
  429: 'Too many requests; wait a moment and try again.',
  502: 'The function behind the API failed; its log says why.',
  503: 'The API is not ready; try again in a moment.',
  504: 'The function behind the API took too long.',
};

async function call(method, path, { query = {}, body, signal } = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      parameters.append(name, value);
    }
  }
  const asked = parameters.toString();
  const headers = { accept: 'application/json, application/problem+json' };
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (token) {
    headers.authorization = `Bearer ${token}`;
  }
  let response;
  try {
    response = await fetch(`${base}${path}${asked ? `?${asked}` : ''}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError(0, 'The API cannot be reached. Is the deployment up?');
  }
  let answer;
  try {
    answer = await response.json();
  } catch (failure) {
    if (failure.name === 'AbortError') {
      // superseded while its body came: no answer, and least of all an empty one
      throw failure;
    }
    answer = {};
  }
  if (response.ok) {
    return answer;
  }
  if (response.status === 401) {
    tokenWanted();
  }
  // functions say what was wrong in a problem document; the gateway in front of them knows only its own few words
  const said = answer.detail
    ? `${answer.field ? `${answer.field} ` : ''}${answer.detail}`
    : WORDS[response.status] ?? answer.message ?? `The API answered ${response.status}.`;
  throw new ApiError(response.status, said, answer.field);
}

const segment = encodeURIComponent;

export function users(prefix, signal) {
  return call('GET', '/v1/users', { query: { prefix, k: 8 }, signal });
}

export function userProfile(userId, signal) {
  return call('GET', `/v1/users/${segment(userId)}/profile`, { signal });
}

export function recommendations(userId, { k, diversity, without }, signal) {
  return call('GET', `/v1/users/${segment(userId)}/recommendations`, {
    query: { k, diversity: diversity || undefined, withoutMotivations: without.join(',') },
    signal,
  });
}

export function sendReview(review) {
  return call('POST', '/v1/reviews', { body: review });
}

/** From the next ranking on the motive counts half for this person. */
export function notForThisReason(userId, motivationId) {
  const body = { eventId: crypto.randomUUID(), userId, kind: 'not-for-this-reason', motivationId };
  return call('POST', '/v1/feedback', { body });
}
