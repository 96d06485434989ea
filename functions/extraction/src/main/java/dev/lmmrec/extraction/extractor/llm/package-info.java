/**
 * The extractor that asks a large language model behind an OpenAI-compatible endpoint: the prompt, the form of the
 * answer and what to do with a bad one. The model's reasoning is part of the answer and ends here: it is neither kept
 * nor logged.
 */
package dev.lmmrec.extraction.extractor.llm;
