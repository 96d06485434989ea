/**
 * How records become table items and back: JSON is the one mapping. A record's components are the item's attributes,
 * or, for profiles, which have hundreds of parts and are read whole at every request, one attribute of text.
 */
package dev.lmmrec.core.store;
