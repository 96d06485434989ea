/**
 * Backbones with a closed form, or nearly: models from item to item, filters of the interaction graph, and
 * factorisations that are solved row by row. They keep their own matrices and train without gradients. Whatever scores
 * by the items of a history says so by its type, {@link dev.lmmrec.training.evaluation.HistoryScorer}.
 */
package dev.lmmrec.training.backbone.linear;
