/**
 * Graphs that were trained here, as ONNX Runtime runs them. What goes in and comes out is known to the readers alone.
 */
package dev.lmmrec.reading.graph;
