package dev.lmmrec.scoring.api;

/**
 * What became of an event.
 *
 * @param eventId the event
 * @param counted false if it had been counted before
 */
public record FeedbackAnswer(String eventId, boolean counted) {}
