/**
 * What is made of sentence vectors: meanings of words, and their projection by the promoted artefact's text encoder.
 */
package dev.lmmrec.embedding.encoder;
