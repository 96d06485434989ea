/**
 * The rung that asks a large language model: what becomes of its answer, good or bad. The model's reasoning is part of
 * the answer and ends here: it is neither kept nor logged.
 */
package dev.lmmrec.extraction.extractor.llm;
