/**
 * The whole system with its real zips on the local deployment: reviews go into the queue, recommendations come out over
 * HTTP. What is tested here is what only the parts together can show; each part's own behaviour is tested beside it.
 */
package dev.lmmrec.local.endtoend;
