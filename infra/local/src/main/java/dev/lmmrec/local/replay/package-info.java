/**
 * An endpoint that answers like a language model with motivations that somebody has already found: labelled reviews are
 * replayed, so that the whole path of a model's answers runs without a model. Knows the form of the questions and of
 * OpenAI's chat completions.
 */
package dev.lmmrec.local.replay;
