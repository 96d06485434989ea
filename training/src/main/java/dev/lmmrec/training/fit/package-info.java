/**
 * The loop: batches with negatives, validation, early stop, the best state kept. Knows loss terms and backbones by
 * their interfaces alone.
 */
package dev.lmmrec.training.fit;
