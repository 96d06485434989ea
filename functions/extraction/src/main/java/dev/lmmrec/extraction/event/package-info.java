/**
 * What the queue hands over and what it wants back: the batch, its messages read into reviews, and the ids of those
 * that failed. Knows nothing of how motivations are found or kept.
 */
package dev.lmmrec.extraction.event;
