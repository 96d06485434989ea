/**
 * The way of reviews into the SQS queue {@code reviews}: one message a review, its body our review JSON. Reading the
 * queue is the business of the extraction function.
 */
package dev.lmmrec.core.queue;
