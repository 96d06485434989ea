/**
 * A review, the first of the four nouns, and the check at the edge that decides whether something that claims to be a
 * review is one. Knows nothing of queues, tables or file formats.
 */
package dev.lmmrec.core.review;
