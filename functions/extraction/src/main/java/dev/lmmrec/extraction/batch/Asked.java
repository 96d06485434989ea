package dev.lmmrec.extraction.batch;

import dev.lmmrec.core.review.Review;

/**
 * What was asked in one record, for when its answer is there: one line of a file that stays here.
 *
 * @param recordId names the record within its file
 * @param review the review, without personal data
 * @param boundary the line around it
 * @param askedAt when it counts as received, epoch milliseconds: what the queue brings later counts more
 * @param extractorId who was asked what
 */
record Asked(String recordId, Review review, String boundary, long askedAt, String extractorId) {}
