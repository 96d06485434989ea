/**
 * The list of backbones that a configuration may name. It knows every family; no family knows it, so that a new one is
 * a package of its own and a line here.
 */
package dev.lmmrec.training.backbone.catalogue;
