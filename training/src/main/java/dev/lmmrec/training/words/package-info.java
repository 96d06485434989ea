/**
 * Reviews as bags of words: TF-IDF rows of users, items and histories, with any training pair's own review left out,
 * and what can be ranked by them without training. Everything is counted over reviews that may be looked at.
 */
package dev.lmmrec.training.words;
