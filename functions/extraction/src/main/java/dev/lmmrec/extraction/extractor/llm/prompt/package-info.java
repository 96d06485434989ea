/**
 * What a language model is told and in what form it must answer: the instructions, the facets, the demonstrations, the
 * schema, and one fingerprint of them all. Knows nothing of endpoints.
 */
package dev.lmmrec.extraction.extractor.llm.prompt;
