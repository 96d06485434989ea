/**
 * What operators see of a request: a line of metrics and log lines in JSON, both with the request's id. Ids are named,
 * what people wrote never is.
 */
package dev.lmmrec.scoring.observation;
