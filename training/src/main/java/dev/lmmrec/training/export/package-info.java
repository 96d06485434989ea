/** A trained model as files: the three ONNX graphs of the artefact contract and the manifest that seals them. */
package dev.lmmrec.training.export;
