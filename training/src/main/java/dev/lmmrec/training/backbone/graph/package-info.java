/**
 * Backbones that spread free vectors over the graph of interactions, and what they share: the graph in compressed rows,
 * products with it in plain Java on several threads, the same products by the engine's own differentiation. The loss
 * terms are elsewhere.
 */
package dev.lmmrec.training.backbone.graph;
