/**
 * Where language models are: one maker for each form of endpoint, and the care with which an endpoint is asked. Knows
 * nothing of reviews.
 */
package dev.lmmrec.extraction.extractor.llm.provider;
