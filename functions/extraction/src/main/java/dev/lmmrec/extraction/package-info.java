/**
 * The first function: a batch of review events in, rows of the table {@code motivations} out. Here is the order of the
 * work and its wiring; reading events, finding motivations and grounding them live in the packages below.
 */
package dev.lmmrec.extraction;
