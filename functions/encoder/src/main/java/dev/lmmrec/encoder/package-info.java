/**
 * The encoders that come ready trained: run by ONNX Runtime piece by piece with layers of one's choice, or for the
 * vector of a whole text.
 */
package dev.lmmrec.encoder;
