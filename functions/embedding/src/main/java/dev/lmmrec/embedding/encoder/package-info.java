/** Sentence vectors with ONNX Runtime, and their projection by the promoted artefact's text encoder. */
package dev.lmmrec.embedding.encoder;
