/** From changed reviews to the profiles they touch: embeds what is new, merges what belongs together, saves. */
package dev.lmmrec.embedding.profile;
