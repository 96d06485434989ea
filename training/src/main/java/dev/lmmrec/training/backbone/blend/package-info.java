/**
 * Blends: weighted sums of the scores of other backbones, each made comparable first, with weights found on validation.
 * A blend knows its parts as scorers alone, closed form or learnt.
 */
package dev.lmmrec.training.backbone.blend;
