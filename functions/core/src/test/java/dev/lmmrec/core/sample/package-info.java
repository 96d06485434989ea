/**
 * The bundled sample: reviews written by a seeded program from planted needs and traits, and what was planted, for
 * tests that look for it again. The words are in the resources {@code items.txt} and {@code phrases.txt}.
 */
package dev.lmmrec.core.sample;
