/**
 * How records become table items and back, shared by the tables of motivations and of profiles: JSON is the one
 * mapping, so a record's components are the item's attributes.
 */
package dev.lmmrec.core.store;
