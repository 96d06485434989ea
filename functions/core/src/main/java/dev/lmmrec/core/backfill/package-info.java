/**
 * Millions of reviews into the queue: slowly enough, each once as far as can be, and going on where a run before was
 * stopped. Reading files and sending are the business of {@code intake} and {@code queue}.
 */
package dev.lmmrec.core.backfill;
