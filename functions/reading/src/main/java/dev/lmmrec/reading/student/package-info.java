/**
 * The reader that was taught by a language model's labels: frozen token vectors of a ready encoder and a small head
 * that distillation trained, both run by ONNX Runtime. What training and reading must do alike lives here: tokens,
 * windows, vectors and looks.
 */
package dev.lmmrec.reading.student;
